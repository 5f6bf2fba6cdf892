/** After an update: where an older version saw an event in time is not where this one finds it, so all events are placed anew. */
import { mapInTurns } from '../base/turns.ts';
import { readCalendarObject } from '../icalendar/calendar-object.ts';
import { TIME_VERSION } from '../icalendar/time-bounds.ts';
import {
  calendarObjectsBehind,
  listOrganisationsOfOtherTime,
  noteTimeVersion,
  replaceTimes,
} from '../store/old-times.ts';
import type { Context } from './context.ts';
import { placeInTime } from './object-kinds.ts';

/** Octets read at once. */
const BATCH_OCTETS = 1024 * 1024;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** Organisations that hold calendar objects which another version placed in time. */
export const organisationsOfOtherTime = ({ db }: Context): Promise<string[]> =>
  listOrganisationsOfOtherTime(db, TIME_VERSION);

/**
 * Places the calendar objects of an organisation in time. Returns how many lay elsewhere. Each batch is stored by itself; when the
 * process ends in between, the next one begins anew.
 */
export async function rereadTimes({ db }: Context, organisationId: string): Promise<number> {
  let moved = 0;
  let after = FIRST_ID;
  for (;;) {
    const batch = await calendarObjectsBehind(db, organisationId, after, BATCH_OCTETS);
    if (batch.length === 0) break;
    const times = await mapInTurns(batch, ({ object_id: objectId, etag, body }) => ({
      objectId,
      etag,
      ...placeInTime(readCalendarObject(body)),
    }));
    moved += await replaceTimes(db, organisationId, times);
    after = batch.at(-1)!.object_id;
  }
  await noteTimeVersion(db, organisationId, TIME_VERSION);
  return moved;
}
