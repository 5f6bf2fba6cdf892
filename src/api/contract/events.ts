/** Events as instances in a window. */
import { z } from 'zod';
import { Id, Moment } from './words.ts';

export const EventQuery = z.object({
  from: Moment.describe('The window [from, to), at most 100 days.'),
  to: Moment,
  timeZone: z.string().max(64).optional().describe('Zone of all-day and floating times (IANA name); UTC when absent.'),
  collectionId: Id.optional(),
});
export type EventQuery = z.input<typeof EventQuery>;

export const CalendarEvent = z
  .object({
    objectId: Id.describe('The calendar object it comes from.'),
    collectionId: Id,
    summary: z.string(),
    location: z.string(),
    description: z.string(),
    start: z.string().describe('A moment in UTC, or a day (`2026-06-15`) when `allDay`.'),
    end: z.string().describe('Where it is over: the day behind the last one when `allDay`.'),
    allDay: z.boolean(),
    recurs: z.boolean(),
    status: z.enum(['confirmed', 'tentative', 'cancelled']).nullable(),
  })
  .meta({ id: 'CalendarEvent', description: 'One instance of an event.' });
export type CalendarEvent = z.infer<typeof CalendarEvent>;

export const EventList = z
  .object({
    items: z.array(CalendarEvent).describe('By start, all-day ones first.'),
    truncated: z.boolean().describe('True: there are more than can be shown.'),
  })
  .meta({ id: 'EventList' });
export type EventList = z.infer<typeof EventList>;
