/** The days a rule picks in a year, a month, a week, or whether it keeps a day: the BY table of RFC 5545 §3.3.10 with the skips of RFC 7529 §4.1. */
import { inMonths, isWanted, keepsDay, onMonthDay, onWeekday, onYearDay, type Span, spanOf } from './day-limits.ts';
import type { DayRule } from './day-rule.ts';
import type { Skip } from './rule.ts';
import { type Month, weekdayOf } from './scale.ts';
import { addWeeks } from './weeks.ts';

/** Days of a year for FREQ=YEARLY, ascending. With BYWEEKNO the year is the week-numbering one. */
export function daysOfYear(by: DayRule, year: number): number[] {
  const { rule, scale } = by;
  const months = scale.months(year);
  const whole = spanOf(months);
  const days: number[] = [];
  if (rule.byWeekNo) {
    addWeeks(by, year, days);
    return ascending(days.filter((day) => inMonths(by, day) && onMonthDay(by, day) && onYearDay(by, day)));
  }
  if (rule.byYearDay) {
    for (const n of rule.byYearDay) addNth(whole, n, rule.skip, days);
    return ascending(days.filter((day) => onWeekday(by, day) && inMonths(by, day) && onMonthDay(by, day)));
  }
  if (rule.byMonthDay || !rule.byDay) {
    for (const month of wantedMonths(by, year))
      for (const n of rule.byMonthDay ?? [by.startMonthDay]) addNth(month, n, rule.skip, days);
    return ascending(days.filter((day) => onWeekday(by, day)));
  }
  for (const span of rule.byMonth ? wantedMonths(by, year) : [whole]) addWeekdays(by, span, days);
  return ascending(days);
}

/** Days of one month for FREQ=MONTHLY, ascending. A day may lie just outside the month when SKIP moves it. */
export function daysOfMonth(by: DayRule, month: Month): number[] {
  const { rule } = by;
  const days: number[] = [];
  if (!isWanted(rule, month)) return days;
  if (rule.byMonthDay || !(rule.byDay || rule.byYearDay)) {
    for (const n of rule.byMonthDay ?? [by.startMonthDay]) addNth(month, n, rule.skip, days);
    return ascending(days.filter((day) => onWeekday(by, day) && onYearDay(by, day)));
  }
  if (rule.byDay) addWeekdays(by, month, days);
  else for (let day = month.start; day < month.start + month.length; day++) days.push(day);
  return ascending(days.filter((day) => onYearDay(by, day)));
}

/** Days of the week that begins on `first`, for FREQ=WEEKLY. */
export function daysOfWeek(by: DayRule, first: number): number[] {
  const weekdays = by.weekdays ?? new Set([weekdayOf(by.startDay)]);
  const days: number[] = [];
  for (let day = first; day < first + 7; day++) if (weekdays.has(weekdayOf(day)) && keepsDay(by, day)) days.push(day);
  return days;
}

/** Months of a year for BYMONTH, or the start's month; a leap month the year lacks is skipped, moved on or moved back. */
function wantedMonths(by: DayRule, year: number): Month[] {
  const { rule } = by;
  const months = by.scale.months(year);
  if (!rule.byMonth && (rule.byDay || rule.byMonthDay)) return [...months];
  const wanted = rule.byMonth ?? [by.scale.months(by.startYear)[by.startMonth]!];
  const found = new Set<Month>();
  for (const { number, leap } of wanted) {
    let month = months.find((candidate) => candidate.number === number && candidate.leap === leap);
    if (!month && leap && rule.skip !== 'OMIT') {
      const instead = rule.skip === 'FORWARD' ? number + 1 : number;
      month = months.find((candidate) => candidate.number === instead && !candidate.leap);
    }
    if (month) found.add(month);
  }
  return [...found];
}

/** The n-th day of a span, or where SKIP puts it when the span is too short. */
function addNth({ start, length }: Span, n: number, skip: Skip, days: number[]): void {
  if (n > 0 && n <= length) days.push(start + n - 1);
  else if (n < 0 && -n <= length) days.push(start + length + n);
  else if (skip === 'FORWARD') days.push(n > 0 ? start + length : start);
  else if (skip === 'BACKWARD') days.push(n > 0 ? start + length - 1 : start - 1);
}

/** BYDAY within a span: every such weekday, or the n-th from either end. */
function addWeekdays(by: DayRule, { start, length }: Span, days: number[]): void {
  const last = start + length - 1;
  for (const { ordinal, weekday } of by.rule.byDay!) {
    const first = start + ((weekday - weekdayOf(start) + 7) % 7);
    if (ordinal === 0) for (let day = first; day <= last; day += 7) days.push(day);
    else {
      const fromEnd = last - ((weekdayOf(last) - weekday + 7) % 7);
      const day = ordinal > 0 ? first + 7 * (ordinal - 1) : fromEnd + 7 * (ordinal + 1);
      if (day >= start && day <= last) days.push(day);
    }
  }
}

function ascending(days: number[]): number[] {
  return [...new Set(days)].sort((a, b) => a - b);
}
