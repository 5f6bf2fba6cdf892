/** One connection for short statements, sent without waiting for the answers to those before. */
import type pg from 'pg';

/** The connections' own socket, which `@types/pg` does not tell of. */
type WithStream = { readonly connection: { readonly stream: { cork(): void; uncork(): void } } };

/**
 * What many requests read first goes to Postgres by one write and comes back by one, and one of its processes wakes up for
 * all of it.
 */
export interface QuickReader {
  /** Runs a statement that is short and never waits for a lock: those behind it wait for its answer. */
  query(text: string, values: readonly unknown[]): Promise<pg.QueryResult>;
  end(): Promise<void>;
}

/** Makes a reader. `connect` makes a client that was told to pipeline; it is called again when a connection was lost. */
export function makeQuickReader(makeClient: () => pg.Client): QuickReader {
  let current: Promise<pg.Client> | undefined;

  function connected(): Promise<pg.Client> {
    if (current) return current;
    const client = makeClient();
    const connecting = client.connect().then(() => client);
    const forget = () => {
      if (current === connecting) current = undefined;
    };
    // statements under way fail by themselves; an error without a listener would end the process
    client.on('error', forget).on('end', forget);
    connecting.catch(forget);
    current = connecting;
    return connecting;
  }

  async function query(text: string, values: readonly unknown[]): Promise<pg.QueryResult> {
    const client = await connected();
    const { stream } = (client as unknown as WithStream).connection;
    stream.cork();
    setImmediate(() => stream.uncork());
    return client.query(text, [...values]);
  }

  async function end(): Promise<void> {
    const client = await current?.catch(() => undefined);
    await client?.end();
  }

  return { query, end };
}
