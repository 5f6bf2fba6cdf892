/** Who holds which key of a small book, which keeps no rows of keys. */
import { append } from '../base/append.ts';
import type { Db } from '../store/database.ts';
import type { CardContent } from '../store/dedup-index.ts';
import type { Holders } from '../store/key-holders.ts';
import { findNotedHolders } from '../store/noted-keys.ts';
import type { ScoredRecord } from '../store/scored-records.ts';
import type { Owner } from './context.ts';
import { type KeyLookUp, makeRecordLookUp, NOBODY } from './key-look-up.ts';

/** Cards that hold something else by now than was noted of them, or left. */
export interface NotedChange {
  readonly gone: readonly string[];
  readonly today: readonly ScoredRecord[];
}

/** Looks keys up among the owner's cards as they were noted, but for the change. */
export function makeNotedLookUp(
  db: Db,
  { organisationId, principalId }: Owner,
  { gone, today }: NotedChange = { gone: [], today: [] },
): KeyLookUp {
  const changed = new Set([...gone, ...today.map((card) => card.objectId)]);
  const holdersToday = new Map<number, CardContent[]>();
  for (const card of today) for (const key of card.keys) append(holdersToday, key, card);
  const records = makeRecordLookUp(db, organisationId, principalId);
  const known = new Map<number, { readonly cards: readonly CardContent[]; readonly holders: Holders }>();
  return {
    async read(most) {
      const unknown = [...most.keys()].filter((key) => !known.has(key));
      if (unknown.length === 0) return;
      const noted = await findNotedHolders(db, organisationId, principalId, unknown);
      for (const key of unknown) {
        const before = noted.get(key)?.filter((card) => !changed.has(card.objectId)) ?? [];
        const cards = [...before, ...(holdersToday.get(key) ?? [])];
        known.set(key, { cards, holders: cards.length > 0 ? distinct(cards) : NOBODY });
      }
    },
    knows: (key) => known.has(key),
    holders: (key) => known.get(key)?.holders ?? NOBODY,
    records,
    holding: (keys) => {
      const cards = keys.flatMap((key) => known.get(key)?.cards ?? []);
      return records([...new Set(cards.map((card) => card.objectId))]);
    },
  };
}

/** One card for each content, the smallest id. */
function distinct(cards: readonly CardContent[]): Holders {
  const firsts = new Map<string, string>();
  for (const { objectId, contentHash } of cards) {
    const first = firsts.get(contentHash);
    if (first === undefined || objectId < first) firsts.set(contentHash, objectId);
  }
  return { count: firsts.size, cards: [...firsts.values()] };
}
