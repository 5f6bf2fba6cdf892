/** A second, slow reading of RFC 5545 §3.3.10 to compare with: every moment is asked whether every part of the rule agrees. */
import { DAY } from '../../../src/icalendar/date-time.ts';
import type { RecurrenceRule } from '../../../src/icalendar/recurrence/rule.ts';

const UNITS: Readonly<Record<string, number>> = { HOURLY: 3_600_000, MINUTELY: 60_000, SECONDLY: 1000 };

interface Moment {
  readonly wall: number;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
}

function momentAt(wall: number): Moment {
  const date = new Date(wall);
  return {
    wall,
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
  };
}

function daysBetween(from: number, to: number): number {
  return Math.round((to - from) / DAY);
}

/** Position of a day in a span of days, from the front and from the back. */
function positions(wall: number, first: number, next: number): [number, number] {
  const midnight = Math.floor(wall / DAY) * DAY;
  return [daysBetween(first, midnight) + 1, -daysBetween(midnight, next)];
}

function weekNumber(wall: number, weekStart: number): { year: number; week: number; fromEnd: number } {
  const midnight = Math.floor(wall / DAY) * DAY;
  const firstOf = (year: number): number => {
    let first = Date.UTC(year, 0, 4);
    while (new Date(first).getUTCDay() !== weekStart) first -= DAY;
    return first;
  };
  let year = new Date(wall).getUTCFullYear();
  if (midnight >= firstOf(year + 1)) year++;
  else if (midnight < firstOf(year)) year--;
  const week = Math.floor(daysBetween(firstOf(year), midnight) / 7) + 1;
  const weeks = daysBetween(firstOf(year), firstOf(year + 1)) / 7;
  return { year, week, fromEnd: week - weeks - 1 };
}

/** The rule with the parts that DTSTART implies written out. */
function withImplied(rule: RecurrenceRule, start: Moment): RecurrenceRule {
  const implied: Partial<{ -readonly [K in keyof RecurrenceRule]: RecurrenceRule[K] }> = {};
  const date = new Date(start.wall);
  const frequency = rule.frequency;
  if (!(frequency in UNITS)) implied.byHour = rule.byHour ?? [date.getUTCHours()];
  if (!(frequency in UNITS) || frequency === 'HOURLY') implied.byMinute = rule.byMinute ?? [date.getUTCMinutes()];
  if (frequency !== 'SECONDLY') implied.bySecond = rule.bySecond ?? [date.getUTCSeconds()];
  const named = rule.byDay || rule.byMonthDay || rule.byYearDay;
  if (frequency === 'YEARLY' && rule.byWeekNo && !named) implied.byDay = [{ ordinal: 0, weekday: start.weekday }];
  else if (frequency === 'YEARLY' && !named && !rule.byWeekNo) {
    implied.byMonthDay = [start.day];
    if (!rule.byMonth) implied.byMonth = [{ number: start.month, leap: false }];
  }
  if (frequency === 'MONTHLY' && !named) implied.byMonthDay = [start.day];
  if (frequency === 'WEEKLY' && !rule.byDay) implied.byDay = [{ ordinal: 0, weekday: start.weekday }];
  return { ...rule, ...implied };
}

