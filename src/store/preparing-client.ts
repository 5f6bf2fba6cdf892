/** A connection that prepares the statements it sees often: planning the writer's statement costs more than running it. */
import pg from 'pg';
import { queryDescribedOnce, type Settled } from './described-once.ts';
import { type Batched, queryTogether } from './prepared-batch.ts';

const USES_BEFORE_PREPARING = 3;
/** Statements built with lists of varying length have endless texts; prepared ones stay in the server's memory. */
const MOST_PREPARED = 300;
const MOST_COUNTED = 5000;

const uses = new Map<string, number>();
const names = new Map<string, string>();

/**
 * Stands in statements whose best plan depends on the values, such as long lists: a prepared one would soon get a plan
 * made for any values, which walks a whole collection to find the listed objects.
 */
export const PLANNED_ANEW = '/* planned anew */';

/** The name to prepare a text under, or undefined while it is rare. The same text has one name in the whole process. */
function preparedName(text: string): string | undefined {
  if (text.includes(PLANNED_ANEW)) return undefined;
  const known = names.get(text);
  if (known || names.size >= MOST_PREPARED) return known;
  const count = (uses.get(text) ?? 0) + 1;
  if (count < USES_BEFORE_PREPARING) {
    if (uses.size >= MOST_COUNTED) uses.clear();
    uses.set(text, count);
    return undefined;
  }
  uses.delete(text);
  const name = `doublon_${names.size + 1}`;
  names.set(text, name);
  return name;
}

/** A statement, and who waits for it. */
export interface Asked {
  readonly text: string;
  readonly values: unknown[];
  readonly settled: Settled;
}

type Query = (...args: unknown[]) => unknown;

/** Turns `query(text, values)` into a named query once the text has been used a few times; all else passes unchanged. */
export class PreparingClient extends pg.Client {
  readonly #send: Query;

  constructor(config?: string | pg.ClientConfig) {
    super(config);
    const send = super.query.bind(this) as Query;
    const query: Query = (text, values, ...rest) => {
      // a text without values may hold several statements, as migrations do, and those cannot be prepared
      const isOne = typeof text === 'string' && Array.isArray(values) && values.length > 0;
      const name = isOne ? preparedName(text) : undefined;
      if (name === undefined) return send(text, values, ...rest);
      const prepared = { name, text: text as string, values: values as unknown[] };
      return rest.length > 0 ? send(prepared, ...rest) : queryDescribedOnce(send, prepared);
    };
    this.#send = send;
    Object.assign(this, { query });
  }

  /** Sends reads in order, those that are prepared together. */
  ask(asked: readonly Asked[]): void {
    const batched: Batched[] = [];
    for (const { text, values, settled } of asked) {
      const name = values.length > 0 ? preparedName(text) : undefined;
      if (name !== undefined) batched.push({ prepared: { name, text, values }, settled });
      else {
        queryTogether(this.#send, batched.splice(0));
        this.#send(text, values, settled);
      }
    }
    queryTogether(this.#send, batched);
  }
}

/** The name under which this client prepares a statement, if it does. */
export const nameToPrepare = (client: pg.ClientBase, text: string): string | undefined =>
  client instanceof PreparingClient ? preparedName(text) : undefined;

/** Sends reads in order to a client that was told to pipeline. */
export function askTogether(client: pg.Client, asked: readonly Asked[]): void {
  if (client instanceof PreparingClient) client.ask(asked);
  else for (const { text, values, settled } of asked) client.query(text, values, settled as () => void);
}
