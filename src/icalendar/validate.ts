/** May these octets be stored as a calendar object resource? The preconditions of RFC 4791 §5.3.2.1. */
import { AppError } from '../base/errors.ts';
import { type CalendarObject, itemsOf, readCalendarObject, uidOf } from './calendar-object.ts';
import { type Component, property } from './component.ts';
import { readInstances } from './instances.ts';
import { checkProperties } from './property-rules.ts';
import { DEFAULT_STEPS } from './recurrence/expand.ts';
import { occurrencesBetween, tallyRules } from './recurrence-set.ts';
import { extentOf } from './time-bounds.ts';
import { UTC } from './timezone.ts';

/** Limits of a calendar collection; an absent one does not limit (RFC 4791 §5.2.5 to §5.2.9). */
export interface CalendarLimits {
  /** Octets. */
  readonly maxResourceSize?: number;
  /** Milliseconds since 1970 UTC: no instance may start before, no instance may end after. */
  readonly minDateTime?: number;
  readonly maxDateTime?: number;
  /** Instances of a bounded recurrence; an endless one is cut by each query's window instead. */
  readonly maxInstances?: number;
  readonly maxAttendeesPerInstance?: number;
  /** The collection's `supported-calendar-component-set`, upper case; absent: every kind this server knows. */
  readonly components?: readonly string[];
}

/** Components a calendar collection can hold. */
const SUPPORTED_COMPONENTS = ['VEVENT', 'VTODO', 'VJOURNAL', 'VFREEBUSY', 'VAVAILABILITY'] as const;

/** Each VTIMEZONE with a name of its own costs up to a millisecond in every query. */
const MAX_TIME_ZONES = 100;
/** RRULE and EXRULE of one object: each is read and walked in every query. RFC 5545 §3.8.5.3 speaks of one. */
const MAX_RULES = 100;

/**
 * Reads and judges a calendar object. Returns it, or throws AppError whose code is the RFC's condition name
 * (`valid-calendar-data`, `valid-calendar-object-resource`, `supported-calendar-component`, `max-resource-size`,
 * `min-date-time`, `max-date-time`, `max-instances`, `max-attendees-per-instance`, `supported-rscale` of RFC 7529 §10)
 * and whose message names the line; `details.line` is its 1-based number. Unknown properties and parameters, unreadable
 * optional values and lines that are no content lines do not matter: they are stored as they came.
 */
export function validateCalendarObject(octets: Uint8Array, limits: CalendarLimits = {}): CalendarObject {
  if (limits.maxResourceSize !== undefined && octets.length > limits.maxResourceSize)
    throw new AppError(
      'tooLarge',
      'max-resource-size',
      `The calendar object has ${octets.length} octets, the limit is ${limits.maxResourceSize}.`,
      { limit: limits.maxResourceSize },
    );
  const nul = octets.indexOf(0);
  if (nul >= 0) refuse('valid-calendar-data', lineAt(octets, nul), 'a NUL octet is no text');
  const object = readCalendarObject(octets);
  checkStructure(object);
  checkComponents(object, limits.components ?? SUPPORTED_COMPONENTS);
  for (const item of itemsOf(object)) checkProperties(item);
  checkTimes(object, limits);
  checkInstances(object, limits.maxInstances);
  checkAttendees(object, limits.maxAttendeesPerInstance);
  return object;
}

type Condition = 'valid-calendar-data' | 'valid-calendar-object-resource' | 'supported-calendar-component';

function refuse(code: Condition, line: number, message: string): never {
  throw new AppError('invalid', code, `Line ${line}: ${message}.`, { line });
}

function lineAt(octets: Uint8Array, offset: number): number {
  let line = 1;
  for (let at = octets.indexOf(10); at >= 0 && at < offset; at = octets.indexOf(10, at + 1)) line++;
  return line;
}

/** RFC 5545 §3.4: one VCALENDAR, properly nested, of version 2.0. */
function checkStructure(object: CalendarObject): void {
  const fault = object.faults.find(({ message }) => !message.startsWith('a line stands outside'));
  if (fault) refuse('valid-calendar-data', fault.number, fault.message);
  if (object.roots.length > 1)
    refuse('valid-calendar-object-resource', object.roots[1]!.number, 'a second object follows the first VCALENDAR');
  const version = property(object.calendar, 'VERSION');
  if (version && version.value.trim() === '1.0')
    refuse('valid-calendar-data', version.number, 'vCalendar 1.0 is another format; version 2.0 is wanted');
  for (const item of object.calendar.children) refuseNestedCalendar(item);
  const rule = itemsOf(object)
    .flatMap((item) => item.lines.filter(({ name }) => name === 'RRULE' || name === 'EXRULE'))
    .at(MAX_RULES);
  if (rule) refuse('valid-calendar-data', rule.number, `more than ${MAX_RULES} recurrence rules in one object`);
  const zone = object.timezones[MAX_TIME_ZONES];
  if (zone) refuse('valid-calendar-data', zone.number, `more than ${MAX_TIME_ZONES} VTIMEZONEs in one object`);
}

