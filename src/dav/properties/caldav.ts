/** Live properties of CalDAV (RFC 4791 §5.2, §6.2), its users (RFC 6638 §2.4) and time zones by name (RFC 7809 §5). */
import { COLLATIONS } from '../../base/collation.ts';
import { SCALE_NAMES } from '../../icalendar/recurrence/scale-names.ts';
import { resolveTimeZone, timeZoneOfText } from '../../icalendar/timezone.ts';
import { writeTimeZone } from '../../icalendar/timezone-text.ts';
import { child, type Element } from '../../xml/element.ts';
import { caldav } from '../../xml/names.ts';
import { element, elementWith, textElement } from '../../xml/write.ts';
import { DavError } from '../error.ts';
import type { DavRequest } from '../request.ts';
import type { CollectionResource, HomeResource, PrincipalResource } from '../resource.ts';
import { addressesOf } from './acl.ts';
import { homeSetProperty } from './home-set.ts';
import { type AnyProperty, hrefs, patchedText, property, text } from './property.ts';

/** Components a calendar takes when it was made without a list of its own. */
export const CALENDAR_COMPONENTS: readonly string[] = ['VEVENT', 'VTODO', 'VJOURNAL', 'VFREEBUSY', 'VAVAILABILITY'];

const SUPPORTED_DATA =
  elementWith(caldav('calendar-data'), { 'content-type': 'text/calendar', version: '2.0' }) +
  elementWith(caldav('calendar-data'), { 'content-type': 'application/calendar+json', version: '2.0' });

const SUPPORTED_COLLATIONS = COLLATIONS.map(({ name }) => textElement(caldav('supported-collation'), name)).join('');

const SUPPORTED_RSCALES = SCALE_NAMES.map((name) => textElement(caldav('supported-rscale'), name)).join('');

const USER_TYPES = { user: 'INDIVIDUAL', group: 'GROUP', resource: 'RESOURCE', location: 'ROOM' } as const;

const utc = (instant: number) => `${new Date(instant).toISOString().replace(/[-:]|\.\d+/g, '')}`;

const limit = (name: string, rfc: string, of: (limits: DavRequest['app']['limits']) => string) =>
  property<CollectionResource>({
    name: caldav(name),
    rfc,
    on: ['calendar'],
    get: (_resource, { app }) => of(app.limits),
  });

/** What is part of other components, whichever a calendar takes. */
const INNER_COMPONENTS: readonly string[] = ['VTIMEZONE', 'VALARM'];

/** `components` of a `supported-calendar-component-set` element, upper case, but for those that need no saying. */
export function componentsIn(value: Element): string[] {
  return value.content
    .flatMap((node) => (typeof node !== 'string' && node.name === caldav('comp') ? node.attributes : []))
    .filter(({ local }) => local === 'name')
    .map(({ value: name }) => name.toUpperCase())
    .filter((name) => !INNER_COMPONENTS.includes(name));
}

function patchTimeZone(value: Element | undefined) {
  const given = patchedText(value);
  const zone = given === null ? undefined : timeZoneOfText(given);
  if (zone || given === null) return { time_zone: given, time_zone_id: zone?.id ?? null };
  // DAVx5 before 4.4.3 writes the name of a zone where its definition belongs, and could make no calendar otherwise
  if (resolveTimeZone(given.trim())) return patchTimeZoneId(value);
  throw DavError.unmet(403, caldav('valid-calendar-data'), 'calendar-timezone must be a VCALENDAR with one VTIMEZONE.');
}

function patchTimeZoneId(value: Element | undefined) {
  const id = patchedText(value)?.trim() ?? null;
  if (id !== null && !resolveTimeZone(id)) {
    throw DavError.unmet(403, caldav('valid-timezone'), `"${id.slice(0, 100)}" is no time zone that is known here.`);
  }
  return { time_zone_id: id, time_zone: null };
}

