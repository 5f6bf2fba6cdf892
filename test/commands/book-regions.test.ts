/** In which country's way the national numbers of a book are read: named by its owner, or guessed from its cards. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changePrincipal } from '../../src/commands/book-regions.ts';
import { createCollection } from '../../src/commands/collections.ts';
import type { Context } from '../../src/commands/context.ts';
import { rescoreStale } from '../../src/commands/rescore-cards.ts';
import { runNow } from '../../src/commands/run-dedup.ts';
import type { ContactRecord } from '../../src/dedup/types.ts';
import { findCollectionById } from '../../src/store/collections.ts';
import { findRecords } from '../../src/store/dedup-index.ts';
import { listEntries } from '../../src/store/objects.ts';
import { contextOf, put, type Sleeping, sleeping } from '../jobs/night-people.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { testClock } from '../support/server.ts';
import { listPairs } from '../support/stored-pairs.ts';

let database: FreshDatabase;
let context: Context;
const clock = testClock();

beforeAll(async () => {
  database = await freshDatabase();
  context = contextOf(database.db, clock);
});
afterAll(() => database.drop());

const NATIONAL = ['0171 2345678', '030 4123456', '0176 99887766', '0160 5544332', '089 1234711', '0221 607080'];

async function fill({ book }: Sleeping): Promise<void> {
  for (const [at, number] of NATIONAL.entries())
    await put(context, book, `c${at}`, `Person${at} Familie${at}`, `TEL:${number}`);
}

async function numbersOf({ actor, book }: Sleeping): Promise<string[]> {
  const { organisation_id, collection_id } = book;
  const ids = (await listEntries(context.db, organisation_id, collection_id)).map((entry) => entry.object_id);
  const records = await findRecords(context.db, organisation_id, actor.principalId, ids);
  return records.flatMap(({ data }) => (data as ContactRecord).phones.map(({ number }) => number)).sort();
}

const bookOf = async ({ book }: Sleeping) =>
  (await findCollectionById(context.db, book.organisation_id, book.collection_id))!;

async function regionOf(person: Sleeping): Promise<unknown[]> {
  const { region, region_guessed } = await bookOf(person);
  return [region, region_guessed];
}

const searched = (person: Sleeping) => runNow(context, person.actor, 'manual');

describe('a book that devices fill', () => {
  it('learns its country from its cards, whose numbers are read anew', async () => {
    const person = await sleeping(context);
    await fill(person);
    expect((await numbersOf(person)).filter((number) => number.startsWith('+'))).toEqual([]);
    await searched(person);
    expect(await regionOf(person)).toEqual(['DE', true]);
    expect((await numbersOf(person)).filter((number) => !number.startsWith('+49'))).toEqual([]);
    await put(context, await bookOf(person), 'later', 'Late Comer', 'TEL:0151 7788990');
    expect(await numbersOf(person)).toContain('+491517788990');
  });

  it('gives way to the country that its owner names, and guesses again when that is taken back', async () => {
    const person = await sleeping(context);
    await fill(person);
    await searched(person);
    await changePrincipal(context, person.actor, { region: 'CH' });
    expect(await regionOf(person)).toEqual(['CH', false]);
    expect(await rescoreStale(context, person.actor)).toBe('needs a full run');
    await searched(person);
    expect(await regionOf(person)).toEqual(['CH', false]);
    expect((await numbersOf(person)).every((number) => !number.startsWith('+49'))).toBe(true);
    await changePrincipal(context, person.actor, { region: null });
    await searched(person);
    expect(await regionOf(person)).toEqual(['DE', true]);
  });

  it('is compared anew with its country known, as a fresh full run compares it', async () => {
    const person = await sleeping(context);
    await fill(person);
    await put(context, person.book, 'twice', 'P. Familie1', 'TEL:+49 30 4123456');
    await searched(person);
    const { organisationId, principalId } = person.actor;
    const pairs = await listPairs(context.db, organisationId, principalId);
    expect(pairs.length).toBeGreaterThan(0);
    await searched(person);
    expect(await listPairs(context.db, organisationId, principalId)).toEqual(pairs);
  });
});

describe('a new book', () => {
  it('begins with the country of its owner, and no calendar does', async () => {
    const { actor } = await sleeping(context);
    const { organisationId, principalId: ownerId } = actor;
    await changePrincipal(context, actor, { region: 'PL' });
    const book = await createCollection(context, { organisationId, ownerId, kind: 'addressbook', name: 'more' });
    const calendar = await createCollection(context, { organisationId, ownerId, kind: 'calendar', name: 'more' });
    expect([book.region, book.region_guessed, calendar.region]).toEqual(['PL', false, null]);
  });

  it('keeps a country of its own when the owner moves', async () => {
    const { actor } = await sleeping(context);
    const { organisationId, principalId: ownerId } = actor;
    const properties = { region: 'AT' };
    const kind = 'addressbook';
    const book = await createCollection(context, { organisationId, ownerId, kind, name: 'vienna', properties });
    await changePrincipal(context, actor, { region: 'PL' });
    expect((await findCollectionById(context.db, organisationId, book.collection_id))?.region).toBe('AT');
  });
});
