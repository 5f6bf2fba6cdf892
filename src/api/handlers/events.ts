/** What the caller's calendars hold in a window of time. */
import { AppError } from '../../base/errors.ts';
import { type AgendaEntry, agendaEntries } from '../../icalendar/agenda.ts';
import { readCalendarObject } from '../../icalendar/calendar-object.ts';
import { DEFAULT_STEPS } from '../../icalendar/recurrence/expand.ts';
import { resolveTimeZone, type TimeZone, UTC } from '../../icalendar/timezone.ts';
import { type Collection, listCollections } from '../../store/collections.ts';
import { bodiesOf, entryPages } from '../../store/object-pages.ts';
import type { StoredObject } from '../../store/objects.ts';
import type { ApiContext } from '../api-context.ts';
import type { Handlers } from '../call.ts';
import type { CalendarEvent, EventList } from '../contract.ts';
import { requireCollection } from './collections.ts';

const DAY_MS = 86_400_000;
const LONGEST_WINDOW_DAYS = 100;
/** More than this nobody reads: the answer says that it is cut. */
const MOST_EVENTS = 5000;

interface Window {
  readonly start: number;
  readonly end: number;
  readonly floating: TimeZone;
}

export const eventHandlers: Handlers<'listEvents'> = {
  listEvents: async ({ api, caller, query }) => {
    const window = windowOf(query);
    const calendars = query.collectionId
      ? [await requireCollection(api, caller, query.collectionId)]
      : await listCollections(api.db, caller.organisationId, caller.principalId, 'calendar');
    const items: CalendarEvent[] = [];
    let truncated = false;
    for (const calendar of calendars) {
      for await (const object of objectsWithin(api, calendar, window)) {
        truncated = !addEvents(items, object, window) || truncated;
        if (items.length >= MOST_EVENTS) return inOrder(items.slice(0, MOST_EVENTS), true);
      }
    }
    return inOrder(items, truncated);
  },
};

function windowOf(query: { from: string; to: string; timeZone?: string | undefined }): Window {
  const [start, end] = [Date.parse(query.from), Date.parse(query.to)];
  if (!(end > start) || end - start > LONGEST_WINDOW_DAYS * DAY_MS) {
    throw new AppError(
      'invalid',
      'invalid-window',
      `A window has a beginning, an end behind it, and at most ${LONGEST_WINDOW_DAYS} days.`,
      {
        limit: LONGEST_WINDOW_DAYS,
      },
    );
  }
  const floating = query.timeZone === undefined ? UTC : resolveTimeZone(query.timeZone);
  if (!floating)
    throw new AppError('invalid', 'unknown-time-zone', `"${query.timeZone}" is no time zone such as Europe/Paris.`);
  return { start, end, floating };
}

async function* objectsWithin(api: ApiContext, calendar: Collection, window: Window): AsyncGenerator<StoredObject> {
  const { organisation_id, collection_id } = calendar;
  const bounds = { components: ['VEVENT'], start: new Date(window.start), end: new Date(window.end) };
  for await (const page of entryPages(api.db, organisation_id, collection_id, bounds))
    for await (const batch of bodiesOf(api.db, organisation_id, collection_id, page)) yield* batch;
}

/** False when the object has more instances than may be counted. */
function addEvents(items: CalendarEvent[], object: StoredObject, window: Window): boolean {
  try {
    const entries = agendaEntries(readCalendarObject(object.body), window, window.floating, { left: DEFAULT_STEPS });
    for (const entry of entries) {
      items.push(eventView(object, entry, window.floating));
      if (items.length >= MOST_EVENTS) break;
    }
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'max-instances') return false;
    throw error;
  }
}

function eventView(object: StoredObject, entry: AgendaEntry, floating: TimeZone): CalendarEvent {
  const { start, end, ...fields } = entry;
  const said = (moment: number) =>
    entry.allDay
      ? new Date(moment + floating.offsetAt(moment)).toISOString().slice(0, 10)
      : new Date(moment).toISOString();
  return {
    objectId: object.object_id,
    collectionId: object.collection_id,
    ...fields,
    start: said(start),
    end: said(end),
  };
}

/** By start; a day's all-day events sort before its moments, as `2026-06-15` does before `2026-06-15T…`. */
function inOrder(items: CalendarEvent[], truncated: boolean): EventList {
  items.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : a.summary.localeCompare(b.summary)));
  return { items, truncated };
}
