import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../src/base/errors.ts';
import { silentLog } from '../../src/base/log.ts';
import { createOrganisation, createPrincipal } from '../../src/commands/accounts.ts';
import { createCollection } from '../../src/commands/collections.ts';
import type { Actor, Context } from '../../src/commands/context.ts';
import { deleteObject } from '../../src/commands/delete-object.ts';
import { DEFAULT_LIMITS } from '../../src/commands/limits.ts';
import { mergeStoredCards } from '../../src/commands/merge-cards.ts';
import { putObject } from '../../src/commands/put-object.ts';
import { undoStoredMerge } from '../../src/commands/undo-merge.ts';
import { type Collection, findCollection, findCollectionById } from '../../src/store/collections.ts';
import { findObject, listEntries } from '../../src/store/objects.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { testClock } from '../support/server.ts';

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
  readonly books: readonly [Collection, Collection];
}

async function newPerson(): Promise<Person> {
  const name = `person${++people}`;
  const organisationId = await createOrganisation(context, name);
  const principalId = await createPrincipal(context, { organisationId, kind: 'user', name });
  const home = (await findCollection(context.db, organisationId, principalId, 'addressbook', 'contacts'))!;
  const work = await createCollection(context, {
    organisationId,
    ownerId: principalId,
    kind: 'addressbook',
    name: 'work',
  });
  return { actor: { organisationId, principalId, name, role: 'member' }, books: [home, work] };
}

const line: fc.Arbitrary<string> = fc.constantFrom(
  'TEL;TYPE=CELL:+49 170 1234567',
  'TEL:0170 1234567',
  'EMAIL;TYPE=WORK:a@example.org',
  'item1.EMAIL:b@example.org',
  'item1.X-ABLabel:boat',
  'item2.URL:https://example.org',
  'item2.X-ABLabel:_$!<HomePage>!$_',
  'NOTE:one',
  'NOTE:two\\nlines',
  'BDAY:1980-01-02',
  'BDAY:1981-01-02',
  'ORG:Example;Sales',
  'CATEGORIES:Friends,Work',
  'CATEGORIES:Family',
  'PHOTO;ENCODING=b;TYPE=PNG:iVBORw0KGgo=',
  'PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRg==',
  'X-UNKNOWN;P="a;b":kept',
  'ADR;TYPE=HOME:;;Main St 1;Town;;12345;Land',
  'RELATED:urn:uuid:uid-0',
);

const cardArbitrary = fc.record({
  version: fc.constantFrom('3.0', '4.0'),
  name: fc.constantFrom('Anna Berger', 'Anne Berger', 'A. Berger'),
  lines: fc.array(line, { maxLength: 8 }),
  lineEnd: fc.constantFrom('\r\n', '\n'),
  book: fc.constantFrom(0, 1),
});
type GeneratedCard = typeof cardArbitrary extends fc.Arbitrary<infer T> ? T : never;

const octetsOf = (uid: string, { version, name, lines, lineEnd }: GeneratedCard): Buffer =>
  Buffer.from(
    [
      'BEGIN:VCARD',
      `VERSION:${version}`,
      `UID:${uid}`,
      `FN:${name}`,
      `N:Berger;${name.split(' ')[0]};;;`,
      ...lines,
      'END:VCARD',
      '',
    ].join(lineEnd),
  );

const group = (members: readonly string[]): Buffer =>
  Buffer.from(
    [
      'BEGIN:VCARD',
      'VERSION:3.0',
      'UID:group',
      'FN:All',
      'X-ADDRESSBOOKSERVER-KIND:group',
      ...members.map((uid) => `X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:${uid}`),
      'END:VCARD',
      '',
    ].join('\r\n'),
  );

async function put(collection: Collection, name: string, octets: Buffer): Promise<string> {
  return (await putObject(context, { collection, name, octets })).objectId;
}

/** Every name of both books with its octets. */
async function contents({ books }: Person): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const book of books)
    for (const { name } of await listEntries(context.db, book.organisation_id, book.collection_id)) {
      const object = await findObject(context.db, book.organisation_id, book.collection_id, name);
      found[`${book.name}/${name}`] = object!.body.toString('latin1');
    }
  return found;
}

async function fill(person: Person, cards: readonly GeneratedCard[]): Promise<string[]> {
  const ids: string[] = [];
  for (const [at, card] of cards.entries())
    ids.push(await put(person.books[card.book]!, `c${at}.vcf`, octetsOf(`uid-${at}`, card)));
  await put(person.books[0], 'group.vcf', group(cards.map((_, at) => `uid-${at}`)));
  return ids;
}

