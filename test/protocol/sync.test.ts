/** sync-collection over HTTP (RFC 6578). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dav } from '../../src/xml/names.ts';
import { type DavAnswer, foundText, syncTokenOf } from '../support/dav-client.ts';
import { aCard, type DavServer, PREFIXES, startDavServer, VCARD } from '../support/dav-server.ts';

let server: DavServer;
beforeAll(async () => {
  server = await startDavServer();
});
afterAll(() => server.stop());

const HOME = '/dav/addressbooks/ann/';

async function newBook(name: string): Promise<string> {
  const body = `<D:mkcol ${PREFIXES}><D:set><D:prop><D:resourcetype><D:collection/><CR:addressbook/></D:resourcetype></D:prop></D:set></D:mkcol>`;
  await server.ann('MKCOL', `${HOME}${name}/`, body);
  return `${HOME}${name}/`;
}

function sync(
  path: string,
  token = '',
  options: { limit?: number; level?: string; props?: string } = {},
): Promise<DavAnswer> {
  const limit = options.limit === undefined ? '' : `<D:limit><D:nresults>${options.limit}</D:nresults></D:limit>`;
  const body = `<D:sync-collection ${PREFIXES}><D:sync-token>${token}</D:sync-token><D:sync-level>${options.level ?? '1'}</D:sync-level>${limit}<D:prop>${options.props ?? '<D:getetag/>'}</D:prop></D:sync-collection>`;
  return server.ann('REPORT', path, body);
}

const put = (path: string, uid: string, name = 'N') => server.ann('PUT', path, aCard(uid, name), VCARD);

describe('sync-collection', () => {
  it('lists everything first, then only changes and deletions (RFC 6578 §3.4, §3.5)', async () => {
    const book = await newBook('first');
    await put(`${book}a.vcf`, 'a');
    await put(`${book}b.vcf`, 'b');
    const first = await sync(book);
    expect([...first.responses().keys()].sort()).toEqual([`${book}a.vcf`, `${book}b.vcf`]);
    const changed = await put(`${book}a.vcf`, 'a', 'Changed');
    await server.ann('DELETE', `${book}b.vcf`);
    const delta = await sync(book, syncTokenOf(first));
    expect(foundText(delta.responses().get(`${book}a.vcf`), dav('getetag'))).toBe(changed.headers.etag);
    expect(delta.responses().get(`${book}b.vcf`)!.status).toBe(404);
    const nothing = await sync(book, syncTokenOf(delta));
    expect(nothing.responses().size).toBe(0);
    expect(syncTokenOf(nothing)).toBe(syncTokenOf(delta));
  });

  it('gives the token that the collection tells as a property (RFC 6578 §4)', async () => {
    const book = await newBook('property');
    await put(`${book}a.vcf`, 'a');
    const body = `<D:propfind ${PREFIXES}><D:prop><D:sync-token/></D:prop></D:propfind>`;
    const property = await server.ann('PROPFIND', book, body, { depth: '0' });
    expect(foundText(property.responses().get(book), dav('sync-token'))).toBe(syncTokenOf(await sync(book)));
  });

  it('answers 507 and a resumable token when limit cuts the list, first and later (RFC 6578 §3.6)', async () => {
    const book = await newBook('limited');
    for (let i = 0; i < 7; i++) await put(`${book}${i}.vcf`, `l${i}`);
    const start = syncTokenOf(await sync(await newBook('other')));
    expect(start).not.toBe('');
    for (const from of ['', syncTokenOf(await sync(book, '', { limit: 1 }))]) {
      const seen = new Set<string>(from === '' ? [] : [`${book}0.vcf`]);
      let token = from;
      for (let round = 0; round < 10; round++) {
        const answer = await sync(book, token, { limit: 2 });
        const responses = answer.responses();
        const cut = responses.get(book);
        for (const href of responses.keys()) if (href !== book) seen.add(href);
        expect([...responses.keys()].filter((href) => href !== book).length).toBeLessThanOrEqual(2);
        token = syncTokenOf(answer);
        if (!cut) break;
        expect(cut.status).toBe(507);
        expect(answer.text).toContain('number-of-matches-within-limits');
      }
      expect(seen.size).toBe(7);
      expect((await sync(book, token)).responses().size).toBe(0);
    }
  });

  it('refuses unknown, foreign, future and malformed tokens with valid-sync-token (RFC 6578 §3.2)', async () => {
    const book = await newBook('tokens');
    const other = syncTokenOf(await sync(await newBook('tokens2')));
    const own = syncTokenOf(await sync(book));
    const future = own.replace(/\d+$/, '999');
    for (const token of [other, future, 'urn:uuid:6b1f6d3e-3b3c-4c3e-9c6f-2f6d6a1f0c11', 'x', 'http://example.com/1']) {
      const answer = await sync(book, token);
      expect([answer.status, answer.conditions()[0]], token).toEqual([403, dav('valid-sync-token')]);
    }
  });

  it('gives other properties and the data when they are asked for', async () => {
    const book = await newBook('data');
    await put(`${book}a.vcf`, 'data-a');
    const answer = await sync(book, '', { props: '<D:getetag/><D:getcontenttype/><CR:address-data/>' });
    expect(answer.text).toContain('UID:data-a');
    expect(answer.text).toContain('text/vcard');
  });

  it('tells a home which collections came, changed and went, and with infinite what changed inside (RFC 6578 §3.3)', async () => {
    const kept = await newBook('kept');
    const gone = await newBook('gone');
    const before = syncTokenOf(await sync(HOME, '', { level: 'infinite' }));
    await put(`${kept}a.vcf`, 'in-home');
    await server.ann('DELETE', gone);
    const level1 = await sync(HOME, before, { props: '<D:resourcetype/>' });
    expect([...level1.responses().keys()].sort()).toEqual([gone, kept]);
    expect(level1.responses().get(gone)!.status).toBe(404);
    const infinite = await sync(HOME, before, { level: 'infinite' });
    expect([...infinite.responses().keys()]).toContain(`${kept}a.vcf`);
    expect((await sync(HOME, syncTokenOf(infinite), { level: 'infinite' })).responses().size).toBe(0);
  });

  it('resumes a cut home report exactly, too (RFC 6578 §3.6)', async () => {
    const book = await newBook('home-limit');
    for (let i = 0; i < 5; i++) await put(`${book}${i}.vcf`, `h${i}`);
    const all = new Set([...(await sync(HOME, '', { level: 'infinite' })).responses().keys()]);
    const seen = new Set<string>();
    let token = '';
    for (let round = 0; round < 60; round++) {
      const answer = await sync(HOME, token, { level: 'infinite', limit: 3 });
      for (const href of answer.responses().keys()) if (href !== HOME) seen.add(href);
      token = syncTokenOf(answer);
      if (!answer.responses().has(HOME)) break;
    }
    expect([...all].filter((href) => !seen.has(href))).toEqual([]);
  });
});

describe('a sync token in an If header', () => {
  const tokenOf = async (path: string) => syncTokenOf(await sync(path));
  const onTag = (path: string, token: string) => ({ if: `<${path}> (<${token}>)` });

  it('deletes a collection only as long as nothing has changed in it, and a home likewise guards what is made in it (RFC 6578 §5)', async () => {
    const book = await newBook('guarded');
    const before = await tokenOf(book);
    await put(`${book}a.vcf`, 'a');
    const after = await tokenOf(book);
    for (const condition of [`(<${before}>)`, `(Not <${after}>)`, '(<urn:nothing>)'])
      expect((await server.ann('DELETE', book, undefined, { if: condition })).status, condition).toBe(412);
    const made = (token: string) => server.ann('MKCOL', `${HOME}in-guarded/`, undefined, onTag(HOME, token));
    const home = await tokenOf(HOME);
    expect((await server.ann('DELETE', book, undefined, { if: `(<${before}>) (<${after}>)` })).status).toBe(204);
    expect((await made(home)).status).toBe(412);
    expect((await made(await tokenOf(HOME))).status).toBe(201);
  });

  it('lets one of many writers through who all saw the same state (RFC 6578 §5)', async () => {
    const book = await newBook('raced');
    const token = await tokenOf(book);
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const answers = await Promise.all(
      names.map((name) =>
        server.ann('PUT', `${book}${name}.vcf`, aCard(`raced-${name}`), { ...VCARD, ...onTag(book, token) }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 412, 412, 412, 412, 412]);
    const [held] = (await sync(book)).responses().keys();
    const seen = await tokenOf(book);
    const gone = await Promise.all(
      names.map(() => server.ann('DELETE', held!, undefined, { if: `<${book}> (<${seen}>)` })),
    );
    expect(gone.filter(({ status }) => status === 204)).toHaveLength(1);
  });
});
