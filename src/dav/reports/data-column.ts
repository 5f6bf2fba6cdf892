/** address-data and calendar-data in a report: which part of an object, in which form (RFC 6352 §10.4, RFC 4791 §9.6). */
import { isUtf8 } from 'node:buffer';
import { readCalendarObject } from '../../icalendar/calendar-object.ts';
import { toJcal } from '../../icalendar/jcal.ts';
import { type CalendarDataRequest, projectCalendarData } from '../../icalendar/project.ts';
import type { TimeZone } from '../../icalendar/timezone.ts';
import { readCard } from '../../vcard/card.ts';
import { convertCard, type StoredVersion } from '../../vcard/convert.ts';
import { toJcard } from '../../vcard/jcard.ts';
import { type PropRequest, projectCard } from '../../vcard/project.ts';
import { STORED_VERSIONS } from '../../vcard/validate.ts';
import { attribute, child, childrenNamed, type Element } from '../../xml/element.ts';
import { caldav, carddav, dav } from '../../xml/names.ts';
import { elementWith, escapeXml, textElement } from '../../xml/write.ts';
import { DavError } from '../error.ts';
import { bareMediaType } from '../kinds.ts';
import type { DataColumn } from '../propstats.ts';
import { hasContent, type Resource } from '../resource.ts';
import { calendarDataIn } from './calendar-data.ts';
import { calendarObjectIn } from './parsed-objects.ts';

const ADDRESS_DATA = carddav('address-data');
const CALENDAR_DATA = caldav('calendar-data');
const windows1252 = new TextDecoder('windows-1252');

/** A stored body as text. Octets that are not UTF-8 (old exports) are read as Windows-1252: XML cannot carry them. */
function textOf(octets: Buffer | string): string {
  if (typeof octets === 'string') return octets;
  return isUtf8(octets) ? octets.toString('utf8') : windows1252.decode(octets);
}

function bodyOf(resource: Resource): Buffer | undefined {
  return hasContent(resource) ? resource.body : undefined;
}

/** The data element asked for inside `prop`, or undefined when the report asks for none. */
function dataElement(body: Element, name: DataColumn['name']): Element | undefined {
  const prop = child(body, dav('prop'));
  return prop && child(prop, name);
}

/** The version meant by an address-data element that names none, in requests and in answers (RFC 6352 §10.4). */
const UNNAMED_VERSION = '3.0';

/**
 * The address-data column of a report. Throws 403 `supported-address-data` for a form that is not offered (RFC 6352 §8.6). Programs that
 * name no version get 3.0, also of cards that others stored as 4.0: Apple's would lose photos and groups of these.
 */
export function addressDataColumn(body: Element): DataColumn | undefined {
  const asked = dataElement(body, ADDRESS_DATA);
  if (!asked) return undefined;
  const type = bareMediaType(attribute(asked, 'content-type') ?? 'text/vcard');
  const json = type === 'application/vcard+json';
  const version = attribute(asked, 'version')?.trim() ?? (json ? '4.0' : UNNAMED_VERSION);
  const props = cardPropsIn(asked);
  if ((!json && type !== 'text/vcard') || !STORED_VERSIONS.includes(version)) {
    throw DavError.unmet(
      403,
      carddav('supported-address-data'),
      `Cards are given as text/vcard ${STORED_VERSIONS.join(' or ')} and as application/vcard+json.`,
    );
  }
  const form = { 'content-type': type, version };
  if (json) {
    const write = (octets: Buffer): string => {
      const card = readCard(octets);
      const part = props ? readCard(projectCard(card, props)) : card;
      return elementWith(ADDRESS_DATA, form, escapeXml(JSON.stringify(toJcard(part))));
    };
    return { ...column(ADDRESS_DATA, write), mediaType: type };
  }
  const told = (text: string): string =>
    version === UNNAMED_VERSION ? textElement(ADDRESS_DATA, text) : elementWith(ADDRESS_DATA, form, escapeXml(text));
  const inVersion = cardIn(version as StoredVersion);
  if (props)
    return column(ADDRESS_DATA, (octets) => told(textOf(projectCard(readCard(octetsOf(inVersion(octets))), props))));
  const ofBody = (card: string | Buffer) => told(textOf(inVersion(card)));
  return { ...column(ADDRESS_DATA, ofBody), ofBody };
}

const octetsOf = (body: string | Buffer): Buffer => (typeof body === 'string' ? Buffer.from(body) : body);

/** Gives cards in one version: as they are stored where they say at their beginning, as most do, that they are of it. */
function cardIn(version: StoredVersion): (card: string | Buffer) => string | Buffer {
  const beginning = new RegExp(`^BEGIN:VCARD\\r?\\nVERSION:${version.replace('.', '\\.')}\\r?\\n`);
  return (card) => {
    const shown = typeof card === 'string' ? card : card.toString('latin1', 0, 40);
    return beginning.test(shown) ? card : convertCard(readCard(octetsOf(card)), version);
  };
}

function cardPropsIn(asked: Element): PropRequest[] | undefined {
  const props = childrenNamed(asked, carddav('prop'));
  if (props.length === 0 || child(asked, carddav('allprop'))) return undefined;
  return props.flatMap((prop) => {
    const name = attribute(prop, 'name');
    return name ? { name, noValue: attribute(prop, 'novalue')?.toLowerCase() === 'yes' } : [];
  });
}

/** The calendar-data column of a report. Throws 403 `supported-calendar-data`, and 400 for unreadable ranges. */
export function calendarDataColumn(
  body: Element,
  zone: TimeZone,
  timezones: boolean | undefined,
  maxInstances: number,
): DataColumn | undefined {
  const asked = dataElement(body, CALENDAR_DATA);
  if (!asked) return undefined;
  const type = bareMediaType(attribute(asked, 'content-type') ?? 'text/calendar');
  const json = type === 'application/calendar+json';
  if ((!json && type !== 'text/calendar') || (attribute(asked, 'version') ?? '2.0').trim() !== '2.0') {
    throw DavError.unmet(
      403,
      caldav('supported-calendar-data'),
      'Calendar objects are given as text/calendar 2.0 and as application/calendar+json.',
    );
  }
  const wanted: CalendarDataRequest = { ...calendarDataIn(asked), ...(timezones === undefined ? {} : { timezones }) };
  const whole = Object.keys(wanted).length === 0;
  if (whole && !json) return wholeColumn(CALENDAR_DATA);
  const write = (octets: Buffer): string => {
    const object = calendarObjectIn(octets);
    const part = whole ? octets : projectCalendarData(object, wanted, zone, maxInstances);
    if (!json) return textElement(CALENDAR_DATA, textOf(part));
    const jcal = JSON.stringify(toJcal(whole ? object : readCalendarObject(part)));
    return elementWith(CALENDAR_DATA, { 'content-type': type, version: '2.0' }, escapeXml(jcal));
  };
  return { ...column(CALENDAR_DATA, write), ...(json ? { mediaType: type } : {}) };
}

/** Bodies as they are stored. */
function wholeColumn(name: DataColumn['name']): DataColumn {
  const ofBody = (body: string | Buffer) => textElement(name, textOf(body));
  return { ...column(name, ofBody), ofBody };
}

function column(name: DataColumn['name'], write: (octets: Buffer) => string): DataColumn {
  return {
    name,
    write: (resource) => {
      const octets = bodyOf(resource);
      return octets && write(octets);
    },
  };
}
