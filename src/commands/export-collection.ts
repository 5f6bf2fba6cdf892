/** Export: a whole collection as one file, octet for octet what was stored. */

import { type CalendarObject, readCalendarObject } from '../icalendar/calendar-object.ts';
import { joinCalendar } from '../icalendar/split.ts';
import type { Collection } from '../store/collections.ts';
import { streamObjects } from '../store/objects.ts';
import type { Context } from './context.ts';

export const EXPORT_TYPES = {
  addressbook: { mediaType: 'text/vcard; charset=utf-8', extension: 'vcf' },
  calendar: { mediaType: 'text/calendar; charset=utf-8', extension: 'ics' },
} as const;

const LF = 10;
const CRLF = Buffer.from('\r\n');

/** The file in pieces, in order of the objects' last change. Cards stream; calendar objects share their time zones and so wait for the last. */
export async function* exportCollection(context: Context, collection: Collection): AsyncGenerator<Buffer> {
  const objects = streamObjects(context.db, collection.organisation_id, collection.collection_id);
  if (collection.kind !== 'calendar') {
    for await (const { body } of objects) yield body.at(-1) === LF ? body : Buffer.concat([body, CRLF]);
    return;
  }
  const calendar: CalendarObject[] = [];
  for await (const { body } of objects) calendar.push(readCalendarObject(body));
  yield* joinCalendar(calendar, {
    prodid: '-//Doublon//Doublon//EN',
    name: collection.display_name ?? collection.name,
    ...(collection.description ? { description: collection.description } : {}),
    ...(collection.color ? { color: collection.color } : {}),
  });
}
