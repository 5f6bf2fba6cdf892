/** calendar-query filters over calendar objects (RFC 4791 §9.7): plain data in, a verdict out. */
import type { CalendarObject } from './calendar-object.ts';
import type { TimeZone } from './timezone.ts';

/** Half-open [start, end) in ms since 1970 UTC; null: open on that side. */
export interface TimeRange {
  readonly start: number | null;
  readonly end: number | null;
}

export interface TextMatch {
  readonly text: string;
  /** A name of base/collation's COLLATIONS; the default is `i;ascii-casemap`. */
  readonly collation: string;
  readonly negate: boolean;
}

export interface ParamFilter {
  /** Upper case. */
  readonly name: string;
  readonly isNotDefined: boolean;
  readonly textMatch?: TextMatch;
}

export interface PropFilter {
  /** Upper case. */
  readonly name: string;
  readonly isNotDefined: boolean;
  readonly timeRange?: TimeRange;
  readonly textMatch?: TextMatch;
  readonly paramFilters: readonly ParamFilter[];
}

export interface CompFilter {
  /** Upper case; the outermost is `VCALENDAR`. */
  readonly name: string;
  readonly isNotDefined: boolean;
  readonly timeRange?: TimeRange;
  readonly propFilters: readonly PropFilter[];
  readonly compFilters: readonly CompFilter[];
}

/**
 * Does the object match (RFC 4791 §7.8, §9.7 to §9.9)? `floatingZone` gives floating times and dates their place.
 * Throws AppError `max-instances` when a hostile rule exhausts its step budget.
 */
export function matchesFilter(_object: CalendarObject, _filter: CompFilter, _floatingZone: TimeZone): boolean {
  return false;
}

/** The narrowest time range every match must touch (for the database's index), or undefined when the filter has none. */
export function rangeOfFilter(filter: CompFilter): TimeRange | undefined {
  return filter.timeRange ?? filter.compFilters.map(rangeOfFilter).find((range) => range !== undefined);
}

/** The component kinds a match must have (names below VCALENDAR that must be defined), or undefined when any will do. */
export function kindsOfFilter(filter: CompFilter): readonly string[] | undefined {
  const names = filter.compFilters.filter((child) => !child.isNotDefined).map((child) => child.name);
  return names.length > 0 ? names : undefined;
}
