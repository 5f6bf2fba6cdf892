/** The API's operation on the events of the calendars. */
import type { EventList, EventQuery } from '../../api/contract/events.ts';
import { request } from './request.ts';

/** Events of a window as the reader's own zone has them; an empty `collectionId` asks for all calendars. */
export const listEvents = (query: EventQuery, signal: AbortSignal) => {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return request<EventList>('GET', '/events', { query: { ...query, timeZone }, signal });
};
