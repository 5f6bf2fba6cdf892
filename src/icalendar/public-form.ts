/** What others are shown of a calendar object: nothing of what is private, the time of what is confidential (RFC 5545 §3.8.1.3). */
import { mayNameClass } from '../contentline/class.ts';
import { type CalendarObject, readCalendarObject } from './calendar-object.ts';
import { type Component, property } from './component.ts';
import { newLine, type OutComponent, outComponent, writeComponent } from './component-octets.ts';

/** Lines that say when something is, and nothing of what it is. */
const OF_TIME: ReadonlySet<string> = new Set([
  ...['UID', 'DTSTAMP', 'DTSTART', 'DTEND', 'DUE', 'DURATION', 'RRULE', 'RDATE', 'EXRULE', 'EXDATE', 'RECURRENCE-ID'],
  ...['SEQUENCE', 'CREATED', 'LAST-MODIFIED', 'STATUS', 'TRANSP', 'CLASS', 'X-MICROSOFT-CDO-BUSYSTATUS'],
]);

type Secrecy = 'public' | 'confidential' | 'private';

/** What a component says of itself, the strictest where it says it twice; undefined: nothing. A class that is not known is private (§3.8.1.3). */
function secrecySaid({ lines }: Component): Secrecy | undefined {
  const said = lines.flatMap(({ name, value }) => (name === 'CLASS' && value.trim() ? value.trim().toUpperCase() : []));
  if (said.length === 0) return undefined;
  if (said.some((word) => word !== 'PUBLIC' && word !== 'CONFIDENTIAL')) return 'private';
  return said.includes('CONFIDENTIAL') ? 'confidential' : 'public';
}

/** The same of octets as of the object that is read of them: `publicFormOf`, which is asked only where they may name a class. */
export const publicForm = (octets: Buffer): Buffer | undefined =>
  mayNameClass(octets) ? publicFormOf(readCalendarObject(octets)) : octets;

/**
 * The octets of an object for others: its own where all of it is public, undefined where none of it is to be seen. An instance that
 * is private in a series that is not keeps its time alone: without it the series would show it where it was. One that says nothing is as
 * its series is: programs that move an instance do not all repeat the class.
 */
export function publicFormOf({ octets, calendar }: CalendarObject): Buffer | undefined {
  const items = calendar.children.filter(({ name }) => name !== 'VTIMEZONE');
  const master = items.find((item) => property(item, 'RECURRENCE-ID') === undefined);
  const usual = (master && secrecySaid(master)) ?? 'public';
  const secrecyOf = (item: Component): Secrecy => secrecySaid(item) ?? usual;
  if (items.every((item) => secrecyOf(item) === 'public')) return octets;
  if (items.every((item) => secrecyOf(item) === 'private') || (master && usual === 'private')) return undefined;
  const shown = calendar.children.map((child) => {
    const whole = outComponent(octets, child);
    return child.name === 'VTIMEZONE' || secrecyOf(child) === 'public' ? whole : timeOnly(whole);
  });
  return writeComponent({ ...outComponent(octets, calendar), children: shown });
}

const timeOnly = ({ name, lines }: OutComponent): OutComponent => ({
  name,
  lines: [...lines.filter((line) => OF_TIME.has(line.name)), newLine('SUMMARY', 'Busy')],
  children: [],
});
