/** The first accounts are made once, as a whole or not at all; the sample book shows what it says it shows. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import type { Context } from '../../src/commands/context.ts';
import { DEFAULT_LIMITS } from '../../src/commands/limits.ts';
import { suggest } from '../../src/dedup/engine.ts';
import { extractRecord } from '../../src/dedup/extract/extract.ts';
import { DEMO_CARDS } from '../../src/seed/demo-cards.ts';
import { cardFile } from '../../src/seed/demo-files.ts';
import { seedFirstStart } from '../../src/seed/first-start.ts';
import { countObjects, findCollection, listCollections } from '../../src/store/collections.ts';
import { countOrganisations, findPrincipalByLogin } from '../../src/store/principals.ts';
import { isGroup, linesNamed, readCard, uidOf } from '../../src/vcard/card.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { testClock } from '../support/server.ts';

const GROUPS = DEMO_CARDS.map((group) => ({
  ...group,
  cards: group.cards.map((card) => ({ id: card.id, card: readCard(cardFile(card).octets) })),
}));
const ALL = GROUPS.flatMap((group) => group.cards);

describe('the sample book', () => {
  it('has about forty cards, each with a UID of its own and a name', () => {
    expect(ALL.length).toBeGreaterThan(30);
    expect(new Set(ALL.map(({ card }) => uidOf(card))).size).toBe(ALL.length);
    for (const { card, id } of ALL) expect(linesNamed(card, 'FN'), id).toHaveLength(1);
  });

  it('has a group card whose members are all in the book', () => {
    const groups = ALL.filter(({ card }) => isGroup(card));
    expect(groups).toHaveLength(1);
    const uids = new Set(ALL.map(({ card }) => `urn:uuid:${uidOf(card)}`));
    const members = linesNamed(groups[0]!.card, 'X-ADDRESSBOOKSERVER-MEMBER').map((line) => line.value);
    expect(members).toHaveLength(3);
    for (const member of members) expect(uids).toContain(member);
  });

  it('makes the engine bring together exactly the people who have several cards', () => {
    const records = ALL.filter(({ card }) => !isGroup(card)).map(({ id, card }) =>
      extractRecord(card, { id, region: 'GB' }),
    );
    const found = suggest(records, []).map(({ members }) => [...members].sort().join(' '));
    const expected = GROUPS.filter((group) => group.duplicates).map((group) =>
      group.cards
        .map(({ id }) => id)
        .sort()
        .join(' '),
    );
    expect(found.sort()).toEqual(expected.sort());
  });
});

describe('the first start', () => {
  let database: FreshDatabase;
  let context: Context;
  beforeAll(async () => {
    database = await freshDatabase();
    context = { db: database.db, clock: testClock(), log: silentLog, limits: DEFAULT_LIMITS };
  });
  afterAll(() => database.drop());

  it('leaves nothing when it is cut off on the way', async () => {
    const failing: Context = {
      ...context,
      limits: { ...DEFAULT_LIMITS, maxCalendarObjectSize: 10 },
    };
    await expect(seedFirstStart(failing, { demo: true })).rejects.toThrow();
    expect(await countOrganisations(database.db)).toBe(0);
  });

  it('makes administrator, demo user, cards and events once, though two start at the same time', async () => {
    const both = await Promise.all([seedFirstStart(context, { demo: true }), seedFirstStart(context, { demo: true })]);
    const made = both.filter((each) => each !== undefined);
    expect(made).toHaveLength(1);
    expect(made[0]!.demo?.cards).toBe(ALL.length);
    expect(await countOrganisations(database.db)).toBe(1);

    const demo = (await findPrincipalByLogin(database.db, 'demo'))!;
    const { organisation_id: organisationId, principal_id: ownerId } = demo;
    for (const [kind, name, count] of [
      ['addressbook', 'contacts', ALL.length],
      ['calendar', 'calendar', 5],
    ] as const) {
      const collection = (await findCollection(database.db, organisationId, ownerId, kind, name))!;
      const counts = await countObjects(database.db, organisationId, [collection.collection_id]);
      expect(counts.get(collection.collection_id)).toBe(count);
    }
    expect(await listCollections(database.db, organisationId, ownerId)).toHaveLength(2);
  });

  it('gives the administrator a password that must be changed, and the demo user one that need not', async () => {
    expect((await findPrincipalByLogin(database.db, 'admin'))?.password_temporary).toBe(true);
    expect((await findPrincipalByLogin(database.db, 'demo'))?.password_temporary).toBe(false);
  });

  it('makes nothing where there is somebody already', async () => {
    expect(await seedFirstStart(context, { demo: true })).toBeUndefined();
  });
});
