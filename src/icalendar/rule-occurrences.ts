/** The occurrences of one rule as instants: its walk on the clock of DTSTART, put in order where the clock leaves times out. */
import type { ComponentSpan } from './component-span.ts';
import { DAY } from './date-time.ts';
import { expandRule, type StepBudget } from './recurrence/expand.ts';
import type { RecurrenceRule } from './recurrence/rule.ts';
import type { TimeZone } from './timezone.ts';

/** One time at which a series happens. */
export interface Occurrence {
  /** Milliseconds since 1970 UTC. */
  readonly instant: number;
  /** The same on the clock of DTSTART. */
  readonly wall: number;
  /** End of an RDATE period, in ms since 1970 UTC; undefined where the component's own length counts. */
  readonly end: number | undefined;
}

/** Instants are taken a day wider on the clock and then compared exactly. */
const CLOCK_MARGIN = 2 * DAY;

/** The times on the clock that may be instants of this window. */
export function clockWindow(from: number, to: number): { from: number; to: number } {
  return { from: from - CLOCK_MARGIN, to: to + CLOCK_MARGIN };
}

/**
 * The instant of an UNTIL that counts in UTC: written with Z, or without it beside a DTSTART in a zone, where RFC 5545
 * §3.3.10 demands UTC. There some programs mean the clock of DTSTART: the later of both counts, so that no occurrence is lost.
 * Undefined when it counts on DTSTART's own clock.
 */
function untilInstant({ until }: RecurrenceRule, { anchor, zone }: ComponentSpan): number | undefined {
  if (!until || until.isDate || anchor.isDate) return undefined;
  if (until.isUtc) return until.wall;
  return anchor.tzid === undefined ? undefined : Math.max(until.wall, zone.toInstant(until.wall));
}

/** The same on the clock of DTSTART, as the expander takes it. */
export function untilWall(rule: RecurrenceRule, span: ComponentSpan): { until?: number } {
  const instant = untilInstant(rule, span);
  return instant === undefined ? {} : { until: instant + span.zone.offsetAt(instant) };
}

/**
 * What one rule gives with `from <= instant <= to`, or a few more: ascending; what stands twice around a gap comes twice in a row.
 * Throws AppError `max-instances` when the budget is used up.
 */
export function* occurrencesOfRule(
  span: ComponentSpan,
  rule: RecurrenceRule,
  from: number,
  to: number,
  budget: StepBudget,
): Generator<Occurrence> {
  const window = clockWindow(from, to);
  const until = untilInstant(rule, span) ?? Number.POSITIVE_INFINITY;
  // A clock time that a gap leaves out stands later (RFC 5545 §3.3.5), behind or upon times that the clock shows after the gap.
  let moved: Occurrence[] = [];
  for (const wall of expandRule(rule, span.anchor, { ...window, ...untilWall(rule, span), budget })) {
    const occurrence = { instant: span.zone.toInstant(wall), wall, end: undefined };
    if (occurrence.instant > until) continue;
    if (isInGap(occurrence, span.zone)) {
      moved.push(occurrence);
      continue;
    }
    if (moved.length > 0) {
      yield* moved.filter(({ instant }) => instant <= occurrence.instant);
      moved = moved.filter(({ instant }) => instant > occurrence.instant);
    }
    yield occurrence;
  }
  yield* moved;
}

function isInGap({ instant, wall }: Occurrence, zone: TimeZone): boolean {
  return instant + zone.offsetAt(instant) !== wall;
}
