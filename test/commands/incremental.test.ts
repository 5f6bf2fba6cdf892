import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { createOrganisation, createPrincipal } from '../../src/commands/accounts.ts';
import type { Actor, Context } from '../../src/commands/context.ts';
import { decide, listDecisionGroups, revokeDecision } from '../../src/commands/decide.ts';
import { deleteObject } from '../../src/commands/delete-object.ts';
import { importObjects } from '../../src/commands/import-objects.ts';
import { DEFAULT_LIMITS } from '../../src/commands/limits.ts';
import { mergeStoredCards } from '../../src/commands/merge-cards.ts';
import { putObject } from '../../src/commands/put-object.ts';
import { rescoreStale } from '../../src/commands/rescore-cards.ts';
import { performRun, runNow } from '../../src/commands/run-dedup.ts';
import { undoStoredMerge } from '../../src/commands/undo-merge.ts';
import { startRescoreQueue } from '../../src/jobs/rescore-queue.ts';
import { type Collection, findCollection } from '../../src/store/collections.ts';
import { listMerges } from '../../src/store/merges.ts';
import { listEntries } from '../../src/store/objects.ts';
import { listOldRecords, replaceOldRecords } from '../../src/store/old-records.ts';
import { listSuggestions } from '../../src/store/suggestion-lists.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { testClock } from '../support/server.ts';
import { listPairs } from '../support/stored-pairs.ts';

let database: FreshDatabase;
let context: Context;
let people = 0;
const clock = testClock();

beforeAll(async () => {
  database = await freshDatabase();
  context = { db: database.db, clock, log: silentLog, limits: DEFAULT_LIMITS };
});
afterAll(() => database.drop());

interface Person {
  readonly actor: Actor;
  readonly book: Collection;
}

async function newPerson(): Promise<Person> {
  const name = `person${++people}`;
  const organisationId = await createOrganisation(context, name);
  const principalId = await createPrincipal(context, { organisationId, kind: 'user', name });
  const book = (await findCollection(context.db, organisationId, principalId, 'addressbook', 'contacts'))!;
  return { actor: { organisationId, principalId, name, role: 'member' }, book };
}

/** A small world of people, so that random cards often share a name, a number or an address. */
const contact = fc.record({
  given: fc.constantFrom('Anna', 'Anne', 'Ann', 'Robert', 'Bob', 'Maria', 'Jan'),
  family: fc.constantFrom('Berger', 'Bergers', 'Müller', 'Mueller', 'Novak'),
  phone: fc.constantFrom('', '+49 170 1234567', '+49 170 7654321', '+41 44 668 18 00'),
  email: fc.constantFrom('', 'anna@example.org', 'b.mueller@example.com', 'info@example.net'),
});
type Contact = typeof contact extends fc.Arbitrary<infer T> ? T : never;

const vcard = (uid: string, { given, family, phone, email }: Contact, note = ''): Buffer =>
  Buffer.from(
    [
      'BEGIN:VCARD',
      'VERSION:3.0',
      `UID:${uid}`,
      `FN:${given} ${family}`,
      `N:${family};${given};;;`,
      ...(phone ? [`TEL;TYPE=CELL:${phone}`] : []),
      ...(email ? [`EMAIL:${email}`] : []),
      ...(note ? [`NOTE:${note}`] : []),
      'END:VCARD',
      '',
    ].join('\r\n'),
  );

type Step =
  | { readonly do: 'put'; readonly at: number; readonly contact: Contact }
  | { readonly do: 'delete'; readonly at: number }
  | { readonly do: 'import'; readonly contacts: readonly Contact[] }
  | { readonly do: 'copies'; readonly count: number; readonly contact: Contact }
  | { readonly do: 'merge' | 'hide' | 'later'; readonly at: number }
  | { readonly do: 'undo' | 'revoke' | 'rescore' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('put' as const), at: fc.nat(12), contact }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('delete' as const), at: fc.nat(12) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('import' as const), contacts: fc.array(contact, { maxLength: 4 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('copies' as const), count: fc.integer({ min: 2, max: 10 }), contact }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('merge' as const, 'hide' as const, 'later' as const), at: fc.nat(5) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('undo' as const, 'revoke' as const, 'rescore' as const) }) },
);

let imported = 0;

async function importCards(book: Collection, contacts: readonly Contact[], note: () => string): Promise<void> {
  const source = (async function* () {
    for (const each of contacts) yield vcard(`i${++imported}`, each, note());
  })();
  await importObjects(context, { collection: book, source, policy: 'skip' });
}

