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

/** The parts of `pg.Connection` that its types leave out. */
export interface Wire extends pg.Connection {
  /** Statements that were sent to be prepared, and of which the server has not said that they are. */
  readonly submittedNamedStatements: Record<string, string>;
}

/** The parts of `pg.Query` that its types leave out. */
interface Inner {
  name: string;
  text: string;
  readonly _result: Columns & { _types: unknown };
  _accumulateRows: boolean;
  submit(connection: Wire): Error | null;
  prepare(connection: Wire): void;
  _getRows(connection: Wire): void;
  handleRowDescription(message: unknown): void;
  handleDataRow(message: { readonly fields: readonly (string | null)[] }): void;
  handleCommandComplete(message: unknown, connection: Wire): void;
  handleReadyForQuery(connection: Wire): void;
  handleError(error: Error, connection: Wire): void;
}

export type Settled = (error: Error | null | undefined, result?: pg.QueryResult) => void;
interface Config extends Partial<Prepared> {
  readonly binary?: boolean;
  readonly queryMode?: 'extended';
}
export const Query = pg.Query as unknown as new (config: Config, values: undefined, settled: Settled) => Inner;

interface Described {
  readonly columns: Map<string, Columns>;
  /** The connection itself, but that it asks for no description. */
  readonly silent: Wire;
}

/**
 * The server refuses a prepared statement whose columns are others by now, so what it said of them once holds as long as the
 * connection does.
 */
const described = new WeakMap<pg.Connection, Described>();

function describedOn(connection: Wire): Described {
  const known = described.get(connection);
  if (known) return known;
  const silent = Object.assign(Object.create(connection), { describe: () => {} }) as Wire;
  const made = { columns: new Map<string, Columns>(), silent };
  described.set(connection, made);
  return made;
}

/** The connection, but that it asks for no description of columns. */
export const silentOn = (connection: Wire): Wire => describedOn(connection).silent;

export class DescribedOnce extends Query {
  #described: Described | undefined;
  readonly #ends: boolean;

  /** `ends`: the server is to commit and answer when it is done; else whoever sends it says when. */
  constructor(prepared: Prepared, settled: Settled, ends = true) {
    super(prepared, undefined, settled);
    this.#ends = ends;
  }

  override prepare(connection: Wire): void {
    this.#described = describedOn(connection);
    const columns = this.#described.columns.get(this.name);
    if (columns) {
      Object.assign(this._result, columns);
      this._accumulateRows = true;
    }
    super.prepare(columns ? this.#described.silent : connection);
  }

  override _getRows(connection: Wire): void {
    connection.execute({}, false);
    if (this.#ends) connection.sync();
  }

  override handleRowDescription(message: unknown): void {
    super.handleRowDescription(message);
    const { fields, _parsers, _prebuiltEmptyResultObject } = this._result;
    this.#described?.columns.set(this.name, { fields, _parsers, _prebuiltEmptyResultObject });
  }
}

/** Runs a prepared statement by `send`, which is `query` of a client. */
export function queryDescribedOnce(send: (query: object) => unknown, prepared: Prepared): Promise<pg.QueryResult> {
  return settling((settled) => send(new DescribedOnce(prepared, settled)));
}

/** A promise for what a client settles. */
export function settling(begin: (settled: Settled) => void): Promise<pg.QueryResult> {
  return new Promise((resolve, reject) => {
    begin((error, result) => {
      if (!error) return resolve(result!);
      // the stack that leads to the socket says nothing of who asked
      Error.captureStackTrace(error);
      reject(error);
    });
  });
}
