/** Export: a whole collection as one file, octet for octet what was stored. */

import { readCalendarObject } from '../icalendar/calendar-object.ts';
import { calendarWriter } from '../icalendar/split.ts';
import type { Collection } from '../store/collections.ts';
import { bodiesOf } from '../store/object-pages.ts';
import { listByChange } from '../store/objects.ts';
import type { Context } from './context.ts';

export const EXPORT_TYPES = {
  addressbook: { mediaType: 'text/vcard; charset=utf-8', extension: 'vcf' },
  calendar: { mediaType: 'text/calendar; charset=utf-8', extension: 'ics' },
} as const;

const LF = 10;
const CRLF = Buffer.from('\r\n');

/** The file in pieces, in order of the objects' last change, in flat memory; time zones that several objects share come once. */
export async function* exportCollection(context: Context, collection: Collection): AsyncGenerator<Buffer> {
  if (collection.kind !== 'calendar') {
    for await (const body of bodies(context, collection)) {
      yield body.at(-1) === LF ? body : Buffer.concat([body, CRLF]);
    }
    return;
  }
  const writer = calendarWriter({
    prodid: '-//Doublon//Doublon//EN',
    name: collection.display_name ?? collection.name,
    ...(collection.description ? { description: collection.description } : {}),
    ...(collection.color ? { color: collection.color } : {}),
  });
  yield writer.head;
  for await (const body of bodies(context, collection)) yield writer.object(readCalendarObject(body));
  yield writer.tail;
}

/** No connection is held while a slow reader takes a piece. */
async function* bodies({ db }: Context, { organisation_id, collection_id }: Collection): AsyncGenerator<Buffer> {
  const entries = await listByChange(db, organisation_id, collection_id);
  for await (const batch of bodiesOf(db, organisation_id, collection_id, entries)) {
    for (const { body } of batch) yield body;
  }
}
