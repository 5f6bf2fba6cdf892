/** Replaying sync reports always equals what is there: random changes of every kind, limits, several readers, writers at the same time (RFC 6578). */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../src/base/errors.ts';
import type { Actor } from '../../src/commands/context.ts';
import { importObjects } from '../../src/commands/import-objects.ts';
import { mergeStoredCards } from '../../src/commands/merge-cards.ts';
import { pruneTombstones } from '../../src/store/changes.ts';
import { findCollection } from '../../src/store/collections.ts';
import { listEntries } from '../../src/store/objects.ts';
import { findPrincipalByName } from '../../src/store/principals.ts';
import { aCard, type DavServer, PREFIXES, startDavServer, VCARD } from '../support/dav-server.ts';
import { expectInStep, replicaOf, syncStep } from '../support/sync-replica.ts';

let server: DavServer;
let ann: Actor;
beforeAll(async () => {
  server = await startDavServer();
  const { principal_id } = (await findPrincipalByName(server.context.db, server.organisationId, 'ann'))!;
  ann = { organisationId: server.organisationId, principalId: principal_id, name: 'ann', role: 'member' };
});
afterAll(() => server.stop());

const HOME = '/dav/addressbooks/ann/';
const MKBOOK = `<D:mkcol ${PREFIXES}><D:set><D:prop><D:resourcetype><D:collection/><CR:addressbook/></D:resourcetype></D:prop></D:set></D:mkcol>`;
let books = 0;

async function newBook(): Promise<string> {
  const path = `${HOME}model-${++books}/`;
  expect((await server.ann('MKCOL', path, MKBOOK)).status).toBe(201);
  return path;
}

const collectionAt = (book: string) =>
  findCollection(server.context.db, ann.organisationId, ann.principalId, 'addressbook', book.slice(HOME.length, -1));

async function prune(book: string): Promise<void> {
  const { db, clock } = server.context;
  const collection = await collectionAt(book);
  server.clock.advance(1000);
  if (collection) await pruneTombstones(db, ann.organisationId, collection.collection_id, new Date(clock.now()));
}

/** Imports two cards in one step, which replace those that have their UIDs. */
async function importInto(book: string, first: number, version: number): Promise<void> {
  const collection = await collectionAt(book);
  const file = [first, first + 1].map((each) => aCard(`uid-${each}`, `Imported ${version}`)).join('');
  const source = (async function* () {
    yield Buffer.from(file);
  })();
  if (collection) await importObjects(server.context, { collection, source, policy: 'replace' });
}

/** Merges the first cards of a book; what others changed meanwhile may refuse it. */
async function merge(book: string, count: number): Promise<void> {
  const collection = await collectionAt(book);
  const entries = collection ? await listEntries(server.context.db, ann.organisationId, collection.collection_id) : [];
  const [referenceId, ...memberIds] = entries.slice(0, count).map((entry) => entry.object_id);
  if (!referenceId || memberIds.length === 0) return;
  try {
    await mergeStoredCards(server.context, ann, { referenceId, memberIds, choices: {} });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

interface Change {
  readonly kind: keyof typeof CHANGES;
  /** Which of the two books. */
  readonly book: number;
  readonly name: number;
  readonly version: number;
}

/** Every way in which a book changes. A refused one (a UID that stands elsewhere, a name that is gone) changes nothing. */
const CHANGES = {
  put: ({ name, version }: Change, own: string) =>
    server.ann('PUT', `${own}${name}.vcf`, aCard(`uid-${name}`, `V${version}`), VCARD),
  delete: ({ name }: Change, own: string) => server.ann('DELETE', `${own}${name}.vcf`),
  move: ({ name }: Change, own: string, other: string) =>
    server.ann('MOVE', `${own}${name}.vcf`, undefined, { destination: `${other}${name}.vcf` }),
  rename: ({ name, version }: Change, own: string) =>
    server.ann('MOVE', `${own}${name}.vcf`, undefined, { destination: `${own}${version}.vcf` }),
  copy: ({ name }: Change, own: string, other: string) =>
    server.ann('COPY', `${own}${name}.vcf`, undefined, { destination: `${other}copy-${name}.vcf` }),
  import: ({ name, version }: Change, own: string) => importInto(own, name, version),
  merge: ({ version }: Change, own: string) => merge(own, 2 + version),
  prune: (_: Change, own: string) => prune(own),
  remake: async (_: Change, own: string) => {
    await server.ann('DELETE', own);
    await server.ann('MKCOL', own, MKBOOK);
  },
};

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.oneof(
    { weight: 6, arbitrary: fc.constant('put' as const) },
    { weight: 9, arbitrary: fc.constantFrom('delete', 'move', 'rename', 'copy', 'import', 'merge', 'prune') },
    { weight: 1, arbitrary: fc.constant('remake' as const) },
  ) as fc.Arbitrary<Change['kind']>,
  book: fc.nat({ max: 1 }),
  name: fc.nat({ max: 5 }),
  version: fc.nat({ max: 3 }),
});
const sync = fc.record({
  reader: fc.nat({ max: 4 }),
  limit: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
});
const step = fc.oneof({ weight: 3, arbitrary: change }, { weight: 1, arbitrary: sync });

