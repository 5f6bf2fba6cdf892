/** Who holds which key, looked up once for one scoring. */
import type { Tx } from '../store/database.ts';
import { findHolders, type Holders, type KeyScope } from '../store/key-holders.ts';

export interface KeyLookUp {
  readonly scope: KeyScope;
  /** Looks up what is not known yet of these keys; holders are named up to the key's figure. */
  read(most: ReadonlyMap<number, number>): Promise<void>;
  /** Of a key that was looked up. */
  holders(key: number): Holders;
  /** Counts of all keys that were looked up. */
  counts(): Map<number, number>;
}

const NOBODY: Holders = { count: 0, cards: [] };

export function makeKeyLookUp(tx: Tx, scope: KeyScope): KeyLookUp {
  const known = new Map<number, Holders>();
  const isKnown = (key: number, most: number): boolean => {
    const holders = known.get(key);
    return holders !== undefined && (holders.count > most || holders.cards.length === holders.count);
  };
  return {
    scope,
    async read(most) {
      const unknown = new Map([...most].filter(([key, limit]) => !isKnown(key, limit)));
      const found = await findHolders(tx, scope, unknown);
      for (const key of unknown.keys()) known.set(key, found.get(key) ?? NOBODY);
    },
    holders: (key) => known.get(key) ?? NOBODY,
    counts: () => new Map([...known].map(([key, { count }]) => [key, count])),
  };
}
