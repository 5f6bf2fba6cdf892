/** The times of day a rule picks on one day: BYHOUR, BYMINUTE and BYSECOND as expansion or limit (RFC 5545 §3.3.10). */
import type { Frequency, RecurrenceRule } from './rule.ts';

export const DAY_SECONDS = 86_400;

/** Seconds of one step of a frequency shorter than a day. */
export const UNIT_SECONDS: Readonly<Partial<Record<Frequency, number>>> = { HOURLY: 3600, MINUTELY: 60, SECONDLY: 1 };

/** Seconds since midnight, ascending, for rules of DAILY and longer periods: the product of the three parts. */
export function timesOfDay(rule: RecurrenceRule, startSecond: number): number[] {
  const times: number[] = [];
  for (const hour of rule.byHour ?? [Math.floor(startSecond / 3600)])
    for (const minute of rule.byMinute ?? [Math.floor(startSecond / 60) % 60])
      for (const second of seconds(rule, startSecond)) times.push(hour * 3600 + minute * 60 + second);
  return times;
}

/** The second :60 of a leap second reads as :59, as everywhere here. */
function seconds(rule: RecurrenceRule, startSecond: number): number[] {
  return rule.bySecond ? [...new Set(rule.bySecond.map((second) => Math.min(second, 59)))] : [startSecond % 60];
}

/** What a sub-daily rule picks inside one of its hours, minutes or seconds: offsets in seconds, BYSETPOS applied. */
export function offsetsInPeriod(rule: RecurrenceRule, startSecond: number): number[] {
  let offsets = [0];
  if (rule.frequency !== 'SECONDLY') offsets = seconds(rule, startSecond);
  if (rule.frequency === 'HOURLY') {
    const minutes = rule.byMinute ?? [Math.floor(startSecond / 60) % 60];
    offsets = minutes.flatMap((minute) => offsets.map((second) => minute * 60 + second));
  }
  return rule.bySetPos ? positions(rule.bySetPos, offsets.length).map((index) => offsets[index]!) : offsets;
}

/** Whether a period that begins at a second of the day may hold occurrences: the parts that limit it decide. */
export function secondFilter(rule: RecurrenceRule): (second: number) => boolean {
  const hours = rule.byHour && new Set(rule.byHour);
  const minutes = rule.frequency !== 'HOURLY' && rule.byMinute ? new Set(rule.byMinute) : undefined;
  const ofMinute = rule.frequency === 'SECONDLY' && rule.bySecond ? new Set(seconds(rule, 0)) : undefined;
  return (second) =>
    (!hours || hours.has(Math.floor(second / 3600))) &&
    (!minutes || minutes.has(Math.floor(second / 60) % 60)) &&
    (!ofMinute || ofMinute.has(second % 60));
}

/** Indices BYSETPOS picks from a set of `length` members, ascending, without repeats. */
export function positions(bySetPos: readonly number[], length: number): number[] {
  const picked = bySetPos.map((n) => (n > 0 ? n - 1 : length + n)).filter((index) => index >= 0 && index < length);
  return [...new Set(picked)].sort((a, b) => a - b);
}
