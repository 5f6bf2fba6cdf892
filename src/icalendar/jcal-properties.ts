/** What jCal must know of a property: its default value type, whether it lists values, whether they are structured (RFC 7265 §3.4). */
import { formOf, structured, type ValueForm } from './jcal-values.ts';

/** Default types (RFC 5545 §3.8, RFC 7953, RFC 7986, RFC 9073, RFC 9074). Text where nothing else is said. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  'date-time': [
    ...['DTSTART', 'DTEND', 'DUE', 'DTSTAMP', 'CREATED', 'LAST-MODIFIED', 'COMPLETED', 'RECURRENCE-ID'],
    ...['EXDATE', 'RDATE', 'ACKNOWLEDGED', 'TZUNTIL'],
  ],
  duration: ['DURATION', 'TRIGGER', 'REFRESH-INTERVAL'],
  period: ['FREEBUSY'],
  'utc-offset': ['TZOFFSETFROM', 'TZOFFSETTO'],
  recur: ['RRULE', 'EXRULE'],
  integer: ['PERCENT-COMPLETE', 'PRIORITY', 'REPEAT', 'SEQUENCE'],
  float: ['GEO'],
  uri: ['ATTACH', 'URL', 'TZURL', 'SOURCE', 'IMAGE', 'CONFERENCE', 'STYLED-DESCRIPTION', 'STRUCTURED-DATA', 'LINK'],
  'cal-address': ['ATTENDEE', 'ORGANIZER', 'CALENDAR-ADDRESS'],
  text: [
    ...['CALSCALE', 'METHOD', 'PRODID', 'VERSION', 'CATEGORIES', 'CLASS', 'COMMENT', 'DESCRIPTION', 'LOCATION'],
    ...['RESOURCES', 'STATUS', 'SUMMARY', 'TRANSP', 'TZID', 'TZNAME', 'CONTACT', 'RELATED-TO', 'UID', 'ACTION'],
    ...['REQUEST-STATUS', 'NAME', 'COLOR', 'BUSYTYPE', 'LOCATION-TYPE', 'PARTICIPANT-TYPE', 'RESOURCE-TYPE'],
    ...['PROXIMITY', 'TZID-ALIAS-OF', 'CONCEPT', 'REFID'],
  ],
};

const DEFAULT_TYPES = new Map(Object.entries(TYPES).flatMap(([type, names]) => names.map((name) => [name, type])));

const LISTS = new Set(['CATEGORIES', 'RESOURCES', 'EXDATE', 'RDATE', 'FREEBUSY']);
const STRUCTURED = new Set(['GEO', 'REQUEST-STATUS']);

/** The type a property (upper case) has without VALUE; `unknown` for names of nobody's list (RFC 7265 §5). */
export function defaultType(property: string): string {
  return DEFAULT_TYPES.get(property) ?? 'unknown';
}

/** True where commas part values: each is a value of its own in jCal. */
export function isList(property: string): boolean {
  return LISTS.has(property);
}

/** How one value of a property with this type is written. */
export function valueForm(property: string, type: string): ValueForm {
  const form = formOf(type);
  return STRUCTURED.has(property) ? structured(form) : form;
}
