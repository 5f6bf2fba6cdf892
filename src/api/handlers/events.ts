/** What the calendars that the caller may read hold in a window of time. */
import { eventsInWindow, eventWindow } from '../../commands/events-in-window.ts';
import { readableCollections } from '../../commands/reachable-collections.ts';
import type { Handlers } from '../call.ts';
import { requireReached } from './reachable.ts';

export const eventHandlers: Handlers<'listEvents'> = {
  listEvents: async ({ api, caller, query }) => {
    const window = eventWindow(Date.parse(query.from), Date.parse(query.to), query.timeZone);
    const calendars = query.collectionId
      ? [await requireReached(api, caller, query.collectionId, 'read')]
      : await readableCollections(api.db, caller, 'calendar');
    const { events, truncated } = await eventsInWindow(api, calendars, window);
    return { items: events, truncated };
  },
};
