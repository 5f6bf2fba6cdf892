/** Does a component overlap a time range? The tables of RFC 4791 §9.9, and RFC 7953 §7 for availability. */
import { AppError } from '../base/errors.ts';
import { alarmReach, alarmRings, readAlarm } from './alarms.ts';
import type { CalendarObject } from './calendar-object.ts';
import { type Component, properties, property } from './component.ts';
import { durationOf, isDated, spanOf } from './component-span.ts';
import { dateTimeOf, periodsOf } from './date-time.ts';
import { readInstances, readSeries, type TimeRange } from './instances.ts';
import { instancesToldBy } from './instances-in-range.ts';
import type { StepBudget } from './recurrence/expand.ts';
import { instantOfDateTime, periodBounds, type TimeZone, type ZoneContext } from './timezone.ts';

/** An instance [begin, end] against the range [from, to), all in ms since 1970 UTC. */
export type Overlap = (begin: number, end: number, from: number, to: number) => boolean;

/** VEVENT and VJOURNAL: what lasts overlaps by its inside, what does not by its instant. */
const lasting: Overlap = (begin, end, from, to) =>
  end > begin ? from < end && to > begin : from <= begin && to > begin;

/** The rows of the VTODO table, first that has its properties counts. */
const TODO_ROWS: readonly { readonly has: readonly string[]; readonly overlaps: Overlap }[] = [
  {
    has: ['DTSTART', 'DUE'],
    overlaps: (begin, end, from, to) => (from < end || from <= begin) && (to > begin || to >= end),
  },
  { has: ['DTSTART', 'DURATION'], overlaps: (begin, end, from, to) => from <= end && (to > begin || to >= end) },
  { has: ['DTSTART'], overlaps: (begin, _, from, to) => from <= begin && to > begin },
  { has: ['DUE'], overlaps: (_, end, from, to) => from < end && to >= end },
];

/** The row of the table that fits a component with a date. */
export function overlapOf(component: Component): Overlap {
  if (component.name !== 'VTODO') return lasting;
  const says = (name: string) => (name === 'DURATION' ? durationOf(component) : isDated(component, name));
  return TODO_ROWS.find(({ has }) => has.every(says))?.overlaps ?? lasting;
}

interface Question {
  readonly object: CalendarObject;
  /** A direct child of the VCALENDAR. */
  readonly component: Component;
  readonly from: number;
  readonly to: number;
  readonly range: TimeRange;
  readonly floating: TimeZone;
  readonly context: ZoneContext;
  readonly budget: StepBudget;
}

/** What every question about one object shares: the zone of floating times, and the work all its rules together may take. */
export interface Asking {
  readonly floating: TimeZone;
  readonly budget: StepBudget;
}

const ANSWERS: Readonly<Record<string, (question: Question) => boolean>> = {
  VEVENT: (question) => anyInstance(question, lasting),
  VJOURNAL: (question) => property(question.component, 'DTSTART') !== undefined && anyInstance(question, lasting),
  VTODO: todoOverlaps,
  VFREEBUSY: freeBusyOverlaps,
  VAVAILABILITY: availabilityOverlaps,
};

/**
 * Does this component of the object (a direct child of its VCALENDAR) overlap the range, by itself or by an instance it tells about?
 * A rule that needs more steps than one question may take counts as overlapping: a client then gets the object, rather than no report.
 */
export function overlapsRange(object: CalendarObject, component: Component, range: TimeRange, asking: Asking): boolean {
  const answer = Object.hasOwn(ANSWERS, component.name) ? ANSWERS[component.name] : undefined;
  return answer !== undefined && affordable(() => answer(questionOf(object, component, range, asking)));
}

function questionOf(object: CalendarObject, component: Component, range: TimeRange, asking: Asking): Question {
  const from = range.start ?? Number.NEGATIVE_INFINITY;
  const to = range.end ?? Number.POSITIVE_INFINITY;
  const context = { embedded: object.timezones, floating: asking.floating };
  return { object, component, from, to, range, context, ...asking };
}

function affordable(question: () => boolean): boolean {
  try {
    return question();
  } catch (error) {
    if (error instanceof AppError && error.code === 'max-instances') return true;
    throw error;
  }
}

function anyInstance(question: Question, overlaps: Overlap): boolean {
  const { object, component, range, floating, budget, from, to } = question;
  for (const { start, end } of instancesToldBy(readInstances(object, floating), component, range, budget))
    if (overlaps(start, end, from, to)) return true;
  return false;
}

function todoOverlaps(question: Question): boolean {
  const { component, from, to } = question;
  if (isDated(component, 'DTSTART') || isDated(component, 'DUE')) return anyInstance(question, overlapOf(component));
  const completed = dateTimeOf(property(component, 'COMPLETED'))?.wall;
  const created = dateTimeOf(property(component, 'CREATED'))?.wall;
  if (completed === undefined) return created === undefined || to > created;
  const first = Math.min(completed, created ?? completed);
  const last = Math.max(completed, created ?? completed);
  return from <= last && to >= first;
}

function freeBusyOverlaps({ component, context, from, to }: Question): boolean {
  const span = spanOf(component, context);
  if (span && (property(component, 'DTEND') || property(component, 'DURATION')))
    return from <= span.endOf(span.anchor.wall, span.start) && to > span.start;
  return properties(component, 'FREEBUSY').some((line) =>
    periodsOf(line).some((period) => {
      if (!('start' in period)) return false;
      const { start, end } = periodBounds(period, context);
      return from < end && to > start;
    }),
  );
}

/** RFC 7953 §3.1: a missing DTSTART or DTEND leaves that side open. */
function availabilityOverlaps({ component, context, from, to }: Question): boolean {
  const start = dateTimeOf(property(component, 'DTSTART'));
  const span = start && spanOf(component, context);
  const ended = property(component, 'DTEND') ?? property(component, 'DURATION');
  if (span) return to > span.start && (!ended || from < span.endOf(span.anchor.wall, span.start));
  const end = dateTimeOf(property(component, 'DTEND'));
  return end === undefined || from < instantOfDateTime(end, context);
}

/** Does a VALARM of this component ring in the range, for any instance the component tells about? */
export function alarmOverlaps(
  object: CalendarObject,
  component: Component,
  alarmComponent: Component,
  range: TimeRange,
  asking: Asking,
): boolean {
  const alarm = readAlarm(alarmComponent, object.timezones);
  if (!alarm) return false;
  const { from, to, context } = questionOf(object, component, range, asking);
  const zone = spanOf(component, context)?.zone ?? context.floating;
  if ('instant' in alarm.at) return alarmRings(alarm, [0, 0], zone, from, to);
  const reach = alarmReach({ ...component, children: [alarmComponent] }, object.timezones);
  return affordable(() => {
    const instances = readInstances(object, asking.floating);
    for (const { start, end } of instancesToldBy(instances, component, range, asking.budget, reach))
      if (alarmRings(alarm, [start, end], zone, from, to)) return true;
    return false;
  });
}

/** Does an AVAILABLE of a VAVAILABILITY have an instance in the range (RFC 7953 §3.1)? */
export function availableOverlaps(
  object: CalendarObject,
  available: Component,
  range: TimeRange,
  asking: Asking,
): boolean {
  const { from, to, context } = questionOf(object, available, range, asking);
  return affordable(() => {
    for (const { start, end } of instancesToldBy(readSeries(available, context), available, range, asking.budget))
      if (lasting(start, end, from, to)) return true;
    return false;
  });
}
