/** Blocking keys are written when a card is scored, not when it is stored: they are most of the rows that a card has. */
import { sql } from 'kysely';
import type { Tx } from './database.ts';

export interface KeyedContent {
  readonly objectId: string;
  /** The content that the keys were read of: a card that holds another by now is left to whoever scores that. */
  readonly contentHash: string;
  /** Numbers below 2^53. */
  readonly keys: readonly number[];
}

const BATCH = 1000;

/**
 * Makes these the keys of the cards, under the cards' own owners; only what is another than before is written. Call it in the
 * transaction that scores the cards, before it asks who holds a key.
 */
export async function keepKeys(tx: Tx, organisationId: string, cards: readonly KeyedContent[]): Promise<void> {
  if (cards.length === 0) return;
  await lockKeys(tx, organisationId, cards);
  const first = cards.length >= BATCH && (await hasNone(tx, organisationId));
  for (let from = 0; from < cards.length; from += BATCH) {
    const batch = cards.slice(from, from + BATCH);
    const stored = first ? NO_KEYS : await storedKeys(tx, organisationId, batch);
    const surplus: { objectId: string; key: number }[] = [];
    const missing = batch.flatMap((card) => {
      const held = stored.get(card.objectId);
      if (!held) return card.keys.length > 0 ? [card] : [];
      const wanted = new Set(card.keys);
      for (const key of held) if (!wanted.delete(key)) surplus.push({ objectId: card.objectId, key });
      return wanted.size > 0 ? [{ ...card, keys: [...wanted] }] : [];
    });
    if (surplus.length > 0) await removeKeys(tx, organisationId, surplus);
    if (missing.length > 0) await addKeys(tx, organisationId, missing);
  }
}

/**
 * Several may score one card, since they see its book: each would take out the keys that it saw, and the card be left with those of
 * two contents. So the keys of one owner's cards are written by one transaction at a time. Not the cards' rows are locked for that:
 * who writes a card would wait for whoever scores it.
 */
async function lockKeys(tx: Tx, organisationId: string, cards: readonly KeyedContent[]): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(key) from (
      select distinct hashtextextended('keys ' || organisation_id || ' ' || owner_id, 0) as key from record
      where organisation_id = ${organisationId} and object_id = any(${cards.map((card) => card.objectId)}::uuid[])
      order by key) as owners`.execute(tx);
}

/** True when nobody's card of the organisation has keys: then none are looked for, which a planner that has not been told of it yet would do badly. */
async function hasNone(tx: Tx, organisationId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from blocking_key where organisation_id = ${organisationId} order by organisation_id, owner_id, key limit 1`.execute(
    tx,
  );
  return rows.length === 0;
}

const NO_KEYS: ReadonlyMap<string, number[]> = new Map();

/** The keys that stand now, by card; cards without any, or with another content by now, are left out. */
async function storedKeys(
  tx: Tx,
  organisationId: string,
  cards: readonly KeyedContent[],
): Promise<Map<string, number[]>> {
  const { rows } = await sql<{ object_id: string; keys: string }>`
    select c.object_id, k.keys
    from unnest(${cards.map((c) => c.objectId)}::uuid[], ${cards.map((c) => c.contentHash)}::text[]) as c(object_id, content_hash)
    join record r on r.organisation_id = ${organisationId} and r.object_id = c.object_id and r.content_hash = c.content_hash
    cross join lateral (select string_agg(b.key::text, ',') as keys from blocking_key b
      where b.organisation_id = ${organisationId} and b.object_id = c.object_id) as k
    where k.keys is not null`.execute(tx);
  return new Map(rows.map((row) => [row.object_id, row.keys.split(',').map(Number)]));
}

async function removeKeys(
  tx: Tx,
  organisationId: string,
  surplus: readonly { readonly objectId: string; readonly key: number }[],
): Promise<void> {
  await sql`
    delete from blocking_key b
    using unnest(${surplus.map((s) => s.objectId)}::uuid[], ${surplus.map((s) => s.key)}::bigint[]) as s(object_id, key)
    where b.organisation_id = ${organisationId} and b.object_id = s.object_id and b.key = s.key`.execute(tx);
}

async function addKeys(tx: Tx, organisationId: string, cards: readonly KeyedContent[]): Promise<void> {
  await sql`
    insert into blocking_key (organisation_id, owner_id, key, object_id)
    select ${organisationId}::uuid, r.owner_id, unnest(string_to_array(c.keys, ',')::bigint[]), c.object_id
    from unnest(${cards.map((c) => c.objectId)}::uuid[], ${cards.map((c) => c.contentHash)}::text[],
      ${cards.map((c) => c.keys.join(','))}::text[]) as c(object_id, content_hash, keys)
    join record r on r.organisation_id = ${organisationId} and r.object_id = c.object_id and r.content_hash = c.content_hash
    on conflict do nothing`.execute(tx);
}
