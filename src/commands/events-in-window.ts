/** What calendars hold in a window of time, recurring events instance by instance. */
import { AppError } from '../base/errors.ts';
import { filterInTurns } from '../base/turns.ts';
import { type AgendaEntry, agendaEntries } from '../icalendar/agenda.ts';
import { readCalendarObject } from '../icalendar/calendar-object.ts';
import { matchesFilter } from '../icalendar/filter.ts';
import { DEFAULT_STEPS } from '../icalendar/recurrence/expand.ts';
import { timedObject } from '../icalendar/time-lines.ts';
import { resolveTimeZone, type TimeZone, UTC } from '../icalendar/timezone.ts';
import type { StoredObject } from '../store/objects.ts';
import { type TimedEntry, timedPages } from '../store/timed-pages.ts';
import type { Context } from './context.ts';
import { type SeenCollection, seenBodies } from './seen-objects.ts';

const DAY_MS = 86_400_000;
const LONGEST_WINDOW_DAYS = 100;
/** More than this nobody reads: the answer says that it is cut. */
const MOST_EVENTS = 5000;

export interface EventWindow {
  /** Half-open [start, end), in ms since 1970 UTC. */
  readonly start: number;
  readonly end: number;
  /** Zone of all-day and floating times. */
  readonly floating: TimeZone;
}

export interface EventInstance extends Omit<AgendaEntry, 'start' | 'end'> {
  readonly objectId: string;
  readonly collectionId: string;
  /** A moment in UTC (ISO 8601), or a day of the window's zone when all-day. */
  readonly start: string;
  readonly end: string;
}

/** A window of at most 100 days; `timeZone` is an IANA name, UTC when absent. Throws AppError `invalid-window`, `unknown-time-zone`. */
export function eventWindow(start: number, end: number, timeZone: string | undefined): EventWindow {
  if (!(end > start) || end - start > LONGEST_WINDOW_DAYS * DAY_MS) {
    throw new AppError(
      'invalid',
      'invalid-window',
      `A window has a beginning, an end behind it, and at most ${LONGEST_WINDOW_DAYS} days.`,
      { limit: LONGEST_WINDOW_DAYS },
    );
  }
  const floating = timeZone === undefined ? UTC : resolveTimeZone(timeZone);
  if (floating) return { start, end, floating };
  throw new AppError('invalid', 'unknown-time-zone', `"${timeZone}" is no time zone such as Europe/Paris.`);
}

/** Instances by start, a day's all-day ones first; `truncated`: there are more than can be counted or shown. */
export async function eventsInWindow(
  context: Context,
  calendars: readonly SeenCollection[],
  window: EventWindow,
): Promise<{ events: EventInstance[]; truncated: boolean }> {
  const events: EventInstance[] = [];
  let truncated = false;
  for (const calendar of calendars) {
    for await (const object of objectsWithin(context, calendar, window)) {
      truncated = !addInstances(events, object, window) || truncated;
      if (events.length >= MOST_EVENTS) return { events: inOrder(events), truncated: true };
    }
  }
  return { events: inOrder(events), truncated };
}

async function* objectsWithin(
  context: Context,
  calendar: SeenCollection,
  window: EventWindow,
): AsyncGenerator<StoredObject> {
  const { organisation_id, collection_id } = calendar.collection;
  const bounds = { components: ['VEVENT'], start: new Date(window.start), end: new Date(window.end) };
  for await (const page of timedPages(context.db, organisation_id, collection_id, bounds)) {
    const within = await filterInTurns(page, (entry) => mayLieWithin(entry, window));
    for await (const batch of seenBodies(context.db, calendar, within)) yield* batch;
  }
}

/** What the time lines kept beside an object say; without them it has to be read. */
function mayLieWithin({ time, etag }: TimedEntry, { start, end, floating }: EventWindow): boolean {
  const object = timedObject(time, etag);
  const event = { name: 'VEVENT', isNotDefined: false, propFilters: [], compFilters: [], timeRange: { start, end } };
  const filter = { name: 'VCALENDAR', isNotDefined: false, propFilters: [], compFilters: [event] };
  return !object || matchesFilter(object, filter, floating);
}

/** False when the object has more instances than may be counted. */
function addInstances(events: EventInstance[], object: StoredObject, window: EventWindow): boolean {
  try {
    const entries = agendaEntries(readCalendarObject(object.body), window, window.floating, { left: DEFAULT_STEPS });
    for (const entry of entries) {
      events.push(instanceOf(object, entry, window.floating));
      if (events.length >= MOST_EVENTS) break;
    }
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'max-instances') return false;
    throw error;
  }
}

function instanceOf(object: StoredObject, entry: AgendaEntry, floating: TimeZone): EventInstance {
  const said = (moment: number) =>
    entry.allDay
      ? new Date(moment + floating.offsetAt(moment)).toISOString().slice(0, 10)
      : new Date(moment).toISOString();
  const own = { objectId: object.object_id, collectionId: object.collection_id };
  return { ...entry, ...own, start: said(entry.start), end: said(entry.end) };
}

/** `2026-06-15` sorts before `2026-06-15T…`: a day before its moments. */
function inOrder(events: EventInstance[]): EventInstance[] {
  return events.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : a.summary.localeCompare(b.summary)));
}
