/** A prepared statement whose columns the server describes once for each connection, not with every answer. */
import pg from 'pg';

export interface Prepared {
  readonly name: string;
  readonly text: string;
  readonly values: unknown[];
}

/** What `pg` makes of a description, and keeps in a result; its types do not tell of that. */
interface Columns {
  readonly fields: unknown;
  readonly _parsers: unknown;
  readonly _prebuiltEmptyResultObject: unknown;
}

/** The parts of `pg.Query` that its types leave out. */
interface Inner {
  readonly name: string;
  readonly _result: Columns;
  _accumulateRows: boolean;
  prepare(connection: pg.Connection): void;
  handleRowDescription(message: unknown): void;
}

type Settled = (error: Error | null | undefined, result: pg.QueryResult) => void;
const Query = pg.Query as unknown as new (config: Prepared, values: undefined, settled: Settled) => Inner;

interface Described {
  readonly columns: Map<string, Columns>;
  /** The connection itself, but that it asks for no description. */
  readonly silent: pg.Connection;
}

/**
 * The server refuses a prepared statement whose columns are others by now, so what it said of them once holds as long as the
 * connection does.
 */
const described = new WeakMap<pg.Connection, Described>();

function describedOn(connection: pg.Connection): Described {
  const known = described.get(connection);
  if (known) return known;
  const silent = Object.assign(Object.create(connection), { describe: () => {} }) as pg.Connection;
  const made = { columns: new Map<string, Columns>(), silent };
  described.set(connection, made);
  return made;
}

class DescribedOnce extends Query {
  #described: Described | undefined;

  override prepare(connection: pg.Connection): void {
    this.#described = describedOn(connection);
    const columns = this.#described.columns.get(this.name);
    if (columns) {
      Object.assign(this._result, columns);
      this._accumulateRows = true;
    }
    super.prepare(columns ? this.#described.silent : connection);
  }

  override handleRowDescription(message: unknown): void {
    super.handleRowDescription(message);
    const { fields, _parsers, _prebuiltEmptyResultObject } = this._result;
    this.#described?.columns.set(this.name, { fields, _parsers, _prebuiltEmptyResultObject });
  }
}

/** Runs a prepared statement by `send`, which is `query` of a client. */
export function queryDescribedOnce(send: (query: object) => unknown, prepared: Prepared): Promise<pg.QueryResult> {
  return new Promise((resolve, reject) => {
    const settled: Settled = (error, result) => {
      if (!error) return resolve(result);
      // the stack that leads to the socket says nothing of who asked
      Error.captureStackTrace(error);
      reject(error);
    };
    send(new DescribedOnce(prepared, undefined, settled));
  });
}
