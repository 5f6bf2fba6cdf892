/** Statements of the ways that nearly every request goes: their text is made once, not built and compiled for each request. */
import { CompiledQuery } from 'kysely';
import type { Db } from './database.ts';

/**
 * A statement with its values as `$1`, `$2` … Arrays are given as they are, JSON as text. The connection prepares it
 * (`preparing-client.ts`). `Row` is what its columns are: the compiler cannot check that, a test of the caller does.
 */
export function statement<Row>(text: string): (db: Db, ...values: readonly unknown[]) => Promise<Row[]> {
  return async (db, ...values) => {
    const { rows } = await db.executeQuery<Row>(CompiledQuery.raw(text, [...values]));
    return rows;
  };
}
