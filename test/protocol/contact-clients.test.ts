/** Contacts clients from the first request to the deletion of a card: each row of the client table with its own requests and habits. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { childrenOf, type Element, textOf } from '../../src/xml/element.ts';
import { carddav, dav, type Name } from '../../src/xml/names.ts';
import { type DavAnswer, type DavClient, foundText, type Headers, syncTokenOf } from '../support/dav-client.ts';
import { aCard, type DavServer, PREFIXES, propfindBody, startDavServer, VCARD } from '../support/dav-server.ts';

let server: DavServer;
let client: DavClient;
beforeAll(async () => {
  server = await startDavServer();
  client = server.ann;
});
afterAll(() => server.stop());

const hrefsOf = (element: Element | undefined) => (element ? childrenOf(element).map(textOf) : []);

async function find(path: string, names: readonly string[], depth: string, headers: Headers = {}): Promise<DavAnswer> {
  const answer = await client('PROPFIND', path, propfindBody(...names), { depth, ...headers });
  const { location } = answer.headers;
  return answer.status === 301 && location ? find(location, names, depth, headers) : answer;
}

function hrefIn(answer: DavAnswer, name: Name): string {
  const [response] = answer.responses().values();
  return hrefsOf(response?.properties.get(name)?.element)[0]!;
}

/** From where a client begins to its address books: principal, home, collections of the type addressbook. */
async function booksFrom(start: string, trimmed = false): Promise<string[]> {
  const bare = (href: string) => (trimmed ? href.replace(/\/$/, '') : href);
  const principal = hrefIn(
    await find(start, ['D:current-user-principal', 'D:resourcetype'], '0'),
    dav('current-user-principal'),
  );
  const home = hrefIn(
    await find(bare(principal), ['CR:addressbook-home-set', 'D:displayname'], '0'),
    carddav('addressbook-home-set'),
  );
  const listed = await find(
    bare(home),
    ['D:resourcetype', 'D:displayname', 'D:current-user-privilege-set', 'CS:getctag', 'D:sync-token'],
    '1',
  );
  return [...listed.responses()]
    .filter(([, { properties }]) =>
      childrenOf(properties.get(dav('resourcetype'))!.element).some(({ name }) => name === carddav('addressbook')),
    )
    .map(([href]) => href);
}

/** How a client learns of changes: hrefs with entity tags, and those that are gone. */
type Look = (book: string) => Promise<ReadonlyMap<string, string>>;

/** PROPFIND Depth 1 whenever the ctag has changed. */
function byCtag(): Look {
  let seen = new Map<string, string>();
  let ctag: string | undefined;
  return async (book) => {
    const about = await find(book, ['CS:getctag'], '0');
    const now = textOf(
      [...about.responses().values()][0]!.properties.get('{http://calendarserver.org/ns/}getctag')!.element,
    );
    if (now === ctag) return seen;
    ctag = now;
    const answer = await find(book, ['D:getetag', 'D:getcontenttype', 'D:resourcetype'], '1');
    seen = new Map(
      [...answer.responses()].flatMap(([href, response]) => {
        const type = foundText(response, dav('getcontenttype'));
        return type?.startsWith('text/vcard') ? [[href, foundText(response, dav('getetag'))!] as const] : [];
      }),
    );
    return seen;
  };
}

/** sync-collection with the token kept, in steps of `limit` where the client sets one. */
function byToken(limit?: number, level = '<D:sync-level>1</D:sync-level>', headers: Headers = {}): Look {
  const seen = new Map<string, string>();
  let token = '';
  return async (book) => {
    for (let again = true; again; ) {
      const cut = limit === undefined ? '' : `<D:limit><D:nresults>${limit}</D:nresults></D:limit>`;
      const body = `<D:sync-collection ${PREFIXES}><D:sync-token>${token}</D:sync-token>${level}${cut}<D:prop><D:getetag/></D:prop></D:sync-collection>`;
      const answer = await client('REPORT', book, body, headers);
      expect(answer.status).toBe(207);
      const responses = answer.responses();
      again = responses.get(book)?.status === 507;
      responses.delete(book);
      for (const [href, response] of responses)
        if (response.status === 404) seen.delete(href);
        else seen.set(href, foundText(response, dav('getetag'))!);
      token = syncTokenOf(answer);
    }
    return seen;
  };
}

async function multiget(
  book: string,
  hrefs: readonly string[],
  data = '<CR:address-data/>',
): Promise<Map<string, string>> {
  const body = `<CR:addressbook-multiget ${PREFIXES}><D:prop><D:getetag/>${data}</D:prop>${hrefs.map((href) => `<D:href>${href}</D:href>`).join('')}</CR:addressbook-multiget>`;
  const answer = await client('REPORT', book, body, { depth: '1' });
  expect(answer.status).toBe(207);
  return new Map(
    [...answer.responses()].map(([href, response]) => [href, foundText(response, carddav('address-data'))!]),
  );
}

