/** free-busy-query (RFC 4791 §7.10): the busy times of a calendar within a range, as one VFREEBUSY. */
import { randomUUID } from 'node:crypto';
import { type CalendarObject, readCalendarObject } from '../../icalendar/calendar-object.ts';
import { busyPeriods, writeFreeBusy } from '../../icalendar/free-busy.ts';
import { bodiesOf, entryPages } from '../../store/object-pages.ts';
import { child, type Element } from '../../xml/element.ts';
import { caldav } from '../../xml/names.ts';
import { answerWhole } from '../answer.ts';
import { DavError } from '../error.ts';
import type { DavRequest } from '../request.ts';
import type { CollectionResource } from '../resource.ts';
import { closedRangeIn } from './calendar-data.ts';
import { report } from './report.ts';
import { zoneOfCalendar } from './time-zone.ts';

/** Components that say when somebody is busy. */
const BUSY_COMPONENTS = ['VEVENT', 'VFREEBUSY', 'VAVAILABILITY'];

async function run({ ctx, app }: DavRequest, { collection }: CollectionResource, body: Element): Promise<void> {
  const element = child(body, caldav('time-range'));
  if (!element) throw DavError.badRequest('A free-busy-query needs a time-range.');
  const range = closedRangeIn(element);
  const { organisation_id, collection_id } = collection;
  const window = { components: BUSY_COMPONENTS, start: new Date(range.start), end: new Date(range.end) };
  const objects: CalendarObject[] = [];
  for await (const page of entryPages(app.db, organisation_id, collection_id, window))
    for await (const batch of bodiesOf(app.db, organisation_id, collection_id, page))
      for (const { body: octets } of batch) objects.push(readCalendarObject(octets));
  const periods = busyPeriods(objects, range, zoneOfCalendar(collection));
  ctx.status = 200;
  ctx.set('Content-Type', 'text/calendar; charset=utf-8');
  await answerWhole(ctx, writeFreeBusy({ range, periods, uid: randomUUID(), now: app.clock.now() }));
}

export const FREE_BUSY_QUERY = report<CollectionResource>({
  name: caldav('free-busy-query'),
  rfc: '4791 §7.10',
  on: ['calendar'],
  run,
});
