/** After an update: where an older version saw an event in time, or what it showed of it, may be wrong, so all events are read anew. */
import { mapInTurns } from '../base/turns.ts';
import { readCalendarObject } from '../icalendar/calendar-object.ts';
import { TIME_VERSION } from '../icalendar/time-bounds.ts';
import { lockCollections } from '../store/collections.ts';
import { inTransaction, type Tx } from '../store/database.ts';
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
import { scopeOf } from './locking.ts';
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
    const shownOtherwise = batch.filter(({ shown }, index) => shown !== shownIn(times[index]!));
    moved += await inTransaction(db, async (tx) => {
      await tellReaders(context, tx, organisationId, shownOtherwise);
      return replaceTimes(tx, organisationId, times);
    });
    after = batch.at(-1)!.object_id;
  }
  await noteTimeVersion(db, organisationId, TIME_VERSION);
  return moved;
}

const shownIn = ({ indexData }: ReturnType<typeof placeInTime>): unknown => indexData?.SHOWN ?? null;

/** Whoever may only read a calendar is shown more or less of these than before, which is a change to them. */
async function tellReaders(
  { clock }: Context,
  tx: Tx,
  organisationId: string,
  objects: readonly StoredTime[],
): Promise<void> {
  const byCalendar = Map.groupBy(objects, ({ collection_id }) => collection_id);
  const granted = byCalendar.size > 0 ? await grantedAmong(tx, organisationId, [...byCalendar.keys()]) : [];
  if (granted.length === 0) return;
  const now = new Date(clock.now());
  for (const calendar of await lockCollections(tx, organisationId, granted)) {
    const ids = byCalendar.get(calendar.collection_id)!.map(({ object_id }) => object_id);
    await touchObjects(tx, scopeOf(calendar), ids, now);
  }
}