/** RFC 6638 §9.1: one of two elements. Throws 409 for anything else, as a value that means nothing here (RFC 4918 §9.2.1). */
function isTransparent(value: Element): boolean {
  const transparent = child(value, caldav('transparent')) !== undefined;
  if (transparent === (child(value, caldav('opaque')) !== undefined))
    throw new DavError(409, 'schedule-calendar-transp is either opaque or transparent.');
  return transparent;
}

/** The definition of a zone that was set by its name alone: both properties tell of one zone (RFC 7809 §5.2). */
function definitionOf(id: string | null): string | undefined {
  const zone = id === null ? undefined : writeTimeZone(id);
  return zone && `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Doublon//Doublon//EN\r\n${zone}END:VCALENDAR\r\n`;
}

export const CALDAV: readonly AnyProperty[] = [
  property<CollectionResource>({
    name: caldav('calendar-description'),
    rfc: '4791 §5.2.1',
    on: ['calendar'],
    get: ({ collection }) => text(collection.description),
    patch: (value) => ({ description: patchedText(value) }),
  }),
  property<CollectionResource>({
    name: caldav('calendar-timezone'),
    rfc: '4791 §5.2.2',
    on: ['calendar'],
    get: ({ collection: { time_zone, time_zone_id } }) => text(time_zone ?? definitionOf(time_zone_id)),
    patch: patchTimeZone,
  }),
  property<CollectionResource>({
    name: caldav('calendar-timezone-id'),
    rfc: '7809 §5.2',
    on: ['calendar'],
    get: ({ collection }) => text(collection.time_zone_id),
    patch: patchTimeZoneId,
  }),
  property<CollectionResource>({
    name: caldav('supported-calendar-component-set'),
    rfc: '4791 §5.2.3',
    on: ['calendar'],
    get: ({ collection }) =>
      (collection.components ?? CALENDAR_COMPONENTS).map((name) => elementWith(caldav('comp'), { name })).join(''),
  }),
  property<CollectionResource>({
    name: caldav('supported-calendar-data'),
    rfc: '4791 §5.2.4',
    on: ['calendar'],
    get: () => SUPPORTED_DATA,
  }),
  limit('max-resource-size', '4791 §5.2.5', (limits) => String(limits.maxCalendarObjectSize)),
  limit('min-date-time', '4791 §5.2.6', (limits) => utc(limits.minDateTime)),
  limit('max-date-time', '4791 §5.2.7', (limits) => utc(limits.maxDateTime)),
  limit('max-instances', '4791 §5.2.8', (limits) => String(limits.maxInstances)),
  limit('max-attendees-per-instance', '4791 §5.2.9', (limits) => String(limits.maxAttendeesPerInstance)),
  property<CollectionResource>({
    name: caldav('supported-collation-set'),
    rfc: '4791 §7.5.1',
    on: ['calendar'],
    get: () => SUPPORTED_COLLATIONS,
  }),
  property<CollectionResource | HomeResource>({
    name: caldav('supported-rscale-set'),
    rfc: '7529 §10.1',
    on: ['calendar', 'calendarHome'],
    get: () => SUPPORTED_RSCALES,
  }),
  property<CollectionResource>({
    name: caldav('schedule-calendar-transp'),
    rfc: '6638 §9.1',
    on: ['calendar'],
    get: ({ collection }) => element(caldav(collection.transparent ? 'transparent' : 'opaque')),
    patch: (value) => ({ transparent: value !== undefined && isTransparent(value) }),
  }),
  homeSetProperty(caldav('calendar-home-set'), '4791 §6.2.1', 'calendar'),
  property<PrincipalResource>({
    name: caldav('calendar-user-address-set'),
    rfc: '6638 §2.4.1',
    on: ['principal'],
    get: (resource) => hrefs(...addressesOf(resource)),
  }),
  property<PrincipalResource>({
    name: caldav('calendar-user-type'),
    rfc: '6638 §2.4.2',
    on: ['principal'],
    get: ({ principal }) => USER_TYPES[principal.kind],
  }),
];