const merge = (person: Person, [referenceId, ...memberIds]: readonly string[]) =>
  mergeStoredCards(context, person.actor, { referenceId: referenceId!, memberIds, choices: {} });

async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
  return undefined;
}

const CARD: GeneratedCard = { version: '3.0', name: 'Anna Berger', lines: [], lineEnd: '\r\n', book: 0 };

describe('merge and undo', () => {
  it('give the same bytes everywhere, over two books, groups, relations and mixed versions', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(cardArbitrary, { minLength: 2, maxLength: 5 }), fc.nat(3), async (cards, kept) => {
        const person = await newPerson();
        const ids = await fill(person, cards);
        const before = await contents(person);
        const merged = ids.slice(0, Math.max(2, ids.length - kept));
        const { mergeId, removed } = await merge(person, merged);
        expect(removed).toEqual(merged.slice(1));
        const after = await contents(person);
        expect(Object.keys(after)).toHaveLength(Object.keys(before).length - removed.length);
        await undoStoredMerge(context, person.actor, mergeId, 'ask');
        expect(await contents(person)).toEqual(before);
      }),
      { numRuns: 25, endOnFailure: true },
    );
  }, 120_000);

  it('undo merges in the reverse order to the same bytes, and in no other order', async () => {
    const person = await newPerson();
    const ids = await fill(person, [CARD, { ...CARD, lines: ['NOTE:one'] }, { ...CARD, lines: ['NOTE:two'] }]);
    const before = await contents(person);
    const first = await merge(person, [ids[0]!, ids[1]!]);
    clock.advance(1000);
    const second = await merge(person, [ids[2]!, ids[0]!]);
    expect(await codeOf(undoStoredMerge(context, person.actor, first.mergeId, 'ask'))).toBe('merged-again');
    await undoStoredMerge(context, person.actor, second.mergeId, 'ask');
    await undoStoredMerge(context, person.actor, first.mergeId, 'ask');
    expect(await contents(person)).toEqual(before);
  });

  it('keeps what was added to the merged card and to a group since', async () => {
    const person = await newPerson();
    const ids = await fill(person, [CARD, { ...CARD, lines: ['NOTE:one'] }]);
    const { mergeId } = await merge(person, ids);
    const edit = async (name: string, text: string) => {
      const [book] = person.books;
      const { body } = (await findObject(context.db, book.organisation_id, book.collection_id, name))!;
      await put(book, name, Buffer.from(body.toString().replace('END:VCARD', `${text}\r\nEND:VCARD`)));
    };
    await edit('c0.vcf', 'TITLE:Baker');
    await edit('group.vcf', 'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:somebody');
    await undoStoredMerge(context, person.actor, mergeId, 'ask');
    const after = await contents(person);
    expect(after['contacts/c0.vcf']).toContain('TITLE:Baker');
    expect(after['contacts/c0.vcf']).not.toContain('NOTE:one');
    expect(after['contacts/c1.vcf']).toBe(octetsOf('uid-1', { ...CARD, lines: ['NOTE:one'] }).toString('latin1'));
    expect(after['contacts/group.vcf']).toContain('urn:uuid:somebody');
    expect(after['contacts/group.vcf']).toContain('urn:uuid:uid-1');
  });

  it('asks where an edit touched what the merge brought in, and does as it is told', async () => {
    const person = await newPerson();
    const ids = await fill(person, [CARD, { ...CARD, lines: ['EMAIL:b@example.org'] }]);
    const { mergeId } = await merge(person, ids);
    const [book] = person.books;
    const { body } = (await findObject(context.db, book.organisation_id, book.collection_id, 'c0.vcf'))!;
    await put(book, 'c0.vcf', Buffer.from(body.toString().replace('b@example.org', 'new@example.org')));
    const between = await contents(person);
    expect(await codeOf(undoStoredMerge(context, person.actor, mergeId, 'ask'))).toBe('undo-conflict');
    expect(await contents(person)).toEqual(between);
    const { conflicts } = await undoStoredMerge(context, person.actor, mergeId, 'keep-edits');
    expect(conflicts.length).toBeGreaterThan(0);
    const after = await contents(person);
    expect(after['contacts/c0.vcf']).toContain('new@example.org');
    expect(after['contacts/c1.vcf']).toContain('b@example.org');
  });

  it.each([
    ['keep-edits', 'RELATED;TYPE=friend:'],
    ['restore', 'RELATED:urn:uuid:uid-1\r'],
  ] as const)(
    'asks, too, where an edit touched a relation that the merge had re-pointed (%s)',
    async (answer, line) => {
      const person = await newPerson();
      const ids = await fill(person, [CARD, { ...CARD, lines: ['NOTE:one'] }]);
      const [book] = person.books;
      const friend = octetsOf('friend', { ...CARD, version: '4.0', lines: ['RELATED:urn:uuid:uid-1'] });
      const friendId = await put(book, 'friend.vcf', friend);
      const { mergeId } = await merge(person, ids);
      const { body } = (await findObject(context.db, book.organisation_id, book.collection_id, 'friend.vcf'))!;
      expect(body.toString()).toContain('RELATED:urn:uuid:uid-0');
      await put(book, 'friend.vcf', Buffer.from(body.toString().replace('RELATED:', 'RELATED;TYPE=friend:')));
      const between = await contents(person);
      expect(await codeOf(undoStoredMerge(context, person.actor, mergeId, 'ask'))).toBe('undo-conflict');
      expect(await contents(person)).toEqual(between);
      const { conflicts } = await undoStoredMerge(context, person.actor, mergeId, answer);
      expect(conflicts).toMatchObject([{ cardId: friendId, property: 'RELATED' }]);
      const after = await contents(person);
      expect(after['contacts/friend.vcf']).toContain(line);
      expect(after['contacts/c1.vcf']).toContain('NOTE:one');
    },
  );

  it('brings the sources back when the merged card itself was deleted since', async () => {
    const person = await newPerson();
    const ids = await fill(person, [CARD, { ...CARD, lines: ['NOTE:one'] }]);
    const { mergeId } = await merge(person, ids);
    await deleteObject(context, { collection: person.books[0], name: 'c0.vcf' });
    const { restored } = await undoStoredMerge(context, person.actor, mergeId, 'ask');
    expect(restored).toEqual([ids[1]]);
  });

  it('is one step of the change count for each book: one change and n deletions, no more', async () => {
    const person = await newPerson();
    const ids = await fill(person, [CARD, { ...CARD, book: 1, lines: ['NOTE:one'] }, { ...CARD, lines: ['NOTE:two'] }]);
    const tokens = async () => {
      const found = [];
      for (const book of person.books)
        found.push((await findCollectionById(context.db, book.organisation_id, book.collection_id))!.sync_token);
      return found;
    };
    const before = await tokens();
    await merge(person, ids);
    const after = await tokens();
    expect(after.map((token, at) => token - before[at]!)).toEqual([3, 1]);
  });

  it('is all or nothing: a merged card that would be too large changes nothing', async () => {
    const person = await newPerson();
    const note = (letter: string) => `NOTE:${letter.repeat(3000)}`;
    const ids = await fill(person, [
      { ...CARD, lines: [note('a')] },
      { ...CARD, lines: [note('b')] },
    ]);
    const before = await contents(person);
    const small = { ...context, limits: { ...DEFAULT_LIMITS, maxCardSize: 4000 } };
    const attempt = mergeStoredCards(small, person.actor, { referenceId: ids[0]!, memberIds: [ids[1]!], choices: {} });
    expect(await codeOf(attempt)).toBe('max-resource-size');
    expect(await contents(person)).toEqual(before);
  });

  it('is undone also where its cards are larger than a card may be by now', async () => {
    const person = await newPerson();
    const ids = await fill(person, [CARD, { ...CARD, lines: ['NOTE:one'] }]);
    const before = await contents(person);
    const { mergeId } = await merge(person, ids);
    const tight = { ...context, limits: { ...DEFAULT_LIMITS, maxCardSize: 20 } };
    await undoStoredMerge(tight, person.actor, mergeId, 'ask');
    expect(await contents(person)).toEqual(before);
  });

  it('lets one of two merges of the same cards win, and tells the other', async () => {
    const person = await newPerson();
    const ids = await fill(person, [CARD, { ...CARD, lines: ['NOTE:one'] }]);
    const outcomes = await Promise.all([codeOf(merge(person, ids)), codeOf(merge(person, ids.toReversed()))]);
    expect(outcomes.toSorted()).toEqual(['card-changed', undefined]);
  });

  it('refuses groups, cards of others, and a merge of one card', async () => {
    const [person, other] = [await newPerson(), await newPerson()];
    const ids = await fill(person, [CARD, CARD]);
    const [book] = person.books;
    const groupId = (await findObject(context.db, book.organisation_id, book.collection_id, 'group.vcf'))!.object_id;
    expect(await codeOf(merge(person, [ids[0]!, groupId]))).toBe('group-card');
    expect(await codeOf(merge(person, [ids[0]!, ids[0]!]))).toBe('invalid-merge');
    expect(await codeOf(merge(other, ids))).toBe('card-changed');
  });
});
