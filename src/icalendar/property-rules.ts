/** Which properties of a component must be readable for it to be served at all; everything else is kept as it came (RFC 5545 §3.6). */
import { AppError } from '../base/errors.ts';
import type { ContentLine } from '../contentline/content-line.ts';
import type { Component } from './component.ts';
import { parseDateTime } from './date-time.ts';
import { parseRule } from './recurrence/rule.ts';
import { scaleNamed } from './recurrence/scale-names.ts';

interface PropertyRule {
  readonly property: string;
  /** Says what is wrong with the line, or undefined. May throw AppError with a condition of its own. */
  readonly fault: (line: ContentLine) => string | undefined;
  /** Components in which it may be empty, as some programs write it for none. */
  readonly emptyIn?: readonly string[];
}

/** A value that looks like a date but names no day would stand at two places for two programs; any other text stands nowhere. */
const dateOrDateTime = (line: ContentLine): string | undefined => {
  const value = line.value.trim();
  if (value === '') return 'is empty';
  if (!/^\d{8}(T\d{6}Z?)?$/i.test(value) || parseDateTime(value)) return undefined;
  return 'is no date or time of the calendar';
};

/** An empty RRULE repeats nothing and is common in the wild. */
const rule = (line: ContentLine): string | undefined => {
  if (line.value.trim() !== '') scaleNamed(parseRule(line.value).scale);
  return undefined;
};

/** Dates that place a component, and the rules that repeat it: without them no query could answer truly. */
const PLACING: readonly PropertyRule[] = [
  { property: 'DTSTART', fault: dateOrDateTime, emptyIn: ['VTODO', 'VJOURNAL'] },
  { property: 'DTEND', fault: dateOrDateTime, emptyIn: ['VEVENT'] },
  { property: 'DUE', fault: dateOrDateTime, emptyIn: ['VTODO'] },
  { property: 'RECURRENCE-ID', fault: dateOrDateTime },
  { property: 'RRULE', fault: rule },
];

/** What is wrong with the placing properties of a component. Throws AppError `valid-calendar-data` or `supported-rscale`, with the line. */
export function checkProperties(component: Component): void {
  for (const line of component.lines) {
    const known = PLACING.find(({ property }) => property === line.name);
    if (!known || (line.value.trim() === '' && known.emptyIn?.includes(component.name))) continue;
    const fault = faultOf(known, line);
    if (fault)
      throw new AppError('invalid', fault.code, `Line ${line.number}: ${fault.message}`, { line: line.number });
  }
}

function faultOf(known: PropertyRule, line: ContentLine): { code: string; message: string } | undefined {
  try {
    const message = known.fault(line);
    const value = line.value.slice(0, 60);
    return message === undefined
      ? undefined
      : { code: 'valid-calendar-data', message: `${line.name} "${value}" ${message}.` };
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, message: error.message };
    throw error;
  }
}
