/** The user's verdicts in force, from the names they were given by to the cards that stand behind those names today. */
import type { Decision } from '../dedup/types.ts';
import type { Db } from '../store/database.ts';
import { type DecisionRow, findCardsByUid, listDecisions } from '../store/decisions.ts';
import { followMergedAway } from '../store/merged-away.ts';
import { readName } from './card-identity.ts';

export interface PostponedPair {
  readonly a: string;
  readonly b: string;
  readonly until: Date;
}

export interface KnownDecisions {
  readonly different: readonly Decision[];
  readonly later: readonly PostponedPair[];
}

/** Verdicts of an owner that hold at `now`, each pair of cards once; a card merged away stands for the one it was merged into. */
export async function loadDecisions(
  db: Db,
  organisationId: string,
  ownerId: string,
  now: Date,
): Promise<KnownDecisions> {
  const rows = await listDecisions(db, organisationId, ownerId, now);
  if (rows.length === 0) return { different: [], later: [] };
  const cards = await cardsBehind(db, organisationId, ownerId, rows);
  const pairs = rows.flatMap((row) =>
    (cards.get(row.uid_a) ?? []).flatMap((one) =>
      (cards.get(row.uid_b) ?? []).flatMap((other) => {
        if (one === other) return [];
        const [a, b] = one < other ? [one, other] : [other, one];
        return [{ a, b, row }];
      }),
    ),
  );
  return {
    different: pairs
      .filter(({ row }) => row.verdict === 'different')
      .map(({ a, b, row }) => ({ a, b, verdict: 'different' as const, known: readKnown(row.evidence_hash) })),
    later: pairs.flatMap(({ a, b, row }) =>
      row.verdict === 'later' && row.until_at ? [{ a, b, until: row.until_at }] : [],
    ),
  };
}

/** Cards by the name a decision gave them. */
export async function cardsBehind(
  db: Db,
  organisationId: string,
  ownerId: string,
  rows: readonly Pick<DecisionRow, 'uid_a' | 'uid_b'>[],
): Promise<Map<string, string[]>> {
  const names = [...new Set(rows.flatMap((row) => [row.uid_a, row.uid_b]))];
  const uids = names.flatMap((name) => (readName(name).objectId === null ? (readName(name).uid ?? []) : []));
  const found = await findCardsByUid(db, organisationId, ownerId, uids);
  const byUid = Map.groupBy(found, (card) => card.uid ?? '');
  const gone = uids.filter((uid) => !byUid.has(uid));
  const into = await followMergedAway(db, organisationId, ownerId, gone);
  return new Map(
    names.map((name) => {
      const { uid, objectId } = readName(name);
      if (objectId !== null) return [name, [objectId]] as const;
      const there = byUid.get(uid ?? '')?.map((card) => card.object_id);
      return [name, there ?? into.get(uid ?? '') ?? []] as const;
    }),
  );
}

/** What the two cards shared when the verdict was given, as it was stored. */
function readKnown(text: string): string[] {
  const known: unknown = JSON.parse(text);
  return Array.isArray(known) ? known.filter((item): item is string => typeof item === 'string') : [];
}

/** The form in which `readKnown` finds it. */
export function writeKnown(identifiers: readonly string[]): string {
  return JSON.stringify(identifiers);
}
