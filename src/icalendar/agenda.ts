/** The entries of an agenda: what a calendar object says for a window of time, instance by instance. */
import type { CalendarObject } from './calendar-object.ts';
import { type DisplayFields, displayFields } from './display-fields.ts';
import { readInstances } from './instances.ts';
import { instancesTouching } from './instances-in-range.ts';
import type { StepBudget } from './recurrence/expand.ts';
import { overlapOf } from './time-range.ts';
import type { TimeZone } from './timezone.ts';

export interface AgendaEntry extends DisplayFields {
  /** Milliseconds since 1970 UTC; of an all-day entry midnight in the floating zone. */
  readonly start: number;
  readonly end: number;
  readonly allDay: boolean;
  readonly recurs: boolean;
}

/**
 * Instances of the object's events that overlap [from, to), in ms since 1970 UTC, in no particular order.
 * `floating`: zone of floating times and dates. Throws AppError `max-instances` when the budget is used up.
 */
export function* agendaEntries(
  object: CalendarObject,
  range: { readonly start: number; readonly end: number },
  floating: TimeZone,
  budget: StepBudget,
): Generator<AgendaEntry> {
  if (object.kind !== 'VEVENT') return;
  const fields = new Map<object, DisplayFields>();
  for (const { component, start, end, isDate, recurrenceId } of instancesTouching(
    readInstances(object, floating),
    range,
    budget,
  )) {
    if (!overlapOf(component)(start, end, range.start, range.end)) continue;
    const read = fields.get(component) ?? displayFields(object.octets, component);
    fields.set(component, read);
    yield { ...read, start, end, allDay: isDate, recurs: recurrenceId !== undefined };
  }
}
