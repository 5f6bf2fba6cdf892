/** Days as `2026-06-15`, the weeks of a month, and which events fall on which day. */
import type { CalendarEvent } from '../../../api/contract/events.ts';

const DAY_MS = 86_400_000;

/** Swedish writes dates as ISO 8601 does. */
const ISO_DAY = 'sv-SE';

const utc = (day: string): Date => new Date(`${day}T00:00:00Z`);
const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

/** The day it is, on the reader's clock. */
export function today(): string {
  return new Intl.DateTimeFormat(ISO_DAY).format();
}

/** True for a day of the calendar between the years 1000 and 9000. */
export function isDay(text: string): boolean {
  return /^[1-8]\d{3}-\d\d-\d\d$/.test(text) && !Number.isNaN(utc(text).getTime()) && dayOf(utc(text)) === text;
}

export function addDays(day: string, count: number): string {
  return dayOf(new Date(utc(day).getTime() + count * DAY_MS));
}

/** The same day in another month, or that month's last day. */
export function addMonths(day: string, count: number): string {
  const date = utc(day);
  const wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + count);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(wanted, last));
  return dayOf(date);
}

/** The weeks that hold the month of `day`, whole; `firstWeekday` 1 (Monday) to 7 (Sunday). */
export function weeksOfMonth(day: string, firstWeekday: number): string[][] {
  const month = day.slice(0, 7);
  const first = `${month}-01`;
  const back = ((utc(first).getUTCDay() || 7) - firstWeekday + 7) % 7;
  const weeks: string[][] = [];
  let at = addDays(first, -back);
  do {
    weeks.push(Array.from({ length: 7 }, (_, index) => addDays(at, index)));
    at = addDays(at, 7);
  } while (at.startsWith(month));
  return weeks;
}

/** Midnight of a day on the reader's clock, as a moment in UTC. */
export function midnight(day: string): string {
  return new Date(`${day}T00:00`).toISOString();
}

/** Whether the event falls on any of `days`, and on which; what lasts falls on each of its days. */
export function eventsByDay(events: readonly CalendarEvent[], days: readonly string[]): Map<string, CalendarEvent[]> {
  const found = new Map<string, CalendarEvent[]>();
  for (const event of events) {
    const [first, last] = spanOf(event);
    for (const day of days) if (day >= first && day <= last) found.set(day, [...(found.get(day) ?? []), event]);
  }
  return found;
}

/** First and last day of an event on the reader's clock. An event that ends at midnight does not reach into that day. */
export function spanOf({ start, end, allDay }: CalendarEvent): [string, string] {
  if (allDay) return [start, end > start ? addDays(end, -1) : start];
  const clock = new Intl.DateTimeFormat(ISO_DAY);
  const [begins, ends] = [Date.parse(start), Date.parse(end)];
  return [clock.format(begins), clock.format(Math.max(begins, ends - 1))];
}
