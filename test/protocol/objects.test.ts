/** PUT, GET, HEAD and DELETE of objects over HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caldav, carddav } from '../../src/xml/names.ts';
import {
  aCard,
  anEvent,
  BOOK,
  CALENDAR,
  type DavServer,
  ICALENDAR,
  PREFIXES,
  startDavServer,
  VCARD,
} from '../support/dav-server.ts';

let server: DavServer;
beforeAll(async () => {
  server = await startDavServer();
});
afterAll(() => server.stop());

describe('PUT', () => {
  it('creates with 201 and a strong ETag under which GET gives the same octets (RFC 6352 §6.3.2)', async () => {
    const card = aCard('put-1', 'Zoë Ünal', 'X-ODD;A="b;c":kept', 'item1.TEL:+1 555', 'item1.X-ABLabel:boat');
    const put = await server.ann('PUT', `${BOOK}put-1.vcf`, card, { ...VCARD, 'if-none-match': '*' });
    expect(put.status).toBe(201);
    const got = await server.ann('GET', `${BOOK}put-1.vcf`);
    expect(got.status).toBe(200);
    expect(got.text).toBe(card);
    expect(got.headers.etag).toBe(put.headers.etag);
    expect(got.headers.etag).toMatch(/^"[^"]+"$/);
    expect(got.headers['content-type']).toMatch(/^text\/vcard/);
  });

  it('keeps the ETag when the same octets come again (RFC 9110 §8.8)', async () => {
    const first = await server.ann('PUT', `${BOOK}same.vcf`, aCard('same'), VCARD);
    const again = await server.ann('PUT', `${BOOK}same.vcf`, aCard('same'), VCARD);
    expect(again.status).toBe(204);
    expect(again.headers.etag).toBe(first.headers.etag);
  });

  it('refuses If-None-Match: * on what is there, and If-Match on what is not or moved on, with 412 (RFC 9110 §13.1)', async () => {
    const { headers } = await server.ann('PUT', `${BOOK}cond.vcf`, aCard('cond'), VCARD);
    const create = await server.ann('PUT', `${BOOK}cond.vcf`, aCard('cond', 'B'), { ...VCARD, 'if-none-match': '*' });
    expect(create.status).toBe(412);
    const stale = await server.ann('PUT', `${BOOK}cond.vcf`, aCard('cond', 'B'), { ...VCARD, 'if-match': '"old"' });
    expect(stale.status).toBe(412);
    const fresh = await server.ann('PUT', `${BOOK}cond.vcf`, aCard('cond', 'B'), {
      ...VCARD,
      'if-match': headers.etag!,
    });
    expect(fresh.status).toBe(204);
    const missing = await server.ann('PUT', `${BOOK}none.vcf`, aCard('none'), { ...VCARD, 'if-match': '*' });
    expect(missing.status).toBe(412);
    expect((await server.ann('GET', `${BOOK}none.vcf`)).status).toBe(404);
  });

  it('gives back what it stored to a client that prefers it, of jCard too, with its ETag (RFC 8144 §3.1)', async () => {
    const prefer = { prefer: 'return=representation' };
    const card = aCard('shown', 'Shown');
    const made = await server.ann('PUT', `${BOOK}shown.vcf`, card, { ...VCARD, ...prefer });
    expect([made.status, made.text, made.headers['preference-applied']]).toEqual([201, card, 'return=representation']);
    const jcard = '["vcard",[["version",{},"text","4.0"],["uid",{},"text","shown"],["fn",{},"text","Later"]]]';
    const json = { 'content-type': 'application/vcard+json' };
    const changed = await server.ann('PUT', `${BOOK}shown.vcf`, jcard, { ...json, ...prefer });
    const read = await server.ann('GET', `${BOOK}shown.vcf`);
    expect([changed.status, changed.text, changed.headers.etag]).toEqual([200, read.text, read.headers.etag]);
    expect(changed.headers['content-location']).toBe(`${BOOK}shown.vcf`);
    expect((await server.ann('PUT', `${BOOK}shown.vcf`, jcard, json)).headers.etag).toBeUndefined();
  });

  it('gives the current version with 412 to a client that prefers it, and keeps the refused body (RFC 8144 §3.2)', async () => {
    const now = aCard('mine', 'On the server');
    await server.ann('PUT', `${BOOK}mine.vcf`, now, VCARD);
    const stale = { ...VCARD, 'if-match': '"old"', prefer: 'return=representation' };
    const refused = await server.ann('PUT', `${BOOK}mine.vcf`, aCard('mine', 'Too late'), stale);
    expect([refused.status, refused.text]).toEqual([412, now]);
    expect(refused.headers.etag).toBe((await server.ann('GET', `${BOOK}mine.vcf`)).headers.etag);
    const kept = await server.context.db.selectFrom('conflict_copy').select(['name', 'body']).execute();
    expect(kept.map(({ name, body }) => [name, body.toString()])).toContainEqual([
      'mine.vcf',
      aCard('mine', 'Too late'),
    ]);
  });

  it('names the other card in no-uid-conflict, in the namespace of CardDAV (RFC 6352 §6.3.2.1)', async () => {
    await server.ann('PUT', `${BOOK}uid%20a.vcf`, aCard('uid-a'), VCARD);
    const clash = await server.ann('PUT', `${BOOK}uid-b.vcf`, aCard('uid-a'), VCARD);
    expect(clash.status).toBe(409);
    expect(clash.conditions()[0]).toBe(carddav('no-uid-conflict'));
    expect(clash.text).toContain(`${BOOK}uid%20a.vcf`);
  });

  it('names the other event in no-uid-conflict, in the namespace of CalDAV (RFC 4791 §5.3.2.1)', async () => {
    await server.ann('PUT', `${CALENDAR}a.ics`, anEvent('event-a'), ICALENDAR);
    const clash = await server.ann('PUT', `${CALENDAR}b.ics`, anEvent('event-a'), ICALENDAR);
    expect(clash.conditions()[0]).toBe(caldav('no-uid-conflict'));
  });

  it('refuses a PUT that changes the UID of what is there, and takes one UID in two books (RFC 6352 §6.3.2.1)', async () => {
    await server.ann('PUT', `${BOOK}keep.vcf`, aCard('keep'), VCARD);
    const changed = await server.ann('PUT', `${BOOK}keep.vcf`, aCard('another'), VCARD);
    expect([changed.status, changed.conditions()[0]]).toEqual([409, carddav('no-uid-conflict')]);
    await server.bob('PUT', '/dav/addressbooks/bob/contacts/keep.vcf', aCard('keep'), VCARD);
    const type = '<D:resourcetype><D:collection/><CR:addressbook/></D:resourcetype>';
    await server.ann(
      'MKCOL',
      '/dav/addressbooks/ann/second/',
      `<D:mkcol ${PREFIXES}><D:set><D:prop>${type}</D:prop></D:set></D:mkcol>`,
    );
    expect((await server.ann('PUT', '/dav/addressbooks/ann/second/keep.vcf', aCard('keep'), VCARD)).status).toBe(201);
  });

  it('refuses what is no card with valid-address-data and the line, and stores nothing (RFC 6352 §6.3.2.1)', async () => {
    const refused = await server.ann('PUT', `${BOOK}bad.vcf`, 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:cut', VCARD);
    expect(refused.status).toBe(403);
    expect(refused.conditions()[0]).toBe(carddav('valid-address-data'));
    expect(refused.text).toMatch(/line \d/i);
    expect((await server.ann('GET', `${BOOK}bad.vcf`)).status).toBe(404);
  });

  it('refuses another media type with supported-address-data (RFC 6352 §6.3.2.1)', async () => {
    for (const type of ['text/html', 'text/calendar', 'application/json', 'image/png']) {
      const refused = await server.ann('PUT', `${BOOK}type.vcf`, aCard('type'), { 'content-type': type });
      expect([refused.status, refused.conditions()[0]], type).toEqual([403, carddav('supported-address-data')]);
    }
  });

  it.each([
    'application/x-www-form-urlencoded',
    'text/plain; charset=utf-8',
    'application/octet-stream',
    'application/vcard',
  ])('takes what is a card from programs that only say %s, as curl does (RFC 6352 §6.3.2.1)', async (type) => {
    const sent = { 'content-type': type, 'if-none-match': '*' };
    const path = `${BOOK}untold-${type.replace(/\W/g, '')}.vcf`;
    const put = await server.ann('PUT', path, `\ufeff${aCard(path)}`, sent);
    expect([put.status, Boolean(put.headers.etag)]).toEqual([201, true]);
    const got = await server.ann('GET', path);
    expect([got.headers['content-type'], got.text]).toEqual(['text/vcard; charset=utf-8', `\ufeff${aCard(path)}`]);
    const event = await server.ann('PUT', `${CALENDAR}untold.ics`, anEvent(`untold-${type}`), sent);
    expect(event.status).toBe(type === 'application/vcard' ? 403 : 201);
    await server.ann('DELETE', `${CALENDAR}untold.ics`);
    const note = await server.ann('PUT', `${BOOK}untold-note.vcf`, 'no card', { 'content-type': type });
    expect([note.status, note.conditions()[0]?.replace(/.*\}/, '')]).toEqual([
      403,
      type === 'application/vcard' ? 'valid-address-data' : 'supported-address-data',
    ]);
  });

  it('takes a media type in odd case with parameters (RFC 9110 §8.3.1)', async () => {
    const put = await server.ann('PUT', `${BOOK}case.vcf`, aCard('case'), {
      'content-type': 'Text/VCard; Charset="UTF-8"',
    });
    expect(put.status).toBe(201);
  });

  it('answers 409 where there is no collection, and 405 on a collection (RFC 4918 §9.7)', async () => {
    expect((await server.ann('PUT', '/dav/addressbooks/ann/none/a.vcf', aCard('x'), VCARD)).status).toBe(409);
    expect((await server.ann('PUT', BOOK, aCard('x'), VCARD)).status).toBe(405);
  });

  it('answers 413 with max-resource-size beyond the limit (RFC 6352 §6.3.2.1)', async () => {
    const photo = `PHOTO:${'A'.repeat(11 * 1024 * 1024)}`;
    const refused = await server.ann('PUT', `${BOOK}big.vcf`, aCard('big', 'Big', photo), VCARD);
    expect(refused.status).toBe(413);
    expect(refused.conditions()[0]).toBe(carddav('max-resource-size'));
    expect((await server.ann('PROPFIND', BOOK, undefined, { depth: '0' })).status).toBe(207);
  });
});

describe('GET', () => {
  it('answers 304 to If-None-Match with the current ETag (RFC 9110 §13.1.2)', async () => {
    const { headers } = await server.ann('PUT', `${BOOK}get.vcf`, aCard('get'), VCARD);
    const got = await server.ann('GET', `${BOOK}get.vcf`, undefined, { 'if-none-match': headers.etag! });
    expect(got.status).toBe(304);
    expect(got.octets.length).toBe(0);
  });

  it('gives ranges with 206 and refuses those outside with 416 (RFC 9110 §14)', async () => {
    const card = aCard('range');
    await server.ann('PUT', `${BOOK}range.vcf`, card, VCARD);
    const part = await server.ann('GET', `${BOOK}range.vcf`, undefined, { range: 'bytes=6-10' });
    expect(part.status).toBe(206);
    expect(part.text).toBe('VCARD');
    expect(part.headers['content-range']).toBe(`bytes 6-10/${card.length}`);
    const outside = await server.ann('GET', `${BOOK}range.vcf`, undefined, { range: 'bytes=99999-' });
    expect(outside.status).toBe(416);
  });

  it('answers HEAD like GET without the body (RFC 9110 §9.3.2)', async () => {
    const card = aCard('head');
    await server.ann('PUT', `${BOOK}head.vcf`, card, VCARD);
    const head = await server.ann('HEAD', `${BOOK}head.vcf`);
    expect(head.status).toBe(200);
    expect(head.headers['content-length']).toBe(String(Buffer.byteLength(card)));
    expect(head.octets.length).toBe(0);
  });

  it('converts to vCard 4.0 by Accept under a weak ETag of its own (RFC 6352 §5.1.1)', async () => {
    await server.ann('PUT', `${BOOK}conv.vcf`, aCard('conv'), VCARD);
    const four = await server.ann('GET', `${BOOK}conv.vcf`, undefined, { accept: 'text/vcard; version=4.0' });
    expect(four.text).toContain('VERSION:4.0');
    expect(four.headers.etag).toMatch(/^W\//);
    const json = await server.ann('GET', `${BOOK}conv.vcf`, undefined, { accept: 'application/vcard+json' });
    expect(JSON.parse(json.text)[0]).toBe('vcard');
  });
});

describe('DELETE', () => {
  it('removes with 204, then 404; a stale If-Match is refused with 412 (RFC 4918 §9.6)', async () => {
    await server.ann('PUT', `${BOOK}del.vcf`, aCard('del'), VCARD);
    expect((await server.ann('DELETE', `${BOOK}del.vcf`, undefined, { 'if-match': '"old"' })).status).toBe(412);
    expect((await server.ann('DELETE', `${BOOK}del.vcf`)).status).toBe(204);
    expect((await server.ann('DELETE', `${BOOK}del.vcf`)).status).toBe(404);
    expect((await server.ann('GET', `${BOOK}del.vcf`)).status).toBe(404);
  });
});

describe('paths', () => {
  it('are compared percent-decoded, with UTF-8 and @ (RFC 3986 §6.2.2)', async () => {
    await server.ann('PUT', `${BOOK}j%C3%B6rg%40home.vcf`, aCard('enc'), VCARD);
    const got = await server.ann('GET', `${BOOK}%6a%c3%b6rg@home.vcf`);
    expect(got.status).toBe(200);
  });

  it('hold no way around access by dots or double slashes', async () => {
    await server.bob('PUT', '/dav/addressbooks/bob/contacts/secret.vcf', aCard('secret'), VCARD);
    for (const path of [
      '/dav/addressbooks/ann/../bob/contacts/secret.vcf',
      '/dav/addressbooks/ann/%2e%2e/bob/contacts/secret.vcf',
      '/dav/addressbooks/ann%2F..%2Fbob/contacts/secret.vcf',
      '//dav//addressbooks//bob//contacts/secret.vcf',
    ]) {
      const answer = await server.ann('GET', path);
      expect([400, 404], path).toContain(answer.status);
    }
  });
});

describe('other people', () => {
  it("see another user's resources exactly like missing ones (RFC 3744 §5.4, 404)", async () => {
    await server.ann('PUT', `${BOOK}private.vcf`, aCard('private'), VCARD);
    for (const [there, missing] of [
      [`${BOOK}private.vcf`, `${BOOK}missing.vcf`],
      [BOOK, '/dav/addressbooks/ann/missing/'],
      ['/dav/addressbooks/ann/', '/dav/addressbooks/nobody/'],
    ] as const) {
      for (const method of ['GET', 'PROPFIND', 'DELETE', 'PROPPATCH', 'REPORT', 'MOVE']) {
        const [a, b] = await Promise.all(
          [there, missing].map((path) => server.bob(method, path, '<D:propfind xmlns:D="DAV:"/>', { depth: '0' })),
        );
        expect([a!.status, a!.headers.allow], `${method} ${there}`).toEqual([b!.status, b!.headers.allow]);
      }
    }
    expect((await server.bob('PUT', `${BOOK}new.vcf`, aCard('new'), VCARD)).status).toBe(409);
  });

  it('are asked for credentials with Basic and UTF-8 (RFC 7617 §2.1)', async () => {
    const answer = await server.anonymous('PROPFIND', '/dav/', undefined, { depth: '0' });
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toMatch(/^Basic realm="[^"]+", charset="UTF-8"$/);
  });
});
