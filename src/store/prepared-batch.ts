/** Prepared statements that go to Postgres together and come back together: it begins, commits and answers once for all of them. */
import { DescribedOnce, type Prepared, Query, type Settled, type Wire } from './described-once.ts';

export interface Batched {
  readonly prepared: Prepared;
  readonly settled: Settled;
}

/**
 * Runs statements in order by `send`, which is `query` of a client: one implicit transaction of read committed, in which each sees what
 * was committed before it began. Only for statements that write nothing: those behind one that fails are sent again.
 */
export function queryTogether(send: (query: object) => unknown, batched: readonly Batched[]): void {
  const [first, second] = batched;
  if (second) send(new PreparedBatch(batched, (rest) => queryTogether(send, rest)));
  else if (first) send(new DescribedOnce(first.prepared, first.settled));
}

/** One query to the client, which hands on what the server says to the statement that it says it of. */
class PreparedBatch extends Query {
  readonly #batched: readonly Batched[];
  readonly #queries: readonly DescribedOnce[];
  readonly #sendAgain: (rest: readonly Batched[]) => void;
  #at = 0;

  constructor(batched: readonly Batched[], sendAgain: (rest: readonly Batched[]) => void) {
    super(batched[0]!.prepared, undefined, () => {});
    this.#batched = batched;
    this.#queries = batched.map(({ prepared, settled }) => new DescribedOnce(prepared, settled, false));
    this.#sendAgain = sendAgain;
  }

  override submit(connection: Wire): null {
    connection.stream.cork();
    for (const query of this.#queries) {
      query._result._types = this._result._types;
      query.prepare(connection);
    }
    connection.sync();
    connection.stream.uncork();
    return null;
  }

  override handleRowDescription(message: unknown): void {
    this.#queries[this.#at]!.handleRowDescription(message);
  }

  override handleDataRow(message: Parameters<DescribedOnce['handleDataRow']>[0]): void {
    this.#queries[this.#at]!.handleDataRow(message);
  }

  override handleCommandComplete(message: unknown, connection: Wire): void {
    this.#queries[this.#at]!.handleCommandComplete(message, connection);
    this.#at++;
    // the client notes by these which statement it is that the server has prepared
    const next = this.#batched[this.#at]?.prepared;
    if (next) Object.assign(this, { name: next.name, text: next.text });
  }

  override handleReadyForQuery(connection: Wire): void {
    for (const query of this.#queries) query.handleReadyForQuery(connection);
  }

  override handleError(error: Error, connection: Wire): void {
    const failed = this.#at;
    for (const query of this.#queries.slice(0, failed)) query.handleReadyForQuery(connection);
    this.#queries[failed]?.handleError(error, connection);
    const rest = this.#batched.slice(failed + 1);
    // the server passes over what stands behind a failure
    for (const { prepared } of rest) delete connection.submittedNamedStatements[prepared.name];
    this.#sendAgain(rest);
  }
}
