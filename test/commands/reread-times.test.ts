/** After an update events are placed in time anew: searches find them, and no client is told of a change. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrganisation } from '../../src/commands/accounts.ts';
import { TIME_VERSION } from '../../src/icalendar/time-bounds.ts';
import { timeKeeper } from '../../src/jobs/time-keeper.ts';
import { calendarObjectsBehind, listOrganisationsOfOtherTime, replaceTimes } from '../../src/store/old-times.ts';
import {
  anEvent,
  CALENDAR,
  type DavServer,
  ICALENDAR,
  PREFIXES,
  propfindBody,
  startDavServer,
} from '../support/dav-server.ts';

let server: DavServer;
beforeAll(async () => {
  server = await startDavServer();
  await server.ann('PUT', `${CALENDAR}weekly.ics`, anEvent('weekly', 'RRULE:FREQ=WEEKLY'), ICALENDAR);
  await server.ann('PUT', `${CALENDAR}once.ics`, anEvent('once'), ICALENDAR);
});
afterAll(() => server.stop());

/** Leaves the objects as a version that found no time in them would have. */
async function forget(): Promise<void> {
  const { db } = server.context;
  await sql`update object set starts_at = '1970-01-01', ends_at = '1970-01-02', index_data = null`.execute(db);
  await sql`update organisation set time_version = 0`.execute(db);
}

const december =
  `<C:calendar-query ${PREFIXES}><D:prop><D:getetag/></D:prop><C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">` +
  '<C:time-range start="20261201T000000Z" end="20261231T000000Z"/></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>';
const found = async () => [...(await server.ann('REPORT', CALENDAR, december)).responses().keys()];
const told = async () =>
  (await server.ann('PROPFIND', CALENDAR, propfindBody('D:sync-token', 'D:getetag'), { depth: '1' })).text;

describe('events that another version placed in time', () => {
  it('are found again where they are, under the same ETags and sync token (RFC 4791 §9.9, RFC 6578 §3.1)', async () => {
    const before = await told();
    await forget();
    expect(await found()).toEqual([]);
    await timeKeeper(server.context, () => false)();
    expect(await found()).toEqual([`${CALENDAR}weekly.ics`]);
    expect(await told()).toBe(before);
    expect(await listOrganisationsOfOtherTime(server.context.db, TIME_VERSION)).toEqual([]);
  });

  it('are placed by a later round where one is stopped, and by none where they are in place', async () => {
    const { db } = server.context;
    await forget();
    await timeKeeper(server.context, () => true)();
    expect(await listOrganisationsOfOtherTime(db, TIME_VERSION)).toContain(server.organisationId);
    const round = timeKeeper(server.context, () => false);
    await round();
    expect(await found()).toEqual([`${CALENDAR}weekly.ics`]);
    await forget();
    await round();
    expect(await found()).toEqual([]);
  });

  it('are left alone where a client has written them meanwhile', async () => {
    const { db } = server.context;
    const [first] = await calendarObjectsBehind(db, server.organisationId, '00000000-0000-0000-0000-000000000000', 1);
    const place = { startsAt: undefined, endsAt: undefined, indexData: undefined, objectId: first!.object_id };
    expect(await replaceTimes(db, server.organisationId, [{ ...place, etag: 'of another body' }])).toBe(0);
    expect(await replaceTimes(db, server.organisationId, [{ ...place, etag: first!.etag }])).toBe(1);
  });
});

it('a new organisation has nothing to be placed anew', async () => {
  const made = await createOrganisation(server.context, 'New');
  expect(await listOrganisationsOfOtherTime(server.context.db, TIME_VERSION)).not.toContain(made);
});
