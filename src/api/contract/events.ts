/** Events as instances in a window. */
import { z } from 'zod';
import { Id, Moment } from './words.ts';

export const EventQuery = z.object({
  /** The window [from, to), at most 100 days. */
  from: Moment,
  to: Moment,
  /** Zone of all-day and floating times (IANA name); UTC when absent. */
  timeZone: z.string().max(64).optional(),
  collectionId: Id.optional(),
});
export type EventQuery = z.input<typeof EventQuery>;

/** One instance of an event. */
export const CalendarEvent = z
  .object({
    /** The calendar object it comes from. */
    objectId: Id,
    collectionId: Id,
    summary: z.string(),
    location: z.string(),
    description: z.string(),
    /** A moment in UTC, or a day (`2026-06-15`) when `allDay`. */
    start: z.string(),
    /** Where it is over: the day behind the last one when `allDay`. */
    end: z.string(),
    allDay: z.boolean(),
    recurs: z.boolean(),
    status: z.enum(['confirmed', 'tentative', 'cancelled']).nullable(),
  })
  .meta({ id: 'CalendarEvent' });
export type CalendarEvent = z.infer<typeof CalendarEvent>;

export const EventList = z
  .object({
    /** By start, all-day ones first. */
    items: z.array(CalendarEvent),
    /** True: there are more than can be shown. */
    truncated: z.boolean(),
  })
  .meta({ id: 'EventList' });
export type EventList = z.infer<typeof EventList>;
