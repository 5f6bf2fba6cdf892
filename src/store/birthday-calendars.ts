/** Calendars of birthdays: whose, made from which state of the owner's books, and the cards they are made of. */
import { sql } from 'kysely';
import type { Db } from './database.ts';
import type { NewRow, Row } from './schema.ts';

export type BirthdayCalendar = Row<'birthday_calendar'>;

/** Raise it when other events are made of the same cards. */
const FORM = 1;

/** What the events of calendar `b` follow from: the owner's language, books, and clusters of cards that are one person. */
const MADE_FROM = sql<string>`
  concat_ws('|', ${sql.lit(FORM)},
    (select coalesce(p.language, '') from principal p
      where p.organisation_id = b.organisation_id and p.principal_id = b.owner_id),
    (select string_agg(c.collection_id || ':' || c.sync_token, ',' order by c.collection_id) from collection c
      where c.organisation_id = b.organisation_id and c.owner_id = b.owner_id and c.kind = 'addressbook'),
    (select count(*) || ':' || coalesce(max(s.suggestion_id::text), '') from suggestion s
      where s.organisation_id = b.organisation_id and s.owner_id = b.owner_id and s.tier in ('certain', 'likely')))`;

export async function insertBirthdayCalendar(db: Db, row: NewRow<'birthday_calendar'>): Promise<void> {
  await db.insertInto('birthday_calendar').values(row).execute();
}

export function findBirthdayCalendar(
  db: Db,
  organisationId: string,
  ownerId: string,
): Promise<BirthdayCalendar | undefined> {
  return db
    .selectFrom('birthday_calendar')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('owner_id', '=', ownerId)
    .executeTakeFirst();
}

/** The state that the calendar would be made from now. */
export async function currentBirthdayState(db: Db, organisationId: string, collectionId: string): Promise<string> {
  const { rows } = await sql<{ state: string }>`
    select ${MADE_FROM} as state from birthday_calendar b
    where b.organisation_id = ${organisationId} and b.collection_id = ${collectionId}`.execute(db);
  return rows[0]?.state ?? '';
}

export async function noteBirthdayState(
  db: Db,
  organisationId: string,
  collectionId: string,
  state: string,
): Promise<void> {
  await db
    .updateTable('birthday_calendar')
    .set({ made_from: state })
    .where('organisation_id', '=', organisationId)
    .where('collection_id', '=', collectionId)
    .execute();
}

/** Calendars of every organisation that are to be made anew: for the background, never on a request's way. */
export async function listOutdatedBirthdayCalendars(db: Db, limit: number): Promise<BirthdayCalendar[]> {
  const { rows } = await sql<BirthdayCalendar>`
    select b.* from birthday_calendar b where b.made_from <> ${MADE_FROM} limit ${limit}`.execute(db);
  return rows;
}

/** Cards of an owner's books that hold a date, with their octets; a page of them by id. */
export function datedCards(
  db: Db,
  organisationId: string,
  ownerId: string,
  after: string,
  limit: number,
): Promise<{ object_id: string; uid: string | null; body: Buffer }[]> {
  return db
    .selectFrom('object')
    .innerJoin('collection', (join) =>
      join
        .onRef('collection.organisation_id', '=', 'object.organisation_id')
        .onRef('collection.collection_id', '=', 'object.collection_id'),
    )
    .select(['object.object_id', 'object.uid', 'object.body'])
    .where('object.organisation_id', '=', organisationId)
    .where('collection.organisation_id', '=', organisationId)
    .where('collection.owner_id', '=', ownerId)
    .where('collection.kind', '=', 'addressbook')
    .where(sql<boolean>`object.index_data -> 'DATES' is not null`)
    .where('object.object_id', '>', after)
    .orderBy('object.object_id')
    .limit(limit)
    .execute();
}

/** Clusters of cards that are one person for sure or likely. */
export function personClusters(
  db: Db,
  organisationId: string,
  ownerId: string,
): Promise<{ reference_id: string; members: string[] }[]> {
  return db
    .selectFrom('suggestion')
    .select(['reference_id', 'members'])
    .where('organisation_id', '=', organisationId)
    .where('owner_id', '=', ownerId)
    .where('tier', 'in', ['certain', 'likely'])
    .execute();
}