describe('sync-collection', () => {
  it('replayed in any order of changes, limits and prunings equals the books and their home, at both levels (RFC 6578 §3)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const pair = [await newBook(), await newBook()];
        const readers = [
          ...[0, 1, 0].map((at) => replicaOf(server.ann, pair[at]!)),
          replicaOf(server.ann, HOME),
          replicaOf(server.ann, HOME, 'infinite'),
        ];
        for (const each of steps) {
          if ('reader' in each) await syncStep(readers[each.reader]!, each.limit);
          else await CHANGES[each.kind](each, pair[each.book]!, pair[1 - each.book]!);
        }
        for (const reader of readers) await expectInStep(reader, 2);
        for (const book of pair) await server.ann('DELETE', book);
        for (const reader of readers.slice(3)) await expectInStep(reader);
      }),
      { numRuns: 10 },
    );
  }, 300_000);

  it('goes on with a first list that a limit cut, however many deletions before it were forgotten (RFC 6578 §3.2, §3.6)', async () => {
    const book = await newBook();
    for (let i = 0; i < 5; i++) await server.ann('PUT', `${book}${i}.vcf`, aCard(`first-${i}`), VCARD);
    await server.ann('PUT', `${book}gone.vcf`, aCard('gone'), VCARD);
    await server.ann('DELETE', `${book}gone.vcf`);
    await prune(book);
    for (const level of ['1', 'infinite'] as const)
      for (const limit of [1, 2]) await expectInStep(replicaOf(server.ann, level === '1' ? book : HOME, level), limit);
    const late = replicaOf(server.ann, book);
    await syncStep(late, 2);
    const { token } = late;
    await server.ann('DELETE', `${book}0.vcf`);
    await prune(book);
    await syncStep(late, 2);
    expect([token, late.token]).toEqual([expect.stringMatching(/:2:7$/), '']);
    await server.ann('DELETE', book);
  });

  it('read while others write, move, import and merge misses nothing once they are done (RFC 6578 §3.4)', async () => {
    const pair = [await newBook(), await newBook()] as const;
    const readers = [
      ...([1, 2, undefined] as const).map((limit) => ({ limit, replica: replicaOf(server.ann, pair[0]) })),
      { limit: 2, replica: replicaOf(server.ann, pair[1]) },
      { limit: 3, replica: replicaOf(server.ann, HOME, 'infinite') },
      { limit: undefined, replica: replicaOf(server.ann, HOME) },
    ];
    let writing = true;
    const writers = Array.from({ length: 4 }, async (_, writer) => {
      for (let i = 0; i < 20; i++) {
        const path = `${pair[0]}${writer}-${i % 5}.vcf`;
        if (i % 7 === 6) await server.ann('DELETE', path);
        else if (i % 7 === 5)
          await server.ann('MOVE', path, undefined, { destination: path.replace(pair[0], pair[1]) });
        else await server.ann('PUT', path, aCard(`${writer}-${i % 5}`, `V${i}`), VCARD);
        if (writer === 0 && i % 5 === 4) await importInto(pair[i % 2]!, i, i);
        if (writer === 1 && i % 6 === 5) await merge(pair[0], 3);
      }
    });
    const reading = readers.map(async ({ limit, replica }) => {
      while (writing) await syncStep(replica, limit);
    });
    await Promise.all(writers);
    writing = false;
    await Promise.all(reading);
    for (const { limit, replica } of readers) await expectInStep(replica, limit);
  }, 300_000);
});
