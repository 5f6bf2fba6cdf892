/** Whether the BY parts let a day through where they limit: the BY table of RFC 5545 §3.3.10. */
import type { DayRule } from './day-rule.ts';
import type { RecurrenceRule } from './rule.ts';
import { type DayPlace, type Month, weekdayOf } from './scale.ts';

/** Do the day parts let this day through? For DAILY and shorter frequencies, where every one of them limits. */
export function keepsDay(by: DayRule, day: number): boolean {
  return (
    (!by.weekdays || by.weekdays.has(weekdayOf(day))) && inMonths(by, day) && onMonthDay(by, day) && onYearDay(by, day)
  );
}

/** First day of the month after the one that holds `day`, when BYMONTH rules that month out; else the next day. */
export function nextDayWorthAsking(by: DayRule, day: number): number {
  const { month } = monthOf(by, day);
  return isWanted(by.rule, month) ? day + 1 : month.start + month.length;
}

/** Days in a row: the first, as days since 1970, and how many. */
export interface Span {
  readonly start: number;
  readonly length: number;
}

/** All days of months in a row. */
export function spanOf(months: readonly Month[]): Span {
  const last = months.at(-1)!;
  return { start: months[0]!.start, length: last.start + last.length - months[0]!.start };
}

function monthOf(by: DayRule, day: number): DayPlace {
  return by.scale.place(day);
}

/** Does BYMONTH let the month through? */
export function isWanted(rule: RecurrenceRule, month: Month): boolean {
  return !rule.byMonth || rule.byMonth.some((by) => by.number === month.number && by.leap === month.leap);
}

/** BYDAY as a limit beside BYMONTHDAY or BYYEARDAY: an ordinal counts within the month, or within the year without months. */
export function onWeekday(by: DayRule, day: number): boolean {
  const weekday = weekdayOf(day);
  if (!by.weekdays) return true;
  if (!by.weekdays.has(weekday)) return false;
  const { month, months } = monthOf(by, day);
  const { start, length } = by.rule.frequency === 'MONTHLY' || by.rule.byMonth ? month : spanOf(months);
  const ordinal = Math.floor((day - start) / 7) + 1;
  const fromEnd = -(Math.floor((start + length - 1 - day) / 7) + 1);
  return by.rule.byDay!.some(
    (entry) =>
      entry.weekday === weekday && (entry.ordinal === 0 || entry.ordinal === ordinal || entry.ordinal === fromEnd),
  );
}

/** Does BYMONTH let the day through? */
export function inMonths(by: DayRule, day: number): boolean {
  return !by.rule.byMonth || isWanted(by.rule, monthOf(by, day).month);
}

/** Does BYMONTHDAY? */
export function onMonthDay(by: DayRule, day: number): boolean {
  return !by.monthDays || isNth(by.monthDays, monthOf(by, day).month, day);
}

/** Does BYYEARDAY? */
export function onYearDay(by: DayRule, day: number): boolean {
  return !by.yearDays || isNth(by.yearDays, spanOf(monthOf(by, day).months), day);
}

/** Counted from either end. */
function isNth(wanted: ReadonlySet<number>, { start, length }: Span, day: number): boolean {
  return wanted.has(day - start + 1) || wanted.has(day - start - length);
}
