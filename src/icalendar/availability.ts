/** Times outside what VAVAILABILITY components offer (RFC 7953 §3.1, §4, §5). */
import { type CalendarObject, itemsOf, uidOf } from './calendar-object.ts';
import { type Component, childrenNamed, property } from './component.ts';
import { spanOf } from './component-span.ts';
import { dateTimeOf } from './date-time.ts';
import { readInstances } from './instances.ts';
import { instancesTouching } from './instances-in-range.ts';
import { difference, type TimePeriod } from './periods.ts';
import { instantOfDateTime, type TimeZone } from './timezone.ts';

export type UnavailableType = 'BUSY' | 'BUSY-TENTATIVE' | 'BUSY-UNAVAILABLE';

export interface UnavailablePeriod extends TimePeriod {
  readonly type: UnavailableType;
}

/** More than anybody has; beyond it those of lowest priority do not count, so that the work stays bounded. */
const MOST_AVAILABILITIES = 200;

interface Availability {
  readonly object: CalendarObject;
  readonly component: Component;
  readonly rank: number;
}

/**
 * Times of the range that availability rules out. A VAVAILABILITY of higher PRIORITY (1 is the highest, 0 and none the lowest)
 * decides over the time it spans; inside it everything but its AVAILABLE instances has its BUSYTYPE.
 */
export function unavailablePeriods(
  objects: Iterable<CalendarObject>,
  range: TimePeriod,
  floating: TimeZone,
): UnavailablePeriod[] {
  const all: Availability[] = [];
  for (const object of objects)
    for (const component of object.kind === 'VAVAILABILITY' ? itemsOf(object) : [])
      all.push({ object, component, rank: rankOf(component) });
  all.sort((a, b) => b.rank - a.rank);
  if (all.length > MOST_AVAILABILITIES) all.splice(0, all.length - MOST_AVAILABILITIES);
  let decided: UnavailablePeriod[] = [];
  for (const availability of all) {
    const span = spanOfAvailability(availability, range, floating);
    if (span.end <= span.start) continue;
    const type = busyTypeOf(availability.component);
    const free = availablePeriods(availability, span, floating);
    decided = [
      ...decided.flatMap((period) => difference([period], [span]).map((rest) => ({ ...rest, type: period.type }))),
      ...difference([span], free).map((period) => ({ ...period, type })),
    ];
  }
  return decided;
}

function rankOf(component: Component): number {
  const priority = Number.parseInt(property(component, 'PRIORITY')?.value ?? '0', 10);
  return priority >= 1 && priority <= 9 ? priority : 10;
}

function busyTypeOf(component: Component): UnavailableType {
  const written = property(component, 'BUSYTYPE')?.value.trim().toUpperCase();
  return written === 'BUSY' || written === 'BUSY-TENTATIVE' ? written : 'BUSY-UNAVAILABLE';
}

function spanOfAvailability({ object, component }: Availability, range: TimePeriod, floating: TimeZone): TimePeriod {
  const context = { embedded: object.timezones, floating };
  const start = dateTimeOf(property(component, 'DTSTART'));
  const end = dateTimeOf(property(component, 'DTEND'));
  const span = start && property(component, 'DURATION') ? spanOf(component, context) : undefined;
  const from = start ? instantOfDateTime(start, context) : range.start;
  const to = end ? instantOfDateTime(end, context) : span ? span.endOf(span.anchor.wall, span.start) : range.end;
  return { start: Math.max(from, range.start), end: Math.min(to, range.end) };
}

/** Instances of the AVAILABLE components; those of one UID are a series with its overrides. */
function availablePeriods({ object, component }: Availability, range: TimePeriod, floating: TimeZone): TimePeriod[] {
  const groups = new Map<string, Component[]>();
  for (const available of childrenNamed(component, 'AVAILABLE')) {
    const uid = uidOf(available) ?? '';
    groups.set(uid, [...(groups.get(uid) ?? []), available]);
  }
  const free: TimePeriod[] = [];
  for (const members of groups.values()) {
    const [master, ...others] = members.filter((member) => !property(member, 'RECURRENCE-ID'));
    const overrides = members.filter((member) => property(member, 'RECURRENCE-ID'));
    const series = { ...object, master, others, overrides };
    for (const { start, end } of instancesTouching(readInstances(series, floating), range)) free.push({ start, end });
  }
  return free;
}
