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
 * Makes these the keys of the cards, under the cards' own owners. Keys that stand already are not written again. Call it in
 * the transaction that scores the cards, before it asks who holds a key.
 */
export async function keepKeys(tx: Tx, organisationId: string, cards: readonly KeyedContent[]): Promise<void> {
  if (cards.length > 0) await lockKeys(tx, organisationId, cards);
  for (let from = 0; from < cards.length; from += BATCH) {
    const batch = cards.slice(from, from + BATCH);
    await sql`
      with card as materialized (
        select r.object_id, r.owner_id, string_to_array(nullif(c.keys, ''), ',')::bigint[] as keys
        from unnest(${batch.map((c) => c.objectId)}::uuid[], ${batch.map((c) => c.contentHash)}::text[],
          ${batch.map((c) => c.keys.join(','))}::text[]) as c(object_id, content_hash, keys)
        join record r on r.organisation_id = ${organisationId} and r.object_id = c.object_id
          and r.content_hash = c.content_hash
      ), left_out as (
        delete from blocking_key b using card
        where b.organisation_id = ${organisationId} and b.object_id = card.object_id
          and b.key <> all(coalesce(card.keys, '{}'))
      )
      insert into blocking_key (organisation_id, owner_id, key, object_id)
      select ${organisationId}::uuid, card.owner_id, unnest(card.keys), card.object_id from card
      on conflict do nothing`.execute(tx);
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
