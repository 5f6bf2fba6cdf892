/** Weeks by their number in the year: the first has at least four days in it, and they begin on WKST (RFC 5545 §3.3.10). */
import type { DayRule } from './day-rule.ts';
import { weekdayOf } from './scale.ts';

/** Does the week number of the day fit BYWEEKNO? */
export function inWeeks(by: DayRule, day: number): boolean {
  if (!by.rule.byWeekNo) return true;
  const { first, weeks } = weeksOf(by, weekYearOf(by, day));
  const week = Math.floor((day - first) / 7) + 1;
  return weeks.includes(week);
}

/** The week-numbering year a day belongs to. */
export function weekYearOf(by: DayRule, day: number): number {
  const year = by.scale.yearOf(day);
  if (day >= firstWeek(by, year + 1)) return year + 1;
  return day < firstWeek(by, year) ? year - 1 : year;
}

/** Week 1 is the first with at least four days in the year; weeks begin on WKST. */
function firstWeek(by: DayRule, year: number): number {
  const newYear = by.scale.months(year)[0]!.start;
  const into = (weekdayOf(newYear) - by.rule.weekStart + 7) % 7;
  return into <= 3 ? newYear - into : newYear + 7 - into;
}

/** The first day of a week-numbering year, and the weeks that BYWEEKNO names in it, negative ones counted from the end. */
function weeksOf(by: DayRule, year: number): { readonly first: number; readonly weeks: readonly number[] } {
  const first = firstWeek(by, year);
  const behind = (firstWeek(by, year + 1) - first) / 7 + 1;
  const weeks = by.rule.byWeekNo!.map((n) => (n > 0 ? n : behind + n)).filter((week) => week >= 1 && week < behind);
  return { first, weeks };
}

/** BYWEEKNO in a week-numbering year: its days on the wanted weekdays; on DTSTART's where no other part says which days. */
export function addWeeks(by: DayRule, year: number, days: number[]): void {
  const { first, weeks } = weeksOf(by, year);
  const saysDays = by.monthDays !== undefined || by.yearDays !== undefined;
  const weekdays = by.weekdays ?? (saysDays ? undefined : new Set([weekdayOf(by.startDay)]));
  for (const week of weeks) {
    const monday = first + 7 * (week - 1);
    for (let day = monday; day < monday + 7; day++) if (!weekdays || weekdays.has(weekdayOf(day))) days.push(day);
  }
}
