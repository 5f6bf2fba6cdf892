/** Rows as they come over the wire: for columns of text, and of octets that are to be read as UTF-8 anyway. */
import type pg from 'pg';
import { Query, type Settled, settling, silentOn, type Wire } from './described-once.ts';
import { nameToPrepare } from './preparing-client.ts';

/** One value for each column; what is no UTF-8 comes with U+FFFD in it. */
export type RawRow = readonly (string | null)[];

interface Result {
  readonly rows: RawRow[];
}

class RawRows extends Query {
  constructor(config: { text: string; values: unknown[]; name?: string }, settled: Settled) {
    // in binary form text and octets are nothing but themselves
    super({ ...config, binary: true, queryMode: 'extended' }, undefined, settled);
  }

  override prepare(connection: Wire): void {
    super.prepare(silentOn(connection));
  }

  override handleDataRow({ fields }: { readonly fields: RawRow }): void {
    (this._result as unknown as Result).rows.push(fields);
  }
}

/** Runs a statement, all columns of which must be `text` or `bytea`. */
export async function queryRaw(client: pg.ClientBase, text: string, values: readonly unknown[]): Promise<RawRow[]> {
  const name = nameToPrepare(client, text);
  const config = { text, values: [...values], ...(name === undefined ? {} : { name }) };
  const { rows } = await settling((settled) => client.query(new RawRows(config, settled) as unknown as pg.Submittable));
  return rows;
}
