/** Replaying sync reports always equals the collection: random changes, limits, several readers, writers at the same time (RFC 6578). */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pruneTombstones } from '../../src/store/changes.ts';
import { findCollection } from '../../src/store/collections.ts';
import { findPrincipalByName } from '../../src/store/principals.ts';
import { dav } from '../../src/xml/names.ts';
import { foundText, syncTokenOf } from '../support/dav-client.ts';
import { aCard, type DavServer, PREFIXES, propfindBody, startDavServer, VCARD } from '../support/dav-server.ts';

let server: DavServer;
beforeAll(async () => {
  server = await startDavServer();
});
afterAll(() => server.stop());

const HOME = '/dav/addressbooks/ann/';
let books = 0;

async function newBook(): Promise<string> {
  const path = `${HOME}model-${++books}/`;
  const body = `<D:mkcol ${PREFIXES}><D:set><D:prop><D:resourcetype><D:collection/><CR:addressbook/></D:resourcetype></D:prop></D:set></D:mkcol>`;
  expect((await server.ann('MKCOL', path, body)).status).toBe(201);
  return path;
}

/** A client's copy of one book. */
interface Replica {
  readonly book: string;
  readonly etags: Map<string, string>;
  token: string;
}

/** One report; true when the answer was cut. A refused token makes the replica start over. */
async function step(replica: Replica, limit: number | undefined): Promise<boolean> {
  const cut = limit === undefined ? '' : `<D:limit><D:nresults>${limit}</D:nresults></D:limit>`;
  const body = `<D:sync-collection ${PREFIXES}><D:sync-token>${replica.token}</D:sync-token><D:sync-level>1</D:sync-level>${cut}<D:prop><D:getetag/></D:prop></D:sync-collection>`;
  const answer = await server.ann('REPORT', replica.book, body);
  if (answer.status === 403) {
    expect(answer.conditions()[0]).toBe(dav('valid-sync-token'));
    replica.token = '';
    replica.etags.clear();
    return true;
  }
  expect(answer.status).toBe(207);
  let again = false;
  for (const [href, response] of answer.responses()) {
    if (href === replica.book) again = response.status === 507;
    else if (response.status === 404) replica.etags.delete(href);
    else replica.etags.set(href, foundText(response, dav('getetag'))!);
  }
  replica.token = syncTokenOf(answer);
  return again;
}

async function drain(replica: Replica, limit: number | undefined): Promise<void> {
  for (let round = 0; await step(replica, limit); round++) expect(round).toBeLessThan(200);
}

async function listed(book: string): Promise<Map<string, string>> {
  const answer = await server.ann('PROPFIND', book, propfindBody('D:getetag'), { depth: '1', prefer: 'depth-noroot' });
  return new Map([...answer.responses()].map(([href, response]) => [href, foundText(response, dav('getetag'))!]));
}

const sorted = (etags: ReadonlyMap<string, string>) => [...etags].sort(([a], [b]) => (a < b ? -1 : 1));

async function prune(book: string): Promise<void> {
  const { db, clock } = server.context;
  const ann = await findPrincipalByName(db, server.organisationId, 'ann');
  const name = book.slice(HOME.length, -1);
  const collection = await findCollection(db, server.organisationId, ann!.principal_id, 'addressbook', name);
  server.clock.advance(1000);
  await pruneTombstones(db, server.organisationId, collection!.collection_id, new Date(clock.now()));
}

type Change =
  | { readonly kind: 'put' | 'delete' | 'move'; readonly book: number; readonly name: number; readonly version: number }
  | { readonly kind: 'sync'; readonly reader: number; readonly limit: number | undefined }
  | { readonly kind: 'prune'; readonly book: number };

const name = fc.nat({ max: 5 });
const change: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom('put' as const, 'put' as const, 'delete' as const, 'move' as const),
      book: fc.nat({ max: 1 }),
      name,
      version: fc.nat({ max: 3 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('sync' as const),
      reader: fc.nat({ max: 2 }),
      limit: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('prune' as const), book: fc.nat({ max: 1 }) }) },
);

async function apply(each: Change, pair: readonly string[], readers: readonly Replica[]): Promise<void> {
  if (each.kind === 'sync') return void (await step(readers[each.reader]!, each.limit));
  if (each.kind === 'prune') return prune(pair[each.book]!);
  const path = `${pair[each.book]}${each.name}.vcf`;
  if (each.kind === 'put') await server.ann('PUT', path, aCard(`uid-${each.name}`, `V${each.version}`), VCARD);
  else if (each.kind === 'delete') await server.ann('DELETE', path);
  else await server.ann('MOVE', path, undefined, { destination: `${pair[1 - each.book]}${each.name}.vcf` });
}

describe('sync-collection', () => {
  it('replayed in any order of changes, limits and prunings equals the book (RFC 6578 §3)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 5, maxLength: 30 }), async (changes) => {
        const pair = [await newBook(), await newBook()];
        const readers = [0, 1, 0].map((at): Replica => ({ book: pair[at]!, etags: new Map(), token: '' }));
        for (const each of changes) await apply(each, pair, readers);
        for (const reader of readers) {
          await drain(reader, 2);
          expect(sorted(reader.etags)).toEqual(sorted(await listed(reader.book)));
        }
      }),
      { numRuns: 12 },
    );
  });

  it('read while others write misses nothing once they are done (RFC 6578 §3.4)', async () => {
    const book = await newBook();
    const readers = [1, 2, undefined].map((limit) => ({
      limit,
      replica: { book, etags: new Map(), token: '' } as Replica,
    }));
    let writing = true;
    const writers = Array.from({ length: 4 }, async (_, writer) => {
      for (let i = 0; i < 25; i++) {
        const path = `${book}${writer}-${i % 5}.vcf`;
        if (i % 7 === 6) await server.ann('DELETE', path);
        else await server.ann('PUT', path, aCard(`${writer}-${i % 5}`, `V${i}`), VCARD);
      }
    });
    const reading = readers.map(async ({ limit, replica }) => {
      while (writing) await step(replica, limit);
    });
    await Promise.all(writers);
    writing = false;
    await Promise.all(reading);
    for (const { limit, replica } of readers) {
      await drain(replica, limit);
      expect(sorted(replica.etags)).toEqual(sorted(await listed(book)));
    }
  });
});
