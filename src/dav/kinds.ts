/** The protocol side of the collection kinds: media types, condition names, data property, report names. */
import { AppError } from '../base/errors.ts';
import type { Limits } from '../commands/limits.ts';
import type { CollectionKind } from '../store/schema/collections.ts';
import { caldav, carddav, dav, type Name } from '../xml/names.ts';
import { element, hrefElement } from '../xml/write.ts';
import { DavError } from './error.ts';
import { encodeSegment } from './href.ts';
import type { CollectionResource, DirectoryCardResource, ObjectResource } from './resource.ts';

export interface DataKind {
  readonly kind: CollectionKind;
  /** Namespace of its conditions: those of the other kind would mean nothing to its clients. */
  readonly named: (local: string) => Name;
  /** Media types taken by PUT, in lower case; the first is the one GET answers with. Empty: any. */
  readonly mediaTypes: readonly string[];
  /** How a body of this kind begins. */
  readonly begins: RegExp;
  readonly extension: string;
  /** Condition for a body of another media type. */
  readonly supportedData: string;
  readonly validData: string;
  /** The element that asks a report for the data. */
  readonly dataProperty: Name;
  readonly multiget: Name;
  readonly query: Name;
  readonly maxSize: (limits: Limits) => number;
  readonly locationOk: string;
}

export const DATA_KINDS: Readonly<Record<CollectionKind, DataKind>> = {
  addressbook: {
    kind: 'addressbook',
    named: carddav,
    // the fourth is no registered type, but what Nextcloud's integration sent
    mediaTypes: ['text/vcard', 'text/x-vcard', 'text/directory', 'application/vcard', 'application/vcard+json'],
    begins: /^\s*BEGIN:VCARD\s/i,
    extension: '.vcf',
    supportedData: 'supported-address-data',
    validData: 'valid-address-data',
    dataProperty: carddav('address-data'),
    multiget: carddav('addressbook-multiget'),
    query: carddav('addressbook-query'),
    maxSize: (limits) => limits.maxCardSize,
    locationOk: 'addressbook-collection-location-ok',
  },
  calendar: {
    kind: 'calendar',
    named: caldav,
    mediaTypes: ['text/calendar', 'application/calendar+json'],
    begins: /^\s*BEGIN:VCALENDAR\s/i,
    extension: '.ics',
    supportedData: 'supported-calendar-data',
    validData: 'valid-calendar-data',
    dataProperty: caldav('calendar-data'),
    multiget: caldav('calendar-multiget'),
    query: caldav('calendar-query'),
    maxSize: (limits) => limits.maxCalendarObjectSize,
    locationOk: 'calendar-collection-location-ok',
  },
  plain: {
    kind: 'plain',
    named: dav,
    mediaTypes: [],
    begins: /^/,
    extension: '',
    supportedData: '',
    validData: '',
    dataProperty: dav('getcontent'),
    multiget: dav('multiget'),
    query: dav('query'),
    maxSize: (limits) => limits.maxFileSize,
    locationOk: 'location-ok',
  },
};

/** Content-Type of an object's stored octets. */
export function mediaTypeOf({
  kind,
  object,
}: Pick<ObjectResource | DirectoryCardResource, 'kind'> & {
  readonly object: Pick<ObjectResource['object'], 'component' | 'media_type'>;
}): string {
  if (kind === 'addressObject' || kind === 'directoryCard') return 'text/vcard; charset=utf-8';
  if (kind === 'calendarObject') return `text/calendar; charset=utf-8; component=${object.component.toLowerCase()}`;
  return object.media_type ?? 'application/octet-stream';
}

/** Media type of a Content-Type header without parameters, lower case. */
export function bareMediaType(header: string): string {
  return header.split(';', 1)[0]!.trim().toLowerCase();
}

/** Conditions whose status is not the 403 of RFC 4918 §16. */
const CONDITION_STATUS: Readonly<Record<string, number>> = { 'no-uid-conflict': 409, 'max-resource-size': 413 };
/** Conditions that a refused body can meet, as commands name them. */
const CONDITIONS = new Set([
  'no-uid-conflict',
  'max-resource-size',
  'valid-address-data',
  'supported-address-data',
  'valid-calendar-data',
  'supported-calendar-data',
  'valid-calendar-object-resource',
  'supported-calendar-component',
  'min-date-time',
  'max-date-time',
  'max-instances',
  'max-attendees-per-instance',
  'supported-rscale',
  'valid-timezone',
]);

/**
 * What a command refused, told in the words of the collection's protocol: the condition in its namespace, with the href of
 * the other object where the RFC asks for one. Other failures come back as they are.
 */
export function conditionOf(collection: CollectionResource, error: unknown): unknown {
  if (!(error instanceof AppError)) return error;
  const { named } = DATA_KINDS[collection.kind];
  if (error.code === 'body-too-large' || error.code === 'max-resource-size') {
    return DavError.unmet(413, named('max-resource-size'), error.message);
  }
  if (error.code === 'overwrite-refused') return DavError.preconditionFailed(error.message);
  if (!CONDITIONS.has(error.code)) return error;
  const { name } = error.details;
  const inside = typeof name === 'string' ? hrefElement(collection.href + encodeSegment(name)) : '';
  return new DavError(CONDITION_STATUS[error.code] ?? 403, error.message, element(named(error.code), inside));
}
