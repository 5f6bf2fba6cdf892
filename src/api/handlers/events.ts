/** What the caller's calendars hold in a window of time. */
import { eventsInWindow, eventWindow } from '../../commands/events-in-window.ts';
import { listCollections } from '../../store/collections.ts';
import type { Handlers } from '../call.ts';
import { requireCollection } from './collections.ts';

export const eventHandlers: Handlers<'listEvents'> = {
  listEvents: async ({ api, caller, query }) => {
    const window = eventWindow(Date.parse(query.from), Date.parse(query.to), query.timeZone);
    const calendars = query.collectionId
      ? [await requireCollection(api, caller, query.collectionId)]
      : await listCollections(api.db, caller.organisationId, caller.principalId, 'calendar');
    const { events, truncated } = await eventsInWindow(api, calendars, window);
    return { items: events, truncated };
  },
};
