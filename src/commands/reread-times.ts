/** After an update: where an older version saw an event in time, or what it showed of it, may be wrong, so all events are read anew. */
import { mapInTurns } from '../base/turns.ts';
import { readCalendarObject } from '../icalendar/calendar-object.ts';
import { TIME_VERSION } from '../icalendar/time-bounds.ts';
import { findCollectionById } from '../store/collections.ts';
import { inTransaction } from '../store/database.ts';
import { touchObjects } from '../store/object-moves.ts';
import {
  calendarObjectsBehind,
  grantedAmong,
  listOrganisationsOfOtherTime,
  noteTimeVersion,
  replaceTimes,
  type StoredTime,
} from '../store/old-times.ts';
import type { Context } from './context.ts';
import { lockOne, scopeOf } from './locking.ts';
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
export async function rereadTimes(context: Context, organisationId: string): Promise<number> {
  const { db } = context;
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
    await tellReaders(
      context,
      organisationId,
      batch.filter(({ shown }, index) => shown !== shownIn(times[index]!)),
    );
    after = batch.at(-1)!.object_id;
  }
  await noteTimeVersion(db, organisationId, TIME_VERSION);
  return moved;
}

const shownIn = ({ indexData }: ReturnType<typeof placeInTime>): unknown => indexData?.SHOWN ?? null;

/** Whoever may only read a calendar is shown more or less of these than before, which is a change to them. */
async function tellReaders(context: Context, organisationId: string, objects: readonly StoredTime[]): Promise<void> {
  if (objects.length === 0) return;
  const byCalendar = Map.groupBy(objects, ({ collection_id }) => collection_id);
  const now = new Date(context.clock.now());
  for (const id of await grantedAmong(context.db, organisationId, [...byCalendar.keys()])) {
    const calendar = await findCollectionById(context.db, organisationId, id);
    if (!calendar) continue;
    const ids = byCalendar.get(id)!.map(({ object_id }) => object_id);
    await inTransaction(context.db, async (tx) => {
      await lockOne(tx, calendar);
      await touchObjects(tx, scopeOf(calendar), ids, now);
    });
  }
}
