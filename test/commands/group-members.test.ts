/** What becomes of groups when a member is deleted. */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { createCollection } from '../../src/commands/collections.ts';
import type { Context } from '../../src/commands/context.ts';
import { deleteObject } from '../../src/commands/delete-object.ts';
import { dropDepartedMembers } from '../../src/commands/group-members.ts';
import { DEFAULT_LIMITS } from '../../src/commands/limits.ts';
import { putObject } from '../../src/commands/put-object.ts';
import { withoutMembers } from '../../src/merge/group-cards.ts';
import { changesSince } from '../../src/store/changes.ts';
import type { Collection } from '../../src/store/collections.ts';
import { findObject } from '../../src/store/objects.ts';
import { readCard } from '../../src/vcard/card.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { aCollection } from '../support/fixtures.ts';

const DAY = 24 * 3_600_000;
let database: FreshDatabase;
let context: Context;
let book: Collection;
let time = Date.UTC(2026, 0, 1);

beforeAll(async () => {
  database = await freshDatabase();
  context = { db: database.db, clock: { now: () => time }, log: silentLog, limits: DEFAULT_LIMITS };
});
afterAll(() => database.drop());
beforeEach(async () => {
  const { organisationId, ownerId } = await aCollection(database.db);
  book = await createCollection(context, { organisationId, ownerId, kind: 'addressbook', name: 'contacts' });
});

const ANN = '11111111-1111-4111-8111-111111111111';
const BEN = '22222222-2222-4222-8222-222222222222';
const card = (uid: string) =>
  `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:${uid}\r\nFN:Someone\r\nN:Someone;;;;\r\nEND:VCARD\r\n`;
/** One group in each form, with odd line ends and folds that must stay. */
const appleGroup = (...members: string[]) =>
  `BEGIN:VCARD\nVERSION:3.0\nUID:g1\nFN:Te\n am\nN:Team;;;;\nX-ADDRESSBOOKSERVER-KIND:group\n${members.map((uid) => `X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:${uid}\n`).join('')}NOTE:kept\nEND:VCARD\n`;
const vcard4Group = (...members: string[]) =>
  `BEGIN:VCARD\r\nVERSION:4.0\r\nUID:g2\r\nKIND:group\r\nFN:Team\r\n${members.map((uid) => `MEMBER;PREF=1:urn:uuid:\r\n ${uid}\r\n`).join('')}RELATED:urn:uuid:${ANN}\r\nEND:VCARD\r\n`;
const put = (name: string, text: string) => putObject(context, { collection: book, name, octets: Buffer.from(text) });
const stored = async (name: string) =>
  (await findObject(context.db, book.organisation_id, book.collection_id, name))?.body.toString();
const night = () => dropDepartedMembers(context, book.organisation_id, new Date(time - DAY));

async function aBookOfTwoGroups(): Promise<void> {
  await put('ann', card(ANN));
  await put('ben', card(BEN));
  await put('apple', appleGroup(ANN, BEN));
  await put('four', vcard4Group(ANN, BEN));
}

describe('groups of a deleted card', () => {
  it('lose it in the same step where the server keeps them, in both forms, and nothing else of them changes', async () => {
    await aBookOfTwoGroups();
    const before = await changesSince(context.db, book.organisation_id, book.collection_id, undefined);
    await deleteObject(context, { collection: book, name: 'ann', fromGroups: true });
    expect(await stored('apple')).toBe(appleGroup(BEN));
    expect(await stored('four')).toBe(vcard4Group(BEN));
    const after = await changesSince(context.db, book.organisation_id, book.collection_id, before!.token);
    expect(after!.changes.map(({ name }) => name).sort()).toEqual(['ann', 'apple', 'four']);
  });

  it('are left for a day to the device that deleted it, whose own change of the group meets the version it knows', async () => {
    await aBookOfTwoGroups();
    const { etag } = (await findObject(context.db, book.organisation_id, book.collection_id, 'apple'))!;
    await deleteObject(context, { collection: book, name: 'ann' });
    time += DAY / 2;
    expect(await night()).toBe(0);
    const known = (await findObject(context.db, book.organisation_id, book.collection_id, 'apple'))!;
    expect(known.etag).toBe(etag);
    time += DAY;
    expect(await night()).toBe(2);
    expect(await stored('apple')).toBe(appleGroup(BEN));
    expect(await stored('four')).toBe(vcard4Group(BEN));
    expect(await night()).toBe(0);
  });

  it('lose it also where they are larger than a card may be by now', async () => {
    await aBookOfTwoGroups();
    await deleteObject(context, { collection: book, name: 'ann' });
    time += 2 * DAY;
    const tight = { ...context, limits: { ...DEFAULT_LIMITS, maxCardSize: 20 } };
    expect(await dropDepartedMembers(tight, book.organisation_id, new Date(time - DAY))).toBe(2);
  });

  it('keep a card that came back under its UID, and members that the book never held', async () => {
    const elsewhere = '33333333-3333-4333-8333-333333333333';
    await put('ann', card(ANN));
    await put('apple', appleGroup(ANN, elsewhere));
    await deleteObject(context, { collection: book, name: 'ann' });
    await put('ann-again', card(ANN));
    time += 2 * DAY;
    expect(await night()).toBe(0);
    expect(await stored('apple')).toBe(appleGroup(ANN, elsewhere));
  });
});

describe('taking members off a group', () => {
  const uids = fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 8 });

  it('leaves exactly the group written without them, whatever the order and however named', () => {
    fc.assert(
      fc.property(uids, fc.func(fc.boolean()), fc.constantFrom(appleGroup, vcard4Group), (members, goes, group) => {
        const gone = members.filter((uid) => goes(uid));
        const kept = members.filter((uid) => !goes(uid));
        const octets = withoutMembers(
          readCard(Buffer.from(group(...members))),
          gone.map((uid) => uid.toUpperCase()),
        );
        expect(octets?.toString()).toBe(gone.length === 0 ? undefined : group(...kept));
      }),
    );
  });
});