interface Client {
  readonly name: string;
  readonly start: string;
  readonly trimmed?: boolean;
  readonly look: () => Look;
  /** File name of a new card. */
  readonly file: (n: number) => string;
  readonly data?: string;
  readonly card?: (uid: string, name: string) => string;
  readonly create?: Headers;
  readonly update?: (etag: string) => Headers;
}

const four = (uid: string, name: string) => aCard(uid, name).replace('VERSION:3.0', 'VERSION:4.0');
const ifMatch = (etag: string): Headers => ({ 'if-match': etag });
const CREATE: Headers = { 'if-none-match': '*' };

const CLIENTS: readonly Client[] = [
  {
    name: 'iOS',
    start: '/.well-known/carddav',
    trimmed: true,
    look: () => byToken(undefined, '', { depth: '1' }),
    file: (n) => `5A1B2C3D-000${n}-4E5F-8A9B-0C1D2E3F4A5B.vcf`,
    create: CREATE,
    update: ifMatch,
  },
  {
    name: 'macOS',
    start: '/principals/',
    trimmed: true,
    look: byCtag,
    file: (n) => `5A1B2C3D-111${n}-4E5F-8A9B-0C1D2E3F4A5B-ABSPlugin.vcf`,
    create: CREATE,
    update: ifMatch,
  },
  {
    name: 'DAVx5',
    start: '/dav/',
    look: () => byToken(),
    file: (n) => `5b1f0c9e-0a0b-4c0d-8e0f-00112233445${n}.vcf`,
    data: '<CR:address-data content-type="text/vcard" version="4.0"/>',
    card: four,
    create: CREATE,
    update: ifMatch,
  },
  {
    name: 'Thunderbird',
    start: '/.well-known/carddav',
    look: () => byToken(2),
    file: (n) => `tb-${n}.vcf`,
    update: ifMatch,
  },
  { name: 'Evolution', start: '/', look: byCtag, file: (n) => `Ünï ${n}.vcf`, create: CREATE, update: ifMatch },
  { name: 'vdirsyncer', start: '/', look: byCtag, file: (n) => `vdir.${n}.vcf`, create: CREATE, update: ifMatch },
  {
    name: 'Outlook CalDav Synchronizer',
    start: '/dav',
    look: () => byToken(),
    file: (n) => `outlook ${n}.vcf`,
    create: CREATE,
    update: ifMatch,
  },
  {
    name: 'tsdav',
    start: '/.well-known/carddav',
    look: () => byToken(undefined, '<D:sync-level>1</D:sync-level>', { depth: '1' }),
    file: (n) => `ts-${n}.vcf`,
    create: CREATE,
    update: ifMatch,
  },
];

describe.each(CLIENTS)('$name', ({ name, start, trimmed, look, file, data, card = aCard, create = {}, update }) => {
  it('sets up, uploads, sees changes of others, edits, meets a conflict, and deletes', async () => {
    const books = await booksFrom(start, trimmed);
    expect(books).toContain('/dav/addressbooks/ann/contacts/');
    const [book] = books as [string];
    const seeing = look();
    const before = new Set((await seeing(book)).keys());
    const uid = (n: number) => `${name}-${n}`.replaceAll(' ', '-');
    const paths = [1, 2, 3].map((n) => book + encodeURIComponent(file(n)));
    const etags: string[] = [];
    for (const [at, path] of paths.entries()) {
      const put = await client('PUT', path, card(uid(at), `Card ${at}`), { ...VCARD, ...create });
      expect(put.status).toBe(201);
      etags.push(put.headers.etag!);
    }
    const mine = new Map([...(await seeing(book))].filter(([href]) => !before.has(href)));
    expect(new Set([...mine.keys()].map(decodeURI))).toEqual(new Set(paths.map(decodeURIComponent)));
    expect([...mine.values()].sort()).toEqual([...etags].sort());
    const bodies = await multiget(book, [...mine.keys()], data);
    for (const body of bodies.values()) expect(body).toContain(data ? 'VERSION:4.0' : 'VERSION:3.0');
    // another device changes one and deletes one
    const changed = await client('PUT', paths[1]!, card(uid(1), 'Changed elsewhere'), VCARD);
    await client('DELETE', paths[2]!);
    const after = new Map([...(await seeing(book))].map(([href, etag]) => [decodeURI(href), etag]));
    expect(after.get(decodeURIComponent(paths[1]!))).toBe(changed.headers.etag);
    expect(after.has(decodeURIComponent(paths[2]!))).toBe(false);
    const stale = update?.(etags[1]!) ?? {};
    expect((await client('PUT', paths[1]!, card(uid(1), 'Mine'), { ...VCARD, ...stale })).status).toBe(412);
    const fresh = update?.(changed.headers.etag!) ?? {};
    expect((await client('PUT', paths[1]!, card(uid(1), 'Mine'), { ...VCARD, ...fresh })).status).toBe(204);
    for (const path of paths.slice(0, 2)) expect((await client('DELETE', path)).status).toBe(204);
    expect(new Set((await seeing(book)).keys())).toEqual(before);
  });
});