function agrees(rule: RecurrenceRule, moment: Moment): boolean {
  const { wall, year, month, day, weekday } = moment;
  const inYear = positions(wall, Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1));
  const inMonth = positions(wall, Date.UTC(year, month - 1, 1), Date.UTC(year, month, 1));
  const date = new Date(wall);
  if (rule.byMonth && !rule.byMonth.some((by) => by.number === month)) return false;
  if (rule.byMonthDay && !rule.byMonthDay.some((n) => n === day || n === inMonth[1])) return false;
  if (rule.byYearDay && !rule.byYearDay.some((n) => inYear.includes(n))) return false;
  if (rule.byHour && !rule.byHour.includes(date.getUTCHours())) return false;
  if (rule.byMinute && !rule.byMinute.includes(date.getUTCMinutes())) return false;
  if (rule.bySecond && !rule.bySecond.includes(date.getUTCSeconds())) return false;
  if (rule.byWeekNo) {
    const { week, fromEnd } = weekNumber(wall, rule.weekStart);
    if (!rule.byWeekNo.some((n) => n === week || n === fromEnd)) return false;
  }
  if (!rule.byDay) return true;
  const span = rule.frequency === 'MONTHLY' || rule.byMonth ? inMonth : inYear;
  const counts = rule.frequency === 'MONTHLY' || (rule.frequency === 'YEARLY' && !rule.byWeekNo);
  const ordinals = [Math.ceil(span[0] / 7), -Math.ceil(-span[1] / 7)];
  return rule.byDay.some(
    (by) => by.weekday === weekday && (by.ordinal === 0 || !counts || ordinals.includes(by.ordinal)),
  );
}

/** Number of the period a moment lies in. */
function periodOf(rule: RecurrenceRule, { wall, year, month }: Moment): number {
  if (rule.frequency === 'YEARLY') return rule.byWeekNo ? weekNumber(wall, rule.weekStart).year : year;
  if (rule.frequency === 'MONTHLY') return year * 12 + month;
  if (rule.frequency === 'WEEKLY') return Math.floor((wall / DAY + 4 - rule.weekStart + 7) / 7);
  if (rule.frequency === 'DAILY') return Math.floor(wall / DAY);
  return Math.floor(wall / UNITS[rule.frequency]!);
}

/** Every occurrence up to `to` (ms), found by asking each second, minute, hour or candidate time of each day. */
export function scanEveryMoment(rule: RecurrenceRule, startWall: number, to: number): number[] {
  const start = momentAt(startWall);
  const full = withImplied(rule, start);
  const base = periodOf(full, start);
  const groups = new Map<number, number[]>();
  const subDaily = Object.hasOwn(UNITS, rule.frequency);
  const startDay = Math.floor(startWall / DAY) * DAY;
  // BYSETPOS needs whole periods: years around both ends.
  const from = subDaily ? startDay : startDay - 400 * DAY;
  const end = subDaily ? to : to + 400 * DAY;
  for (let midnight = from; midnight <= end; midnight += DAY) {
    if (!agreesOnDay(full, midnight)) continue;
    for (const wall of timesOn(full, midnight)) {
      const moment = momentAt(wall);
      const period = periodOf(full, moment);
      const distance = period - base;
      if (distance % rule.interval !== 0 || !agrees(full, moment)) continue;
      const group = groups.get(period);
      if (group) group.push(wall);
      else groups.set(period, [wall]);
    }
  }
  const found: number[] = [];
  for (const walls of groups.values()) {
    const picked = rule.bySetPos
      ? walls.filter((_, index) => rule.bySetPos!.some((n) => n === index + 1 || n === index - walls.length))
      : walls;
    found.push(...picked);
  }
  const until = rule.until?.wall ?? Number.POSITIVE_INFINITY;
  const kept = found.filter((wall) => wall >= startWall && wall <= until).sort((a, b) => a - b);
  return kept.slice(0, rule.count ?? kept.length).filter((wall) => wall <= to);
}

function agreesOnDay(rule: RecurrenceRule, midnight: number): boolean {
  const { byHour: _hour, byMinute: _minute, bySecond: _second, ...days } = rule;
  return agrees(days, momentAt(midnight));
}

function timesOn(rule: RecurrenceRule, midnight: number): number[] {
  const times: number[] = [];
  const all = (length: number): number[] => Array.from({ length }, (_, index) => index);
  for (const hour of rule.byHour ?? all(24))
    for (const minute of rule.byMinute ?? all(60))
      for (const second of rule.bySecond ?? all(60))
        times.push(midnight + hour * 3_600_000 + minute * 60_000 + second * 1000);
  return times;
}
