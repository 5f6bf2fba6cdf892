/** The days a rule picks in a year, a month, a week, or whether it keeps a day: the BY table of RFC 5545 §3.3.10 with the skips of RFC 7529 §4.1. */
import { DAY } from '../date-time.ts';
import type { RecurrenceRule, Skip } from './rule.ts';
import { type CalendarScale, type DayPlace, type Month, meteredScale, weekdayOf } from './scale.ts';
import { scaleNamed } from './scale-names.ts';

/** A rule and the day of its DTSTART, with what both say about every period. */
export interface DayRule {
  readonly rule: RecurrenceRule;
  readonly scale: CalendarScale;
  readonly startDay: number;
  /** Year of the start and index of its month in that year. */
  readonly startYear: number;
  readonly startMonth: number;
  readonly startMonthDay: number;
  readonly monthDays: ReadonlySet<number> | undefined;
  readonly yearDays: ReadonlySet<number> | undefined;
  /** Weekdays of BYDAY, ordinals left aside; undefined without BYDAY. */
  readonly weekdays: ReadonlySet<number> | undefined;
}

export function dayRule(rule: RecurrenceRule, startWall: number, spend: (steps: number) => void): DayRule {
  const scale = meteredScale(scaleNamed(rule.scale), spend);
  const startDay = Math.floor(startWall / DAY);
  const startYear = scale.yearOf(startDay);
  const months = scale.months(startYear);
  const startMonth = months.findIndex((month) => startDay < month.start + month.length);
  return {
    rule,
    scale,
    startDay,
    startYear,
    startMonth,
    startMonthDay: startDay - months[startMonth]!.start + 1,
    monthDays: rule.byMonthDay && new Set(rule.byMonthDay),
    yearDays: rule.byYearDay && new Set(rule.byYearDay),
    weekdays: rule.byDay && new Set(rule.byDay.map((entry) => entry.weekday)),
  };
}

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

/** Do the day parts let this day through? For DAILY and shorter frequencies, where every one of them limits. */
export function keepsDay(by: DayRule, day: number): boolean {
  return (
    (!by.weekdays || by.weekdays.has(weekdayOf(day))) && inMonths(by, day) && onMonthDay(by, day) && onYearDay(by, day)
  );
}

/** True when some part limits days at all: without one, nothing needs asking. */
export function limitsDays({ rule }: DayRule): boolean {
  return Boolean(rule.byMonth || rule.byMonthDay || rule.byYearDay || rule.byDay || rule.byWeekNo);
}

/** Does the week number of the day fit BYWEEKNO? */
export function inWeeks(by: DayRule, day: number): boolean {
  if (!by.rule.byWeekNo) return true;
  const year = weekYearOf(by, day);
  const first = firstWeek(by, year);
  const weeks = (firstWeek(by, year + 1) - first) / 7;
  const week = Math.floor((day - first) / 7) + 1;
  return by.rule.byWeekNo.some((n) => (n > 0 ? n : weeks + 1 + n) === week);
}

/** The week-numbering year a day belongs to. */
export function weekYearOf(by: DayRule, day: number): number {
  const year = by.scale.yearOf(day);
  if (day >= firstWeek(by, year + 1)) return year + 1;
  return day < firstWeek(by, year) ? year - 1 : year;
}

const LONGEST_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** True for rules like February 30, which no year has: nobody need look for them until the year 9999. */
export function neverMatches({ rule }: DayRule): boolean {
  const { byMonth, byMonthDay, scale, skip } = rule;
  if (!byMonth || !byMonthDay || scale !== 'GREGORIAN' || skip !== 'OMIT') return false;
  const longest = Math.max(...byMonth.map(({ number, leap }) => (leap ? 0 : (LONGEST_MONTHS[number - 1] ?? 0))));
  return byMonthDay.every((day) => Math.abs(day) > longest);
}

/** Steps of the budget that picking the days of one year or month takes. */
export function costOfPeriod({ rule }: DayRule): number {
  const days = rule.byWeekNo
    ? rule.byWeekNo.length * 7
    : (rule.byYearDay?.length ?? rule.byMonthDay?.length ?? (rule.byDay?.length ?? 0) * 5);
  const months = rule.byYearDay || rule.byWeekNo || rule.frequency === 'MONTHLY' ? 1 : (rule.byMonth?.length ?? 12);
  return 4 + days * months * 2;
}

/** First day of the month after the one that holds `day`, when BYMONTH rules that month out; else the next day. */
export function nextDayWorthAsking(by: DayRule, day: number): number {
  const { month } = monthOf(by, day);
  return isWanted(by.rule, month) ? day + 1 : month.start + month.length;
}

/** Week 1 is the first with at least four days in the year; weeks begin on WKST. */
function firstWeek(by: DayRule, year: number): number {
  const newYear = by.scale.months(year)[0]!.start;
  const into = (weekdayOf(newYear) - by.rule.weekStart + 7) % 7;
  return into <= 3 ? newYear - into : newYear + 7 - into;
}

function addWeeks(by: DayRule, year: number, days: number[]): void {
  const first = firstWeek(by, year);
  const weeks = (firstWeek(by, year + 1) - first) / 7;
  const weekdays = by.weekdays ?? new Set([weekdayOf(by.startDay)]);
  for (const n of by.rule.byWeekNo!) {
    const week = n > 0 ? n : weeks + 1 + n;
    if (week < 1 || week > weeks) continue;
    const monday = first + 7 * (week - 1);
    for (let day = monday; day < monday + 7; day++) if (weekdays.has(weekdayOf(day))) days.push(day);
  }
}

interface Span {
  readonly start: number;
  readonly length: number;
}

function spanOf(months: readonly Month[]): Span {
  const last = months.at(-1)!;
  return { start: months[0]!.start, length: last.start + last.length - months[0]!.start };
}

function monthOf(by: DayRule, day: number): DayPlace {
  return by.scale.place(day);
}

function isWanted(rule: RecurrenceRule, month: Month): boolean {
  return !rule.byMonth || rule.byMonth.some((by) => by.number === month.number && by.leap === month.leap);
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

/** BYDAY as a limit beside BYMONTHDAY or BYYEARDAY: an ordinal counts within the month, or within the year without months. */
function onWeekday(by: DayRule, day: number): boolean {
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

function inMonths(by: DayRule, day: number): boolean {
  return !by.rule.byMonth || isWanted(by.rule, monthOf(by, day).month);
}

function onMonthDay(by: DayRule, day: number): boolean {
  return !by.monthDays || isNth(by.monthDays, monthOf(by, day).month, day);
}

function onYearDay(by: DayRule, day: number): boolean {
  return !by.yearDays || isNth(by.yearDays, spanOf(monthOf(by, day).months), day);
}

/** Counted from either end. */
function isNth(wanted: ReadonlySet<number>, { start, length }: Span, day: number): boolean {
  return wanted.has(day - start + 1) || wanted.has(day - start - length);
}

function ascending(days: number[]): number[] {
  return [...new Set(days)].sort((a, b) => a - b);
}
