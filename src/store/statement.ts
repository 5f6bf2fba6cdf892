/** Statements of the ways that nearly every request goes: their text is made once, not built and compiled for each request. */
import { CompiledQuery } from 'kysely';
import { type Db, quickReaderOf, runAlone } from './database.ts';

/**
 * A statement with its values as `$1`, `$2` … Arrays are given as they are, JSON as text. The connection prepares it
 * (`preparing-client.ts`). `Row` is what its columns are: the compiler cannot check that, a test of the caller does.
 */
export function statement<Row>(text: string): (db: Db, ...values: readonly unknown[]) => Promise<Row[]> {
  return async (db, ...values) => {
    const alone = runAlone(db, text, values);
    const { rows } = await (alone ?? db.executeQuery<Row>(CompiledQuery.raw(text, [...values])));
    return rows as Row[];
  };
}

/** The same for reads of a few rows that nearly every request begins with: outside of transactions they share a connection. */
export function quickStatement<Row>(text: string): (db: Db, ...values: readonly unknown[]) => Promise<Row[]> {
  const ordinary = statement<Row>(text);
  return async (db, ...values) => {
    const reader = quickReaderOf(db);
    return reader ? ((await reader.query(text, values)).rows as Row[]) : ordinary(db, ...values);
  };
}