function refuseNestedCalendar(component: Component): void {
  if (component.name === 'VCALENDAR') refuse('valid-calendar-data', component.number, 'a VCALENDAR inside another');
  for (const child of component.children) refuseNestedCalendar(child);
}

/** RFC 4791 §4.1: no METHOD, one kind of component, one UID. */
function checkComponents(object: CalendarObject, supported: readonly string[]): void {
  const method = property(object.calendar, 'METHOD');
  if (method)
    refuse('valid-calendar-object-resource', method.number, 'METHOD has no place in a stored object (RFC 4791 §4.1)');
  const items = object.calendar.children.filter((child) => child.name !== 'VTIMEZONE');
  const first = items.find((item) => item.name === object.kind);
  if (!first) refuse('valid-calendar-object-resource', object.calendar.number, 'the calendar holds no component');
  const other = items.find((item) => item.name !== object.kind);
  if (other)
    refuse('valid-calendar-object-resource', other.number, `${other.name} and ${object.kind} in one calendar object`);
  if (!supported.includes(object.kind))
    refuse(
      'supported-calendar-component',
      first.number,
      `this calendar takes ${supported.join(', ')}, not ${object.kind}`,
    );
  for (const item of items) {
    if (item.name !== object.kind) continue;
    const uid = uidOf(item);
    if (uid === undefined) refuse('valid-calendar-object-resource', item.number, `the ${item.name} has no UID`);
    if (uid !== object.uid)
      refuse('valid-calendar-object-resource', item.number, 'a second UID: one calendar object holds one');
  }
}

function checkTimes(object: CalendarObject, { minDateTime, maxDateTime }: CalendarLimits): void {
  if (minDateTime === undefined && maxDateTime === undefined) return;
  const { start, end } = extentOf(object);
  const first = itemsOf(object)[0]!;
  const place = (name: string): number => (property(first, name) ?? { number: first.number }).number;
  if (minDateTime !== undefined && start !== null && start < minDateTime)
    refuseTime('min-date-time', place('DTSTART'), `begins before ${new Date(minDateTime).toISOString()}`);
  if (maxDateTime !== undefined && ((end !== null && end > maxDateTime) || (start !== null && start > maxDateTime)))
    refuseTime('max-date-time', place('RRULE'), `ends after ${new Date(maxDateTime).toISOString()}`);
}

function refuseTime(code: 'min-date-time' | 'max-date-time', line: number, what: string): never {
  throw new AppError('invalid', code, `Line ${line}: the component ${what}, the limit of this calendar.`, { line });
}

/**
 * RFC 4791 §5.2.8, for recurrences that end; more work than the budget allows counts as too many instances. What the rules give
 * is counted without making it; only where that is too much do EXDATE and rules that fall together matter.
 */
function checkInstances(object: CalendarObject, maxInstances: number | undefined): void {
  if (maxInstances === undefined) return;
  const budget = { left: DEFAULT_STEPS + 2 * maxInstances };
  for (const { master, set } of readInstances(object, UTC).series) {
    if (!set.recurs || set.rules.some((rule) => rule.count === undefined && rule.until === undefined)) continue;
    // DTSTART is one of the dates, and the first that a rule gives
    const most = maxInstances - set.dates.length + (set.rules.length > 0 ? 1 : 0);
    if (tallyRules(set, Number.NEGATIVE_INFINITY, Number.MAX_SAFE_INTEGER, budget, most) <= most) continue;
    let count = 0;
    for (const _ of occurrencesBetween(set, Number.NEGATIVE_INFINITY, Number.MAX_SAFE_INTEGER, budget))
      if (++count > maxInstances) throw tooManyInstances(master, maxInstances);
  }
}

function tooManyInstances(master: Component, limit: number): AppError {
  const { number: line } = (property(master, 'RRULE') ?? property(master, 'RDATE'))!;
  const message = `Line ${line}: the component recurs more than ${limit} times, the limit of this calendar.`;
  return new AppError('invalid', 'max-instances', message, { line, limit });
}

/** RFC 4791 §5.2.9. */
function checkAttendees(object: CalendarObject, limit: number | undefined): void {
  if (limit === undefined) return;
  for (const item of itemsOf(object)) {
    const attendees = item.lines.filter((line) => line.name === 'ATTENDEE');
    const first = attendees[limit];
    if (first)
      throw new AppError(
        'invalid',
        'max-attendees-per-instance',
        `Line ${first.number}: ${attendees.length} attendees, the limit of this calendar is ${limit}.`,
        { line: first.number, limit },
      );
  }
}
