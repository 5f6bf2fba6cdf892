/** Export: a whole collection as one file, octet for octet what was stored, for strangers without what is private. */
import { mapInTurns } from '../base/turns.ts';
import { calendarWriter } from '../icalendar/join.ts';
import { publicForm } from '../icalendar/public-form.ts';
import type { Collection } from '../store/collections.ts';
import { bodiesOf } from '../store/object-pages.ts';
import { listByChange } from '../store/objects.ts';
import { isPublicCard } from '../vcard/public-card.ts';
import type { Context } from './context.ts';

export const EXPORT_TYPES = {
  addressbook: { mediaType: 'text/vcard; charset=utf-8', extension: 'vcf' },
  calendar: { mediaType: 'text/calendar; charset=utf-8', extension: 'ics' },
} as const;

const LF = 10;
const CRLF = Buffer.from('\r\n');
const NOTHING = Buffer.alloc(0);

/** A card that ends with its line, so that the next one can follow. */
const closed = (card: Buffer): Buffer => (card.at(-1) === LF ? card : Buffer.concat([card, CRLF]));

export interface ExportOptions {
  /** What stands for each card. */
  readonly form?: (card: Buffer) => Buffer;
  /** Whoever reads the file is not known: it holds what `publicForm` leaves of calendars, of address books what `isPublicCard`. */
  readonly isPublic?: boolean;
}

/** The file in pieces, in order of the objects' last change, in flat memory; time zones that several objects share come once. */
export async function* exportCollection(
  context: Context,
  collection: Collection,
  { form = (card) => card, isPublic = false }: ExportOptions = {},
): AsyncGenerator<Buffer> {
  if (collection.kind !== 'calendar') {
    const isShown = (body: Buffer) => !isPublic || isPublicCard(body);
    yield* pieces(context, collection, (body) => (isShown(body) ? closed(form(body)) : NOTHING));
    return;
  }
  const writer = calendarWriter({
    prodid: '-//Doublon//Doublon//EN',
    name: collection.display_name ?? collection.name,
    ...(collection.description ? { description: collection.description } : {}),
    ...(collection.color ? { color: collection.color } : {}),
  });
  yield writer.head;
  yield* pieces(context, collection, (body) => {
    const shown = isPublic ? publicForm(body) : body;
    return shown ? writer.object(shown) : NOTHING;
  });
  yield writer.tail;
}

/** No connection is held while a slow reader takes a piece. */
async function* pieces(
  { db }: Context,
  { organisation_id, collection_id }: Collection,
  written: (body: Buffer) => Buffer,
): AsyncGenerator<Buffer> {
  const entries = await listByChange(db, organisation_id, collection_id);
  for await (const batch of bodiesOf(db, organisation_id, collection_id, entries))
    yield Buffer.concat(await mapInTurns(batch, ({ body }) => written(body)));
}
