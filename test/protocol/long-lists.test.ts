/** Lists that fill more than one page: whole, each member once, and in step with the token that goes with them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findCollection, lockCollections } from '../../src/store/collections.ts';
import { inTransaction } from '../../src/store/database.ts';
import { PAGE, taggedPages } from '../../src/store/object-pages.ts';
import { type CollectionScope, putObjects } from '../../src/store/object-writes.ts';
import { findPrincipalByName } from '../../src/store/principals.ts';
import { dav } from '../../src/xml/names.ts';
import { type DavAnswer, foundText, syncTokenOf } from '../support/dav-client.ts';
import { aCard, BOOK, type DavServer, PREFIXES, startDavServer, VCARD } from '../support/dav-server.ts';
import { anObject, THEN } from '../support/fixtures.ts';

const CARDS = 2 * PAGE + 300;
const ODD = ['a b.vcf', 'ä&<>"\'.vcf', '100%.vcf', 'x@y:z.vcf', "it's~(1)!*.vcf", '\u{1F600}.vcf'];
const nameOf = (i: number) => ODD[i] ?? `card-${i}.vcf`;

let server: DavServer;
let scope: CollectionScope;
beforeAll(async () => {
  server = await startDavServer();
  const { organisationId } = server;
  const { db } = server.context;
  const { principal_id: ownerId } = (await findPrincipalByName(db, organisationId, 'ann'))!;
  const book = await findCollection(db, organisationId, ownerId, 'addressbook', 'contacts');
  scope = { organisationId, ownerId, collectionId: book!.collection_id };
  const cards = Array.from({ length: CARDS }, (_, i) =>
    anObject(nameOf(i), { body: Buffer.from(aCard(`long-${i}`)), etag: `etag-${i}`, record: undefined }),
  );
  await inTransaction(server.context.db, async (tx) => {
    await lockCollections(tx, scope.organisationId, [scope.collectionId]);
    for (let from = 0; from < CARDS; from += 500) await putObjects(tx, scope, cards.slice(from, from + 500), THEN);
  });
}, 60_000);
afterAll(() => server.stop());

const hrefOf = (name: string) => BOOK + encodeURIComponent(name).replaceAll('%40', '@').replaceAll('%3A', ':');
const expected = Array.from({ length: CARDS }, (_, i) => hrefOf(nameOf(i))).sort();

function sync(token = '', more = '', props = '<D:getetag/>'): Promise<DavAnswer> {
  const body = `<D:sync-collection ${PREFIXES}><D:sync-token>${token}</D:sync-token><D:sync-level>1</D:sync-level>${more}<D:prop>${props}</D:prop></D:sync-collection>`;
  return server.ann('REPORT', BOOK, body);
}

const hrefsIn = (answer: DavAnswer): string[] =>
  [...answer.text.matchAll(/<D:href>([^<]*)</g)].map(([, href]) => href!);
const plain = (hrefs: readonly string[]) => hrefs.map((href) => href.replaceAll('&amp;', '&')).sort();

describe('a list that fills more than one page', () => {
  it('holds each member once with its ETag, whatever its name, for PROPFIND and the first synchronisation', async () => {
    const body = `<D:propfind ${PREFIXES}><D:prop><D:getetag/></D:prop></D:propfind>`;
    const listed = await server.ann('PROPFIND', BOOK, body, { depth: '1', prefer: 'depth-noroot' });
    const first = await sync();
    for (const answer of [listed, first]) {
      expect(plain(hrefsIn(answer))).toEqual(expected);
      expect(foundText(answer.responses().get(hrefOf(nameOf(3))), dav('getetag'))).toBe('"etag-3"');
    }
    expect((await sync(syncTokenOf(first))).responses().size).toBe(0);
  });

  it('holds other properties and the data, too, when they are asked for', async () => {
    const answer = await sync('', '', '<D:getetag/><CR:address-data/>');
    expect(plain(hrefsIn(answer))).toEqual(expected);
    expect(answer.text.match(/UID:long-/g)).toHaveLength(CARDS);
  });

  it('is cut where the client names a limit, and gone on with (RFC 6578 §3.6)', async () => {
    const seen: string[] = [];
    let token = '';
    for (let cut = true; cut; ) {
      const answer = await sync(token, '<D:limit><D:nresults>900</D:nresults></D:limit>');
      seen.push(...hrefsIn(answer).filter((href) => href !== BOOK));
      token = syncTokenOf(answer);
      cut = answer.responses().has(BOOK);
    }
    expect(plain(seen)).toEqual(expected);
  });

  it('that changes while it is read lists nothing twice, and the next synchronisation tells the rest', async () => {
    const { token, listed } = await listedWhileChanging();
    expect(new Set(listed).size).toBe(listed.length);
    const delta = await sync(token);
    const known = new Set(listed);
    for (const [href, { status }] of delta.responses()) {
      if (status === 404) known.delete(href);
      else known.add(href);
    }
    const now = await sync();
    expect([...known].sort()).toEqual(
      hrefsIn(now)
        .map((href) => href.replaceAll('&amp;', '&'))
        .sort(),
    );
  });
});

/** Reads the pages as a report does, and changes the book between them: behind and before the place it has come to. */
async function listedWhileChanging() {
  const token = syncTokenOf(await sync('', '<D:limit><D:nresults>1000000</D:nresults></D:limit>'));
  const listed: string[] = [];
  for await (const page of taggedPages(server.context.db, scope.organisationId, scope.collectionId)) {
    listed.push(...page.map(({ name }) => hrefOf(name)));
    const last = page.at(-1)!.name;
    await server.ann('PUT', `${BOOK}0-${encodeURIComponent(last)}`, aCard(`before-${last}`), VCARD);
    await server.ann('PUT', `${BOOK}zz-${encodeURIComponent(last)}`, aCard(`behind-${last}`), VCARD);
    await server.ann('DELETE', hrefOf(page[0]!.name));
    await server.ann('DELETE', `${BOOK}card-${page.length + 900}.vcf`);
  }
  return { token, listed };
}
