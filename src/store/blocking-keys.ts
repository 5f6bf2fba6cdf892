/** Blocking keys of large books: written when a card is scored, not when it is stored, since they are most of the rows that a card has. */
import { sql } from 'kysely';
import type { Tx } from './database.ts';
import { statement } from './statement.ts';

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
  await LOCK(
    tx,
    organisationId,
    cards.map((card) => card.objectId),
  );
  const first = cards.length >= BATCH && (await hasNone(tx, organisationId));
  for (let from = 0; from < cards.length; from += BATCH)
    await keepBatch(tx, organisationId, cards.slice(from, from + BATCH), first);
}

/**
 * Several may score one card, since they see its book: each would take out the keys that it saw, and the card be left with those of
 * two contents. So the keys of one owner's cards are written by one transaction at a time. Not the cards' rows are locked for that:
 * who writes a card would wait for whoever scores it.
 */
const LOCK = statement(`
  select pg_advisory_xact_lock(key) from (
    select distinct hashtextextended('keys ' || organisation_id || ' ' || owner_id, 0) as key from record
    where organisation_id = $1 and object_id = any($2::uuid[])
    order by key) as owners`);

/** True when nobody's card of the organisation has keys: then none are looked for, which a planner that has not been told of it yet would do badly. */
async function hasNone(tx: Tx, organisationId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from blocking_key where organisation_id = ${organisationId} order by organisation_id, owner_id, key limit 1`.execute(
    tx,
  );
  return rows.length === 0;
}

interface StoredKeys {
  readonly object_id: string;
  /** With commas between; null: the card has none. */
  readonly keys: string | null;
  /** Other cards of the same owner with the same content, likewise. */
  readonly twins: string | null;
}

async function keepBatch(
  tx: Tx,
  organisationId: string,
  cards: readonly KeyedContent[],
  first: boolean,
): Promise<void> {
  const ids = cards.map((card) => card.objectId);
  const hashes = cards.map((card) => card.contentHash);
  const stored = await STORED(tx, organisationId, ids, hashes, !first);
  const known = new Map(stored.map((row) => [row.object_id, row]));
  const changes = cards.flatMap(({ objectId, contentHash, keys }) => {
    const row = known.get(objectId);
    if (!row) return [];
    const come = new Set(keys);
    const gone = (row.keys?.split(',') ?? []).filter((key) => !come.delete(Number(key)));
    return gone.length + come.size > 0 ? [{ objectId, contentHash, gone: gone.join(), come: [...come].join() }] : [];
  });
  if (changes.length > 0)
    await REPLACE(
      tx,
      organisationId,
      changes.map((change) => change.objectId),
      changes.map((change) => change.contentHash),
      changes.map((change) => change.gone),
      changes.map((change) => change.come),
    );
  const copies = stored.flatMap(({ object_id, twins }) => (twins === null ? [] : [object_id, ...twins.split(',')]));
  if (copies.length > 0) await MARK(tx, organisationId, [...new Set(copies)]);
}

/** Cards that hold another content by now are left out. */
const STORED = statement<StoredKeys>(`
  select c.object_id, case when $4::boolean then (
      select string_agg(b.key::text, ',') from blocking_key b
      where b.organisation_id = $1 and b.object_id = c.object_id) end as keys,
    (select string_agg(twin.object_id::text, ',') from record twin
      where twin.organisation_id = $1 and twin.owner_id = r.owner_id and twin.content_hash = r.content_hash
        and twin.object_id <> r.object_id) as twins
  from unnest($2::uuid[], $3::text[]) as c(object_id, content_hash)
  join record r on r.organisation_id = $1 and r.object_id = c.object_id and r.content_hash = c.content_hash`);

const REPLACE = statement(`
  with changed as materialized (
    select c.object_id, r.owner_id, c.gone, c.come
    from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) as c(object_id, content_hash, gone, come)
    join record r on r.organisation_id = $1 and r.object_id = c.object_id and r.content_hash = c.content_hash
  ), removed as (
    delete from blocking_key b
    using (select object_id, owner_id, unnest(string_to_array(gone, ',')::bigint[]) as key from changed) s
    where b.organisation_id = $1 and b.owner_id = s.owner_id and b.key = s.key and b.object_id = s.object_id
  )
  insert into blocking_key (organisation_id, owner_id, key, object_id)
  select $1, owner_id, unnest(string_to_array(come, ',')::bigint[]), object_id from changed
  on conflict do nothing`);

/** Holders of a key are counted by their contents where this says so: see `key-holders.ts`. A mark that is no longer needed does no harm. */
const MARK = statement(`
  update blocking_key set copied = true
  where organisation_id = $1 and object_id = any($2::uuid[]) and not copied`);

/** Takes the keys of all of an owner's cards away, unless somebody compares them with own ones. */
export async function dropOwnKeys(tx: Tx, organisationId: string, ownerId: string): Promise<void> {
  await DROP_OWN(tx, organisationId, ownerId);
}

const DROP_OWN = statement(`
  delete from blocking_key where organisation_id = $1 and owner_id = $2 and not exists (
    select 1 from shared_book where organisation_id = $1 and owner_id = $2 and compared)`);

/** Takes the keys of cards away that are gone: those of a deleted collection still have them. */
export async function dropKeys(tx: Tx, organisationId: string, objectIds: readonly string[]): Promise<void> {
  if (objectIds.length > 0) await DROP(tx, organisationId, [...objectIds]);
}

const DROP = statement(`
  delete from blocking_key b where b.organisation_id = $1 and b.object_id = any($2::uuid[]) and not exists (
    select 1 from record r where r.organisation_id = $1 and r.object_id = b.object_id)`);
