/** Who holds which key, looked up once for one scoring. */
import type { Db } from '../store/database.ts';
import { findRecords, type StoredRecord } from '../store/dedup-index.ts';
import { findHolders, findKeyHolders, type Holders, type KeyScope } from '../store/key-holders.ts';

export interface KeyLookUp {
  /** Looks up what is not known yet of these keys; holders are named up to the key's figure. */
  read(most: ReadonlyMap<number, number>): Promise<void>;
  /** Was the key looked up? */
  knows(key: number): boolean;
  /** Of a key that was looked up. */
  holders(key: number): Holders;
  /** The records of cards, each read once. */
  records(ids: readonly string[]): Promise<StoredRecord[]>;
  /** The records of all cards that hold any of these keys, which were looked up: copies and all, in order of their ids. */
  holding(keys: readonly number[]): Promise<StoredRecord[]>;
}

/** The cards that share a crossed block with whoever holds these keys, which were looked up to their limits: again for each block. */
export const cardsMet = (look: KeyLookUp, limits: ReadonlyMap<number, number>, keys: readonly number[]): string[] =>
  keys.flatMap((key) => {
    const { count, cards } = look.holders(key);
    return count <= limits.get(key)! ? cards : [];
  });

export const NOBODY: Holders = { count: 0, cards: [] };

/** Reads the records of an owner's cards that were not asked for yet. */
export function makeRecordLookUp(db: Db, organisationId: string, ownerId: string): KeyLookUp['records'] {
  const known = new Map<string, StoredRecord | undefined>();
  return async (ids) => {
    const unread = ids.filter((id) => !known.has(id));
    for (const id of unread) known.set(id, undefined);
    const found = unread.length > 0 ? await findRecords(db, organisationId, ownerId, unread) : [];
    for (const record of found) known.set(record.objectId, record);
    return ids.flatMap((id) => known.get(id) ?? []);
  };
}

/** Looks keys up among the rows that a large book keeps of them. */
export function makeKeyLookUp(db: Db, scope: KeyScope): KeyLookUp {
  const known = new Map<number, Holders>();
  const isKnown = (key: number, most: number): boolean => {
    const holders = known.get(key);
    return holders !== undefined && (holders.count > most || holders.cards.length === holders.count);
  };
  return {
    async read(most) {
      const unknown = new Map([...most].filter(([key, limit]) => !isKnown(key, limit)));
      const found = await findHolders(db, scope, unknown);
      for (const key of unknown.keys()) known.set(key, found.get(key) ?? NOBODY);
    },
    knows: (key) => known.has(key),
    holders: (key) => known.get(key) ?? NOBODY,
    records: makeRecordLookUp(db, scope.organisationId, scope.ownerId),
    holding: (keys) => findKeyHolders(db, scope.organisationId, scope.ownerId, keys),
  };
}
