/** The recurrence set of one component: DTSTART, RRULE, RDATE, less EXDATE and EXRULE, as instants (RFC 5545 §3.8.5). */
import type { ContentLine } from '../contentline/content-line.ts';
import { type Component, properties } from './component.ts';
import type { ComponentSpan } from './component-span.ts';
import { DAY, type DateTime, dateTimesOf, periodsOf } from './date-time.ts';
import { expandRule, type StepBudget, spendSteps, tallyRule } from './recurrence/expand.ts';
import { parseRule, type RecurrenceRule } from './recurrence/rule.ts';
import { clockWindow, type Occurrence, occurrencesOfRule, untilWall } from './rule-occurrences.ts';
import { instantOfDateTime, type ZoneContext } from './timezone.ts';

export interface RecurrenceSet {
  readonly span: ComponentSpan;
  readonly rules: readonly RecurrenceRule[];
  /** DTSTART and RDATEs, ascending. */
  readonly dates: readonly Occurrence[];
  /** True when something repeats: RRULE or RDATE. */
  readonly recurs: boolean;
  /** True when EXDATE or EXRULE takes something away. */
  readonly excludes: boolean;
  isExcluded(occurrence: Occurrence, budget: StepBudget): boolean;
}

/** Reads the recurrence properties of a component. Rules that cannot be read give nothing: validation reports them. */
export function recurrenceSetOf(component: Component, span: ComponentSpan, context: ZoneContext): RecurrenceSet {
  const rules = rulesOf(component, 'RRULE');
  const rdates = properties(component, 'RDATE').flatMap((line) => rdatesOf(line, span, context));
  // RFC 5545 §3.8.5.3: DTSTART is the first instance, also where the rule would not give it: no event is ever invisible.
  const first = { instant: span.start, wall: span.anchor.wall, end: undefined };
  return {
    span,
    rules,
    dates: [first, ...rdates].sort((a, b) => a.instant - b.instant || withEndFirst(a, b)),
    recurs: rules.length > 0 || rdates.length > 0,
    excludes: component.lines.some(({ name }) => name === 'EXDATE' || name === 'EXRULE'),
    isExcluded: exclusionOf(component, span, context),
  };
}

/** RFC 5545 §3.8.5.3: where a period and a bare time name one instance, the period says how long it lasts. */
const withEndFirst = (a: Occurrence, b: Occurrence): number =>
  Number(a.end === undefined) - Number(b.end === undefined);

/** The readable rules of RRULE or EXRULE lines. */
export function rulesOf(component: Component, name: 'RRULE' | 'EXRULE'): RecurrenceRule[] {
  const rules: RecurrenceRule[] = [];
  for (const line of properties(component, name)) {
    if (line.value.trim() === '') continue;
    try {
      rules.push(parseRule(line.value));
    } catch {
      // kept as written in the object, without effect on its instances
    }
  }
  return rules;
}

function rdatesOf(line: ContentLine, span: ComponentSpan, context: ZoneContext): Occurrence[] {
  return periodsOf(line).map((entry) => {
    if (!('start' in entry)) return occurrenceAt(entry, span, context);
    const { instant, wall } = occurrenceAt(entry.start, span, context);
    const end =
      'wall' in entry.end
        ? instantOfDateTime(entry.end, { ...context, floating: span.zone })
        : span.zone.toInstant(wall + entry.end.days * DAY) + entry.end.exact;
    return { instant, wall, end };
  });
}

/**
 * Where a date-time of the series' lists stands; a bare date in a timed series takes DTSTART's time of day. A local time beside a
 * DTSTART in a zone is on the clock of DTSTART: RFC 5545 §3.8.5 wants the zone named again, and some programs leave it out.
 */
export function occurrenceAt(value: DateTime, span: ComponentSpan, context: ZoneContext): Occurrence {
  const { anchor, zone } = span;
  let wall = value.wall;
  if (anchor.isDate) wall = midnight(wall);
  else if (value.isDate) wall += anchor.wall - midnight(anchor.wall);
  else {
    const instant = instantOfDateTime(value, { ...context, floating: zone });
    return { instant, wall: instant + zone.offsetAt(instant), end: undefined };
  }
  return { instant: zone.toInstant(wall), wall, end: undefined };
}

function midnight(wall: number): number {
  return Math.floor(wall / DAY) * DAY;
}

/** EXDATE takes away equal instants; as a date, every occurrence of that day. EXRULE takes away what it gives. */
function exclusionOf(component: Component, span: ComponentSpan, context: ZoneContext): RecurrenceSet['isExcluded'] {
  const instants = new Set<number>();
  const days = new Set<number>();
  for (const line of properties(component, 'EXDATE'))
    for (const value of dateTimesOf(line)) {
      if (value.isDate || span.anchor.isDate) days.add(midnight(value.wall));
      else instants.add(occurrenceAt(value, span, context).instant);
    }
  const exrules = rulesOf(component, 'EXRULE');
  return ({ instant, wall }, budget) => {
    if (instants.has(instant) || days.has(midnight(wall))) return true;
    return exrules.some((rule) => {
      const until = untilWall(rule, span);
      return !expandRule(rule, span.anchor, { from: wall, to: wall, ...until, budget }).next().done;
    });
  };
}

/** Occurrences with `from <= instant <= to`, ascending, without repeats. Throws AppError `max-instances` when the budget is used up. */
export function* occurrencesBetween(
  set: RecurrenceSet,
  from: number,
  to: number,
  budget: StepBudget,
): Generator<Occurrence> {
  const streams = [
    set.dates[Symbol.iterator](),
    ...set.rules.map((rule) => occurrencesOfRule(set.span, rule, from, to, budget)),
  ];
  let last = Number.NEGATIVE_INFINITY;
  for (const occurrence of ascending(streams)) {
    if (occurrence.instant > to) return;
    if (occurrence.instant < from || occurrence.instant === last) continue;
    last = occurrence.instant;
    spendSteps(budget, costOfInstant(occurrence.instant));
    if (!set.isExcluded(occurrence, budget)) yield occurrence;
  }
}

/** Far from today the offset of a zone is asked of Temporal each time. */
const FAR = Date.UTC(2100, 0, 1);

function costOfInstant(instant: number): number {
  return instant > FAR ? 6 : 2;
}

/**
 * Occurrences of the rules alone with `from <= instant <= to`, or a few more, without making them; those of several rules at one
 * time count each. Throws like `occurrencesBetween`.
 */
export function tallyRules(set: RecurrenceSet, from: number, to: number, budget: StepBudget, most: number): number {
  let count = 0;
  for (const rule of set.rules) {
    const window = clockWindow(from, to);
    count += tallyRule(rule, set.span.anchor, { ...window, ...untilWall(rule, set.span), budget }, most - count).count;
    if (count > most) break;
  }
  return count;
}

/** Merges ascending streams. An occurrence with an end of its own goes first among equals: a period beats the bare time. */
function* ascending(streams: readonly Iterator<Occurrence>[]): Generator<Occurrence> {
  const heads = streams.map((stream) => ({ stream, head: stream.next() }));
  for (;;) {
    let least: (typeof heads)[number] | undefined;
    for (const entry of heads) {
      if (entry.head.done) continue;
      if (!least || entry.head.value.instant < least.head.value.instant) least = entry;
    }
    if (!least) return;
    yield least.head.value;
    least.head = least.stream.next();
  }
}
