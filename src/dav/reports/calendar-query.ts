/** calendar-query (RFC 4791 §7.8): the index narrows by time, the time lines kept beside an object decide, else the object itself. */
import { AppError } from '../../base/errors.ts';
import { filterInTurns } from '../../base/turns.ts';
import { seenBodies, seenEntries, seenEntryPages, seenObject } from '../../commands/seen-objects.ts';
import type { CalendarObject } from '../../icalendar/calendar-object.ts';
import { type CompFilter, isAboutTime, kindsOfFilter, matchesFilter, rangeOfFilter } from '../../icalendar/filter.ts';
import { timedObject } from '../../icalendar/time-lines.ts';
import type { TimeZone } from '../../icalendar/timezone.ts';
import type { Db } from '../../store/database.ts';
import type { ObjectWindow } from '../../store/objects.ts';
import { type TimedEntry, timedPages } from '../../store/timed-pages.ts';
import { child, type Element } from '../../xml/element.ts';
import { caldav } from '../../xml/names.ts';
import { answerMultistatus } from '../answer.ts';
import { DavError } from '../error.ts';
import { calendarsUnder } from '../home-sync.ts';
import type { DavRequest, Depth } from '../request.ts';
import { type CollectionResource, type HomeResource, isHome, isObject, type ObjectResource } from '../resource.ts';
import { calendarFilterIn } from './calendar-filter.ts';
import { calendarDataColumn } from './data-column.ts';
import { type Answer, answerFor, collectionOf, limitIn, type Match, responsesOf } from './found-objects.ts';
import { filteredObjectIn } from './parsed-objects.ts';
import { report } from './report.ts';
import { floatingZone, wantsTimezones } from './time-zone.ts';

type Target = CollectionResource | ObjectResource | HomeResource;

interface Search {
  readonly filter: CompFilter;
  readonly zone: TimeZone;
  /** The answer holds data of each object found. */
  readonly wantsBodies: boolean;
}

async function run(request: DavRequest, resource: Target, body: Element, depth: Depth): Promise<void> {
  const element = child(body, caldav('filter'));
  if (!element) throw DavError.unmet(403, caldav('valid-filter'), 'A calendar-query needs a filter.');
  const filter = calendarFilterIn(element);
  const found: Found[] = isHome(resource)
    ? (await calendarsUnder(resource, request, depth)).map((calendar) => foundIn(request, calendar, body, filter))
    : [foundIn(request, resource, body, filter)];
  await answerMultistatus(request.ctx, responsesFor(request, found));
}

interface Found {
  readonly answer: Answer;
  readonly pages: AsyncIterable<readonly Match[]>;
}

/** Floating times stand in the zone of each calendar, unless the request names one. */
function foundIn(
  request: DavRequest,
  resource: CollectionResource | ObjectResource,
  body: Element,
  filter: CompFilter,
): Found {
  const collection = isObject(resource) ? collectionOf(resource) : resource;
  const zone = floatingZone(body, collection.collection);
  const timezones = wantsTimezones(request.ctx.get('CalDAV-Timezones'));
  const data = calendarDataColumn(body, zone, timezones, request.app.limits.maxInstances);
  const search: Search = { filter, zone, wantsBodies: data !== undefined };
  const answer = answerFor(request, collection, body, data, limitIn(body, caldav));
  return {
    answer,
    pages: isObject(resource) ? matchesOf(request, resource, search) : matchesIn(request, resource, search),
  };
}

/** One limit for all calendars of a home. */
async function* responsesFor(request: DavRequest, found: readonly Found[]): AsyncGenerator<string> {
  let left: number | undefined;
  for (const { answer, pages } of found) {
    left = yield* responsesOf(request, { ...answer, limit: left ?? answer.limit }, pages);
    if (left === undefined) return;
  }
}

async function* matchesOf({ app }: DavRequest, resource: ObjectResource, search: Search) {
  const found = await seenObject(app.db, resource, resource.object.name);
  if (found && matches(filteredObjectIn(found.body), search)) yield [found];
}

/** Whatever the Depth: no filter matches a calendar itself, and clients of Windows ask for its events with Depth 0. */
async function* matchesIn(
  { app: { db } }: DavRequest,
  seen: CollectionResource,
  search: Search,
): AsyncGenerator<readonly Match[]> {
  const { organisation_id, collection_id } = seen.collection;
  const { filter } = search;
  const window = windowOf(filter);
  if (isKindOnly(filter)) {
    yield* seenEntryPages(db, seen, window.components);
    return;
  }
  // time lines hold more than the public form does, such as how much of a task is done
  const byTime = isAboutTime(filter) && !(seen.publicOnly && asksOfProperties(filter));
  for await (const page of timedPages(db, organisation_id, collection_id, window)) {
    if (byTime) yield* objectsByTime(db, seen, page, search);
    const unread = byTime ? page.filter(({ time }) => time === null) : page;
    for await (const batch of seenBodies(db, seen, unread))
      yield await filterInTurns(batch, ({ body }) => matches(filteredObjectIn(body), search));
  }
}

/** Those that match by their time lines: with their octets when the answer holds them, so that they are read once. */
async function* objectsByTime(
  db: Db,
  seen: CollectionResource,
  page: readonly TimedEntry[],
  search: Search,
): AsyncGenerator<readonly Match[]> {
  const found = await filterInTurns(page, ({ time, etag }) => {
    const object = timedObject(time, etag);
    return object !== undefined && matches(object, search);
  });
  if (search.wantsBodies) yield* seenBodies(db, seen, found);
  else if (found.length > 0) {
    const names = found.map(({ name }) => name);
    yield await seenEntries(db, seen, names);
  }
}

/** An object whose rule cannot be followed to its end is listed: the client can judge it, and a missing event is worse. */
function matches(object: CalendarObject, { filter, zone }: Search): boolean {
  try {
    return matchesFilter(object, filter, zone);
  } catch (error) {
    if (error instanceof AppError) return true;
    throw error;
  }
}

/** What the columns can tell already. */
export function windowOf(filter: CompFilter): ObjectWindow {
  const range = rangeOfFilter(filter);
  const components = kindsOfFilter(filter);
  return {
    ...(components ? { components } : {}),
    ...(range && range.start !== null ? { start: new Date(range.start) } : {}),
    ...(range && range.end !== null ? { end: new Date(range.end) } : {}),
  };
}

const asksOfProperties = ({ propFilters, compFilters }: CompFilter): boolean =>
  propFilters.length > 0 || compFilters.some(asksOfProperties);

/** True when the filter asks for nothing but one kind of component: the column decides it without reading the object. */
function isKindOnly({ isNotDefined, timeRange, propFilters, compFilters }: CompFilter): boolean {
  if (isNotDefined || timeRange || propFilters.length > 0 || compFilters.length > 1) return false;
  const [inner] = compFilters;
  if (!inner) return true;
  const bare = !inner.timeRange && inner.propFilters.length === 0 && inner.compFilters.length === 0;
  return bare && !inner.isNotDefined && inner.name !== 'VTIMEZONE';
}

export const CALENDAR_QUERY = report<Target>({
  name: caldav('calendar-query'),
  rfc: '4791 §7.8',
  on: ['calendar', 'calendarObject', 'calendarHome'],
  run,
});
