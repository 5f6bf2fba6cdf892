/** Other forms of a stored object that a client may ask for by Accept: another vCard version, jCard, jCal (RFC 6352 §5.1.1, RFC 7095, RFC 7265). */
import type { Context } from 'koa';
import { readCalendarObject } from '../icalendar/calendar-object.ts';
import { toJcal } from '../icalendar/jcal.ts';
import { projectCalendarData } from '../icalendar/project.ts';
import { UTC } from '../icalendar/timezone.ts';
import { readCard } from '../vcard/card.ts';
import { convertCard, type StoredVersion } from '../vcard/convert.ts';
import { toJcard } from '../vcard/jcard.ts';
import { STORED_VERSIONS } from '../vcard/validate.ts';
import { carddav } from '../xml/names.ts';
import { DavError } from './error.ts';
import { mediaTypeOf } from './kinds.ts';
import { wantsTimezones } from './reports/time-zone.ts';
import type { DirectoryCardResource, ObjectResource } from './resource.ts';

type Content = ObjectResource | DirectoryCardResource;

export interface AlternativeForm {
  readonly octets: Buffer;
  readonly mediaType: string;
  /** Weak: these octets are not the stored ones (RFC 9110 §8.8.1). */
  readonly etag: string;
}

export interface MediaRange {
  readonly type: string;
  readonly version: string | undefined;
  readonly quality: number;
}

/** The media ranges of an Accept header, the most wanted first. */
export function mediaRanges(header: string): MediaRange[] {
  const ranges = header.split(',').map((part): MediaRange => {
    const [type = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    const value = (name: string) =>
      parameters
        .find((each) => each.startsWith(`${name}=`))
        ?.slice(name.length + 1)
        .replaceAll('"', '');
    const quality = Number(value('q') ?? '1');
    return { type, version: value('version'), quality: Number.isNaN(quality) ? 1 : quality };
  });
  return ranges.filter(({ type, quality }) => type !== '' && quality > 0).sort((a, b) => b.quality - a.quality);
}

/**
 * The form the client wants most, or undefined when that is the stored one. Throws 406 `supported-address-data-conversion` when
 * a card can be given in none of the forms wanted (RFC 6352 §5.1.1.1); calendar objects, which have one form, are given anyway.
 */
export function alternativeForm(ctx: Context, resource: Content): AlternativeForm | undefined {
  const accept = ctx.get('Accept');
  const timezones = wantsTimezones(ctx.get('CalDAV-Timezones'));
  if (resource.kind === 'calendarObject' && timezones !== undefined) return inZones(resource, timezones);
  if (accept === '' || resource.kind === 'file') return undefined;
  for (const range of mediaRanges(accept)) {
    const form = resource.kind === 'calendarObject' ? calendarForm(range, resource) : cardForm(range, resource);
    if (form) return form === 'stored' ? undefined : form;
  }
  if (resource.kind === 'calendarObject') return undefined;
  throw DavError.unmet(
    406,
    carddav('supported-address-data-conversion'),
    `Cards are given as text/vcard ${STORED_VERSIONS.join(' or ')} and as application/vcard+json.`,
  );
}

/** With all definitions of zones, or without those that have an IANA name (RFC 7809 §7.1); undefined where it is stored so. */
function inZones(resource: Content, timezones: boolean): AlternativeForm | undefined {
  const stored = resource.body!;
  const octets = projectCalendarData(readCalendarObject(stored), { timezones }, UTC);
  if (octets.equals(stored)) return undefined;
  return { octets, mediaType: mediaTypeOf(resource), etag: weak(resource, timezones ? 'timezones' : 'no-timezones') };
}

/** Media ranges that the stored form of an object is in. */
export const STORED_RANGES: ReadonlySet<string> = new Set([
  '*/*',
  'text/*',
  'text/vcard',
  'text/x-vcard',
  'text/directory',
  'text/calendar',
]);

function weak({ object }: Content, form: string): string {
  return `W/"${object.etag}-${form}"`;
}

function cardForm(range: MediaRange, resource: Content): AlternativeForm | 'stored' | undefined {
  const body = resource.body!;
  if (range.type === 'application/vcard+json') {
    const octets = Buffer.from(JSON.stringify(toJcard(readCard(body))), 'utf8');
    return { octets, mediaType: 'application/vcard+json; charset=utf-8', etag: weak(resource, 'jcard') };
  }
  if (!STORED_RANGES.has(range.type)) return undefined;
  if (range.type !== 'text/vcard' || range.version === undefined) return 'stored';
  if (!STORED_VERSIONS.includes(range.version)) return undefined;
  const card = readCard(body);
  if (card.version === range.version) return 'stored';
  const version = range.version as StoredVersion;
  const mediaType = `text/vcard; charset=utf-8; version=${version}`;
  return { octets: convertCard(card, version), mediaType, etag: weak(resource, `v${version}`) };
}

function calendarForm(range: MediaRange, resource: Content): AlternativeForm | 'stored' | undefined {
  if (range.type !== 'application/calendar+json') return STORED_RANGES.has(range.type) ? 'stored' : undefined;
  const octets = Buffer.from(JSON.stringify(toJcal(readCalendarObject(resource.body!))), 'utf8');
  return { octets, mediaType: 'application/calendar+json; charset=utf-8', etag: weak(resource, 'jcal') };
}
