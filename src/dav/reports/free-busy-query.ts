/** free-busy-query (RFC 4791 §7.10): the busy times of a calendar, or of those of a home, within a range, as one VFREEBUSY. */
import { randomUUID } from 'node:crypto';
import { turns } from '../../base/turns.ts';
import { answerWhole } from '../../http/compression.ts';
import { type CalendarObject, readCalendarObject } from '../../icalendar/calendar-object.ts';
import { DAY } from '../../icalendar/date-time.ts';
import { type BusyPeriod, busyTime, mergeBusyPeriods, writeFreeBusy } from '../../icalendar/free-busy.ts';
import type { ClosedRange } from '../../icalendar/project.ts';
import { timedObject } from '../../icalendar/time-lines.ts';
import type { Collection } from '../../store/collections.ts';
import type { Db } from '../../store/database.ts';
import { bodiesOf } from '../../store/object-pages.ts';
import type { ObjectWindow } from '../../store/objects.ts';
import { timedPages } from '../../store/timed-pages.ts';
import { child, type Element } from '../../xml/element.ts';
import { caldav } from '../../xml/names.ts';
import { DavError } from '../error.ts';
import { calendarsUnder } from '../home-sync.ts';
import type { DavRequest, Depth } from '../request.ts';
import { type CollectionResource, type HomeResource, isHome } from '../resource.ts';
import { timeRangeIn } from './calendar-data.ts';
import { report } from './report.ts';
import { zoneOfCalendar } from './time-zone.ts';

/** Components that say when somebody is busy. */
const BUSY_COMPONENTS = ['VEVENT', 'VFREEBUSY', 'VAVAILABILITY'];

async function run(
  request: DavRequest,
  resource: CollectionResource | HomeResource,
  body: Element,
  depth: Depth,
): Promise<void> {
  const { ctx, app } = request;
  const element = child(body, caldav('time-range'));
  if (!element) throw DavError.badRequest('A free-busy-query needs a time-range.');
  const range = rangeIn(element, app.clock.now());
  const window = { components: BUSY_COMPONENTS, start: new Date(range.start), end: new Date(range.end) };
  const calendars = isHome(resource)
    ? (await calendarsUnder(resource, request, depth, 'read-free-busy')).filter(
        ({ collection }) => !collection.transparent,
      )
    : [resource];
  const periods: BusyPeriod[] = [];
  for (const { collection } of calendars) {
    const busy = busyTime(range, zoneOfCalendar(collection));
    const turn = turns();
    for await (const object of objectsWithin(app.db, collection, window)) {
      busy.add(object);
      const others = turn();
      if (others) await others;
    }
    for (const period of busy.periods()) periods.push(period);
  }
  ctx.status = 200;
  ctx.set('Content-Type', 'text/calendar; charset=utf-8');
  const merged = mergeBusyPeriods(periods, range);
  await answerWhole(ctx, writeFreeBusy({ range, periods: merged, uid: randomUUID(), now: app.clock.now() }));
}

/** Where a range without a start begins, and how far one without an end goes on: rules may have no end. */
const FIRST_DAY = Date.parse('0001-01-01T00:00:00Z');
const YEARS_AHEAD = 10;

/**
 * A range may be open on one side (§9.9); the VFREEBUSY tells which range it covers. There is no filter here that could be
 * invalid: a range that cannot be read is a bad request.
 */
function rangeIn(element: Element, now: number): ClosedRange {
  try {
    const { start, end } = timeRangeIn(element);
    return { start: start ?? FIRST_DAY, end: end ?? Math.max(now, start ?? now) + YEARS_AHEAD * 365 * DAY };
  } catch (error) {
    throw error instanceof DavError ? DavError.badRequest(error.message) : error;
  }
}

/** What the window holds: of most objects their time lines, the others whole. */
async function* objectsWithin(db: Db, collection: Collection, window: ObjectWindow): AsyncGenerator<CalendarObject> {
  const { organisation_id, collection_id } = collection;
  for await (const page of timedPages(db, organisation_id, collection_id, window)) {
    for (const { time, etag } of page) {
      const object = timedObject(time, etag);
      if (object) yield object;
    }
    const unread = page.filter(({ time }) => time === null);
    for await (const batch of bodiesOf(db, organisation_id, collection_id, unread))
      for (const { body } of batch) yield readCalendarObject(body);
  }
}

export const FREE_BUSY_QUERY = report<CollectionResource | HomeResource>({
  name: caldav('free-busy-query'),
  rfc: '4791 §7.10',
  on: ['calendar', 'calendarHome'],
  run,
});