async function take({ actor, book }: Person, next: Step): Promise<void> {
  clock.advance(1000);
  const { organisationId, principalId } = actor;
  const filter = { now: new Date(clock.now()) };
  switch (next.do) {
    case 'put':
      await putObject(context, {
        collection: book,
        name: `c${next.at}.vcf`,
        octets: vcard(`c${next.at}`, next.contact),
      });
      return;
    case 'delete':
      await deleteObject(context, { collection: book, name: `c${next.at}.vcf` }).catch(() => {});
      return;
    case 'import':
      await importCards(book, next.contacts, () => '');
      return;
    case 'copies':
      // a device that made copy after copy, each a little different
      await importCards(book, Array<Contact>(next.count).fill(next.contact), () => `copy ${imported}`);
      return;
    case 'rescore':
      if ((await rescoreStale(context, actor)) !== 'done') await runNow(context, actor, 'changes');
      return;
    case 'undo': {
      const merge = (await listMerges(context.db, organisationId, principalId, 10)).find((row) => !row.undone_at);
      if (merge) await undoStoredMerge(context, actor, merge.merge_id, 'keep-edits');
      return;
    }
    case 'revoke': {
      const [group] = await listDecisionGroups(context, actor, { limit: 1 });
      if (group) await revokeDecision(context, actor, group.id);
      return;
    }
    default: {
      const rows = await listSuggestions(context.db, organisationId, principalId, filter, 50);
      const entries = await listEntries(context.db, organisationId, book.collection_id);
      const present = new Set(entries.map((entry) => entry.object_id));
      const row = rows[next.at % Math.max(1, rows.length)];
      if (!row?.members.every((id) => present.has(id))) return;
      const memberIds = row.members.filter((id) => id !== row.reference_id);
      if (next.do === 'later')
        await decide(context, actor, { verdict: 'later', cardIds: row.members, until: new Date(clock.now() + DAY) });
      else if (next.do === 'hide') await decide(context, actor, { verdict: 'different', cardIds: row.members });
      else await mergeStoredCards(context, actor, { referenceId: row.reference_id, memberIds, choices: {} });
    }
  }
}

async function state({ actor }: Person) {
  const { organisationId, principalId } = actor;
  const filter = { now: new Date(clock.now()) };
  const suggestions = await listSuggestions(context.db, organisationId, principalId, filter, 1000);
  return {
    pairs: await listPairs(context.db, organisationId, principalId),
    latent: await context.db
      .selectFrom('pair')
      .select(['object_a', 'object_b', 'score'])
      .where('organisation_id', '=', organisationId)
      .where('latent', '=', true)
      .orderBy('object_a')
      .orderBy('object_b')
      .execute(),
    suggestions: suggestions.map(({ suggestion_id: _, created_at: __, reasons: ___, ...row }) => row),
  };
}

describe.each([
  ['a book that is read whole', DEFAULT_LIMITS.mostUnkeyed],
  ['a book that keeps rows of keys', 0],
  ['a book that grows from the one to the other', 8],
])('incremental scoring of %s', (_, mostUnkeyed) => {
  beforeAll(() => {
    context = { ...context, limits: { ...DEFAULT_LIMITS, mostUnkeyed } };
  });

  it('leaves the pairs and ranked clusters that a full run leaves, after any sequence of changes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
        const person = await newPerson();
        await take(person, { do: 'import', contacts: SEED });
        await runNow(context, person.actor, 'manual');
        for (const next of steps) await take(person, next);
        await take(person, { do: 'rescore' });
        const incremental = await state(person);
        await runNow(context, person.actor, 'manual');
        expect(incremental).toEqual(await state(person));
      }),
      { numRuns: 15, endOnFailure: true },
    );
  }, 120_000);

  it('finds nothing to do when nothing changed', async () => {
    const person = await newPerson();
    await take(person, { do: 'import', contacts: SEED });
    await runNow(context, person.actor, 'manual');
    const before = await state(person);
    expect(await rescoreStale(context, person.actor)).toBe('done');
    expect(await state(person)).toEqual(before);
  });
});

describe('an update of the engine', () => {
  it('reads the cards anew that an older one read, then scores them', async () => {
    const person = await newPerson();
    const { organisationId } = person.actor;
    await take(person, { do: 'import', contacts: SEED });
    await runNow(context, person.actor, 'manual');
    const before = await state(person);
    const records = () =>
      context.db
        .selectFrom('record')
        .select(['object_id', 'data', 'engine_version'])
        .where('organisation_id', '=', organisationId)
        .orderBy('object_id')
        .execute();
    const read = await records();
    await sql`update record set engine_version = 1, data = jsonb_set(data, '{phones}', '[]')
      where organisation_id = ${organisationId}`.execute(context.db);
    await sql`update dedup_state set engine_version = 1 where organisation_id = ${organisationId}`.execute(context.db);
    const queue = startRescoreQueue(context, {
      pauseMs: DAY,
      runEngine: (request) => performRun(context, request),
    });
    await queue.drain();
    await queue.stop();
    expect(await records()).toEqual(read);
    expect(await state(person)).toEqual(before);
  });

  it('keeps the record of a card that was written while old ones were read', async () => {
    const { actor, book } = await newPerson();
    await putObject(context, { collection: book, name: 'a.vcf', octets: vcard('a', SEED[0]!) });
    const find = async () => (await listEntries(context.db, actor.organisationId, book.collection_id))[0]!.object_id;
    const newer = {
      objectId: await find(),
      oldHash: 'of another content',
      contentHash: 'old',
      data: {},
      engineVersion: 99,
    };
    await replaceOldRecords(context.db, actor.organisationId, [newer]);
    expect(await listOldRecords(context.db, actor.organisationId, actor.principalId, 99)).toEqual([newer.objectId]);
  });
});

const DAY = 24 * 60 * 60_000;

const SEED: readonly Contact[] = [
  { given: 'Anna', family: 'Berger', phone: '+49 170 1234567', email: '' },
  { given: 'Ann', family: 'Berger', phone: '', email: 'anna@example.org' },
  { given: 'Anna', family: 'Berger', phone: '+49 170 1234567', email: 'anna@example.org' },
  { given: 'Robert', family: 'Müller', phone: '', email: 'b.mueller@example.com' },
  { given: 'Bob', family: 'Mueller', phone: '+49 170 7654321', email: 'b.mueller@example.com' },
];
