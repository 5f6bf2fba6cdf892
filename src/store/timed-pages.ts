/** What a search by time reads of a calendar's objects: little enough of each to be read of thousands. */
import { sql } from 'kysely';
import type { Db } from './database.ts';
import { named, ordered, PAGE, pages } from './object-pages.ts';
import { type ObjectEntry, type ObjectWindow, withinBounds } from './objects.ts';

/** What tells of an object whether a search by time needs it. */
export interface TimedEntry extends Pick<ObjectEntry, 'name' | 'size' | 'etag'> {
  /** What was indexed of its place in time; null: nothing, the object itself has to be read. */
  readonly time: unknown;
}

interface Calendar {
  readonly db: Db;
  readonly organisationId: string;
  readonly collectionId: string;
}

const TIMED = ['name', 'size', 'etag'] as const;
const TIME = sql<unknown>`index_data -> 'TIME'`.as('time');

/** What lies within a window, ordered by name, a page at a time. */
export function timedPages(
  db: Db,
  organisationId: string,
  collectionId: string,
  window: ObjectWindow,
): AsyncGenerator<TimedEntry[]> {
  if (window.start || window.end) return pagesWithin({ db, organisationId, collectionId }, window);
  return pages<TimedEntry>((after) =>
    ordered(db, organisationId, collectionId, window.components, after).select(TIMED).select(TIME).execute(),
  );
}

/**
 * The first page is nearly always the only one. Each further page would look through the whole window again, so the names of all that
 * is left are read at once, and the rest by them; what has gone meanwhile is left out.
 */
async function* pagesWithin(calendar: Calendar, window: ObjectWindow): AsyncGenerator<TimedEntry[]> {
  const first = await firstWithin(calendar, window).execute();
  const last = first.length === PAGE ? first.at(-1)!.name : undefined;
  const left = last === undefined ? undefined : namesBehind(calendar, window, last);
  // nobody may come for it
  left?.catch(() => {});
  if (first.length > 0) yield first;
  const names = (await left) ?? [];
  const reads = Array.from(
    { length: Math.ceil(names.length / PAGE) },
    (_, page) => () => entriesNamed(calendar, names.slice(page * PAGE, (page + 1) * PAGE)),
  );
  let next = reads[0]?.();
  for (let page = 0; page < reads.length; page++) {
    const entries = (await next) ?? [];
    next = reads[page + 1]?.();
    next?.catch(() => {});
    if (entries.length > 0) yield entries;
  }
}

type Within = Pick<Db, 'selectFrom'>;

function narrowed(within: Within, { organisationId, collectionId }: Calendar, window: ObjectWindow) {
  const query = withinBounds(
    within.selectFrom('object').where('organisation_id', '=', organisationId).where('collection_id', '=', collectionId),
    window,
  );
  return window.components ? query.where('component', 'in', [...window.components]) : query;
}

// both materialised, since a planner that saw the order would walk the index of names and look at every object of the calendar

const firstWithin = (calendar: Calendar, window: ObjectWindow) =>
  calendar.db
    .with(
      (cte) => cte('inside').materialized(),
      (within) => narrowed(within, calendar, window).select([...TIMED, 'index_data']),
    )
    .selectFrom('inside')
    .select(TIMED)
    .select(TIME)
    .orderBy('name')
    .limit(PAGE);

async function namesBehind(calendar: Calendar, window: ObjectWindow, after: string): Promise<string[]> {
  const rows = await calendar.db
    .with(
      (cte) => cte('inside').materialized(),
      (within) => narrowed(within, calendar, window).select('name').where('name', '>', after),
    )
    .selectFrom('inside')
    .select('name')
    .orderBy('name')
    .execute();
  return rows.map(({ name }) => name);
}

const entriesNamed = (
  { db, organisationId, collectionId }: Calendar,
  names: readonly string[],
): Promise<TimedEntry[]> =>
  named(db, organisationId, collectionId, names).select(TIMED).select(TIME).orderBy('name').execute();
