/** Cards as lists show them: from the index kept beside the octets, so that no card is parsed to be listed. */
import { sql } from 'kysely';
import type { Db } from './database.ts';

/** One card without its octets. */
export interface CardRow {
  readonly object_id: string;
  readonly collection_id: string;
  readonly name: string;
  readonly uid: string | null;
  readonly etag: string;
  readonly modified_at: Date;
  /** Values of the indexed properties by upper-case name. */
  readonly index_data: Readonly<Record<string, readonly string[]>>;
  readonly has_photo: boolean;
}

const COLUMNS = sql`o.object_id, o.collection_id, o.name, o.uid, o.etag, o.modified_at, o.index_data,
  coalesce(r.data ->> 'photo', '') <> '' as has_photo`;

const RECORD = sql`left join record r on r.organisation_id = o.organisation_id and r.object_id = o.object_id`;

/**
 * What a list shows as the name of a card, as far as it is sorted by it; cut so that a hostile name cannot weigh on a sort. Computed once
 * for each card (`offset 0` keeps the planner from writing it out wherever it is used).
 */
const SHOWN = sql`cross join lateral (select left(lower(coalesce(
  nullif(btrim(o.index_data -> 'FN' ->> 0), ''),
  nullif(btrim(split_part(o.index_data -> 'N' ->> 0, ';', 2) || ' ' || split_part(o.index_data -> 'N' ->> 0, ';', 1)), ''),
  nullif(btrim(o.index_data -> 'ORG' ->> 0, ' ;'), ''),
  nullif(btrim(o.index_data -> 'NICKNAME' ->> 0), ''),
  nullif(btrim(o.index_data -> 'EMAIL' ->> 0), ''),
  nullif(btrim(o.index_data -> 'TEL' ->> 0), ''), o.name)), 200) as name offset 0) shown`;

/** What cards are listed by: that name without accents, since the database sorts by code points: "Ötzi" stands behind "Otto", not behind "Zoe". */
const LISTED_BY = sql`case when octet_length(shown.name) = char_length(shown.name) then shown.name
  else regexp_replace(normalize(shown.name, nfd), '[\\u0300-\\u036f]+', '', 'g') end`;

/** The cards with the given ids, in any order; those that are gone are not in the answer. */
export async function findCards(db: Db, organisationId: string, objectIds: readonly string[]): Promise<CardRow[]> {
  const { rows } = await sql<CardRow>`
    select ${COLUMNS} from object o ${RECORD}
    where o.organisation_id = ${organisationId} and o.object_id = any(${[...objectIds]}::uuid[])
      and o.component = 'VCARD'`.execute(db);
  return rows;
}

export interface CardSearch {
  readonly collectionIds: readonly string[];
  /** Every one must stand in an indexed value of the card (names, e-mail, phone, address, organisation, note), in either case. */
  readonly words: readonly string[];
  /** Or these digits stand in one of its phone numbers, however that is written. */
  readonly digits?: string | undefined;
}

/** The indexed values without the names they stand under: "note" finds the cards that say so, not all that have one. */
const VALUES = sql`jsonb_path_query_array(o.index_data - '{OTHERS,DATES}'::text[], '$.*[*]')::text`;

/** Phone numbers without what people write between digits, each behind a comma. */
const PHONE_DIGITS = sql`translate((o.index_data -> 'TEL')::text, E' +-()/."[]\\u00a0\\u2011\\u2013', '')`;

const containing = ({ words, digits }: CardSearch) => {
  const all = words.map((word) => sql`${VALUES} ilike ${`%${word.replaceAll(/[\\%_]/g, '\\$&')}%`}`);
  const found = sql`(${sql.join([sql`true`, ...all], sql` and `)})`;
  return digits === undefined ? found : sql`(${found} or ${PHONE_DIGITS} like ${`%${digits}%`})`;
};

/** Cards by formatted name, behind the position `after`, at most `limit`; each with its position for the next page. */
export async function listCards(
  db: Db,
  organisationId: string,
  search: CardSearch,
  limit: number,
  after?: { readonly listedBy: string; readonly objectId: string },
): Promise<(CardRow & { listed_by: string })[]> {
  const behind = after
    ? sql`and (${LISTED_BY}, o.object_id) > (${after.listedBy}::text, ${after.objectId}::uuid)`
    : sql``;
  const { rows } = await sql<CardRow & { listed_by: string }>`
    select ${COLUMNS}, ${LISTED_BY} as listed_by from object o ${RECORD} ${SHOWN}
    where o.organisation_id = ${organisationId} and o.collection_id = any(${[...search.collectionIds]}::uuid[])
      and o.component = 'VCARD' and ${containing(search)} ${behind}
    order by listed_by, o.object_id limit ${limit}`.execute(db);
  return rows;
}

export async function countCards(db: Db, organisationId: string, search: CardSearch): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from object o
    where o.organisation_id = ${organisationId} and o.collection_id = any(${[...search.collectionIds]}::uuid[])
      and o.component = 'VCARD' and ${containing(search)}`.execute(db);
  return rows[0]!.count;
}

/** A card with its octets. */
export interface PointingCard {
  readonly object_id: string;
  readonly collection_id: string;
  readonly name: string;
  readonly uid: string | null;
  readonly etag: string;
  readonly body: Buffer;
}

/** The condition of the index `object_pointing`, word for word. */
const POINTING = sql`o.component = 'VCARD' and (jsonb_typeof(o.index_data -> 'RELATED') = 'array'
  or btrim(lower(o.index_data -> 'KIND' ->> 0)) = 'group'
  or btrim(lower(o.index_data -> 'X-ADDRESSBOOKSERVER-KIND' ->> 0)) = 'group')`;

/** Group cards and cards with RELATED lines of the collections: those that may name a card which goes. */
export async function findPointingCards(
  db: Db,
  organisationId: string,
  collectionIds: readonly string[],
): Promise<PointingCard[]> {
  const { rows } = await sql<PointingCard>`
    select o.object_id, o.collection_id, o.name, o.uid, o.etag, o.body from object o
    where o.organisation_id = ${organisationId} and o.collection_id = any(${[...collectionIds]}::uuid[])
      and ${POINTING}
    order by o.object_id`.execute(db);
  return rows;
}

/** A card that was deleted from a book and has not come back. */
export interface DepartedCard {
  readonly collection_id: string;
  readonly uid: string;
}

/**
 * Cards deleted from books that hold group cards, between two moments, under whose UID nothing stands in the book now and no
 * merge stands in. Those with a UID too long for the index are left out.
 */
export async function findDepartedCards(
  db: Db,
  organisationId: string,
  since: Date,
  before: Date,
): Promise<DepartedCard[]> {
  const { rows } = await sql<DepartedCard>`
    select distinct v.collection_id, v.uid from object_version v
    where v.organisation_id = ${organisationId} and v.reason = 'deleted' and v.component = 'VCARD'
      and v.ended_at >= ${since} and v.ended_at < ${before} and octet_length(v.uid) <= 255
      and exists (select 1 from object o where o.organisation_id = ${organisationId}
        and o.collection_id = v.collection_id and ${POINTING})
      and not exists (select 1 from object there where there.organisation_id = ${organisationId}
        and there.collection_id = v.collection_id and there.uid_key = v.uid)
      and not exists (select 1 from merged_away m where m.organisation_id = ${organisationId}
        and m.collection_id = v.collection_id and m.uid_key = v.uid)`.execute(db);
  return rows;
}
