/** One connection for short statements, sent without waiting for the answers to those before. */
import type pg from 'pg';
import { settling } from './described-once.ts';
import { type Asked, askTogether } from './preparing-client.ts';

/**
 * What many requests read first goes to Postgres by one write and comes back by one, and one of its processes wakes up for
 * all of it.
 */
export interface QuickReader {
  /**
   * Runs a statement that writes nothing, is short and never waits for a lock: those behind it wait for its answer. What is asked
   * first is read first.
   */
  query(text: string, values: readonly unknown[]): Promise<pg.QueryResult>;
  end(): Promise<void>;
}

/** Makes a reader. `connect` makes a client that was told to pipeline; it is called again when a connection was lost. */
export function makeQuickReader(makeClient: () => pg.Client): QuickReader {
  let current: Promise<pg.Client> | undefined;
  let asked: Asked[] = [];

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

  function askAll(): void {
    const together = asked;
    asked = [];
    connected().then(
      (client) => askTogether(client, together),
      (error) => {
        for (const { settled } of together) settled(error);
      },
    );
  }

  function query(text: string, values: readonly unknown[]): Promise<pg.QueryResult> {
    return settling((settled) => {
      // whatever this turn of the event loop asks goes together
      if (asked.push({ text, values: [...values], settled }) === 1) setImmediate(askAll);
    });
  }

  async function end(): Promise<void> {
    const client = await current?.catch(() => undefined);
    await client?.end();
  }

  return { query, end };
}
