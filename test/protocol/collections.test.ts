/** Making, deleting, copying and moving collections and objects over HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { childrenOf } from '../../src/xml/element.ts';
import { caldav, carddav, dav, ical } from '../../src/xml/names.ts';
import { foundText } from '../support/dav-client.ts';
import {
  aCard,
  anEvent,
  BOOK,
  type DavServer,
  ICALENDAR,
  PREFIXES,
  propfindBody,
  startDavServer,
  VCARD,
} from '../support/dav-server.ts';

let server: DavServer;
beforeAll(async () => {
  server = await startDavServer({ baseUrl: 'https://books.example/' });
});
afterAll(() => server.stop());

const HOME = '/dav/addressbooks/ann/';
const mkcol = (properties: string) => `<D:mkcol ${PREFIXES}><D:set><D:prop>${properties}</D:prop></D:set></D:mkcol>`;
const ADDRESSBOOK = '<D:resourcetype><D:collection/><CR:addressbook/></D:resourcetype>';

async function newBook(name: string): Promise<string> {
  expect((await server.ann('MKCOL', `${HOME}${name}/`, mkcol(ADDRESSBOOK))).status).toBe(201);
  return `${HOME}${name}/`;
}

describe('MKCOL', () => {
  it('makes an address book with its properties in one step (RFC 5689 §3)', async () => {
    const path = `${HOME}new/`;
    const made = await server.ann(
      'MKCOL',
      path,
      mkcol(`${ADDRESSBOOK}<D:displayname>New</D:displayname><x xmlns="urn:x">y</x>`),
    );
    expect(made.status).toBe(201);
    const read = await server.ann('PROPFIND', path, propfindBody('D:displayname', 'D:resourcetype'), { depth: '0' });
    expect(foundText(read.responses().get(path), dav('displayname'))).toBe('New');
  });

  it('makes nothing when one property cannot be set (RFC 5689 §3)', async () => {
    const path = `${HOME}refused/`;
    const answer = await server.ann(
      'MKCOL',
      path,
      mkcol(`${ADDRESSBOOK}<D:displayname>No</D:displayname><D:getetag>"x"</D:getetag>`),
    );
    expect(answer.status).toBe(403);
    expect(answer.xml().name).toBe(dav('mkcol-response'));
    expect((await server.ann('PROPFIND', path, undefined, { depth: '0' })).status).toBe(404);
  });

  it('refuses unknown types with valid-resourcetype, places with location-ok, and what exists with 405 (RFC 5689 §3.3, RFC 6352 §6.3.1)', async () => {
    const unknown = await server.ann(
      'MKCOL',
      `${HOME}odd/`,
      mkcol('<D:resourcetype><D:collection/><x xmlns="urn:x"/></D:resourcetype>'),
    );
    expect([unknown.status, unknown.conditions()[0]]).toEqual([403, dav('valid-resourcetype')]);
    for (const path of [`${BOOK}inside/`, '/dav/calendars/ann/book/']) {
      const place = await server.ann('MKCOL', path, mkcol(ADDRESSBOOK));
      expect([place.status, place.conditions()[0]], path).toEqual([403, carddav('addressbook-collection-location-ok')]);
    }
    expect((await server.ann('MKCOL', BOOK, mkcol(ADDRESSBOOK))).status).toBe(405);
    expect((await server.ann('MKCOL', `${HOME}a/b/c/`)).status).toBe(409);
    expect((await server.bob('MKCOL', `${HOME}bobs/`, mkcol(ADDRESSBOOK))).status).toBe(409);
  });
});

describe('MKCALENDAR', () => {
  it('makes a calendar with color, components and zone (RFC 4791 §5.3.1)', async () => {
    const path = '/dav/calendars/ann/tasks/';
    const body = `<C:mkcalendar ${PREFIXES}><D:set><D:prop><D:displayname>Tasks</D:displayname><ICAL:calendar-color>#112233</ICAL:calendar-color><C:supported-calendar-component-set><C:comp name="VTODO"/></C:supported-calendar-component-set></D:prop></D:set></C:mkcalendar>`;
    expect((await server.ann('MKCALENDAR', path, body)).status).toBe(201);
    const read = await server.ann(
      'PROPFIND',
      path,
      propfindBody('ICAL:calendar-color', 'C:supported-calendar-component-set', 'D:resourcetype'),
      { depth: '0' },
    );
    const response = read.responses().get(path)!;
    expect(foundText(response, ical('calendar-color'))).toBe('#112233');
    expect(childrenOf(response.properties.get(caldav('supported-calendar-component-set'))!.element)).toHaveLength(1);
    const event = await server.ann('PUT', `${path}e.ics`, anEvent('e'), ICALENDAR);
    expect([event.status, event.conditions()[0]]).toEqual([403, caldav('supported-calendar-component')]);
  });

  it('is as DAVx5 sends it: with a resourcetype, what is part of other components, a zone by its name alone (RFC 7809 §5.2)', async () => {
    const path = '/dav/calendars/ann/androids/';
    const comps = ['VEVENT', 'VTIMEZONE', 'VALARM'].map((name) => `<C:comp name="${name}"/>`).join('');
    const body = `<C:mkcalendar ${PREFIXES}><D:set><D:prop><D:resourcetype><D:collection/><C:calendar/></D:resourcetype><C:supported-calendar-component-set>${comps}</C:supported-calendar-component-set><C:calendar-timezone>Europe/Vienna</C:calendar-timezone></D:prop></D:set></C:mkcalendar>`;
    expect((await server.ann('MKCALENDAR', path, body)).status).toBe(201);
    const asked = propfindBody('C:calendar-timezone', 'C:calendar-timezone-id', 'C:supported-calendar-component-set');
    const read = (await server.ann('PROPFIND', path, asked, { depth: '0' })).responses().get(path)!;
    expect(foundText(read, caldav('calendar-timezone-id'))).toBe('Europe/Vienna');
    expect(foundText(read, caldav('calendar-timezone'))).toContain('TZID:Europe/Vienna');
    expect(childrenOf(read.properties.get(caldav('supported-calendar-component-set'))!.element)).toHaveLength(1);
  });

  it('works without a body, and says resource-must-be-null and calendar-collection-location-ok (RFC 4791 §5.3.1.1)', async () => {
    expect((await server.ann('MKCALENDAR', '/dav/calendars/ann/plainly/')).status).toBe(201);
    const typed = await server.ann('MKCALENDAR', '/dav/calendars/ann/typed/', `<C:mkcalendar ${PREFIXES}/>`, ICALENDAR);
    expect(typed.status).toBe(201);
    const again = await server.ann('MKCALENDAR', '/dav/calendars/ann/plainly/');
    expect([again.status, again.conditions()[0]]).toEqual([403, dav('resource-must-be-null')]);
    const place = await server.ann('MKCALENDAR', `${HOME}cal/`);
    expect([place.status, place.conditions()[0]]).toEqual([403, caldav('calendar-collection-location-ok')]);
  });
});

describe('DELETE of a collection', () => {
  it('takes everything in it along (RFC 4918 §9.6.1)', async () => {
    const book = await newBook('doomed');
    await server.ann('PUT', `${book}a.vcf`, aCard('a'), VCARD);
    expect((await server.ann('DELETE', book)).status).toBe(204);
    expect((await server.ann('GET', `${book}a.vcf`)).status).toBe(404);
    expect((await server.ann('DELETE', HOME)).status).toBe(405);
  });
});

describe('COPY and MOVE', () => {
  const to = (path: string, more: Record<string, string> = {}) => ({
    destination: `${server.url.slice(0, -1)}${path}`,
    ...more,
  });

  it('move a card between books: same octets and ETag, gone from the old (RFC 4918 §9.9)', async () => {
    const [from, into] = [await newBook('from'), await newBook('into')];
    const put = await server.ann('PUT', `${from}a.vcf`, aCard('move-a'), VCARD);
    const moved = await server.ann('MOVE', `${from}a.vcf`, undefined, to(`${into}b@b.vcf`));
    // a 201 without Location speaks of the request's own target (RFC 9110 §15.3.2)
    expect([moved.status, moved.headers.location]).toEqual([201, `${into}b@b.vcf`]);
    expect((await server.ann('GET', `${from}a.vcf`)).status).toBe(404);
    expect((await server.ann('GET', `${into}b@b.vcf`)).headers.etag).toBe(put.headers.etag);
  });

  it('replace with 204, or refuse with 412 when Overwrite is F (RFC 4918 §9.8.4)', async () => {
    const [from, into] = [await newBook('from2'), await newBook('into2')];
    await server.ann('PUT', `${from}a.vcf`, aCard('a'), VCARD);
    await server.ann('PUT', `${into}a.vcf`, aCard('a').replace('FN:', 'FN:Other '), VCARD);
    expect((await server.ann('COPY', `${from}a.vcf`, undefined, to(`${into}a.vcf`, { overwrite: 'F' }))).status).toBe(
      412,
    );
    expect((await server.ann('COPY', `${from}a.vcf`, undefined, to(`${into}a.vcf`))).status).toBe(204);
    expect((await server.ann('GET', `${into}a.vcf`)).text).toBe((await server.ann('GET', `${from}a.vcf`)).text);
  });

  it('say no-uid-conflict when the book holds the UID elsewhere, or another card would be lost (RFC 6352 §6.3.2.1)', async () => {
    const book = await newBook('uids');
    await server.ann('PUT', `${book}a.vcf`, aCard('dup'), VCARD);
    const copy = await server.ann('COPY', `${book}a.vcf`, undefined, to(`${book}b.vcf`));
    expect([copy.status, copy.conditions()[0]]).toEqual([409, carddav('no-uid-conflict')]);
    await server.ann('PUT', `${book}c.vcf`, aCard('another'), VCARD);
    for (const method of ['COPY', 'MOVE']) {
      const over = await server.ann(method, `${book}a.vcf`, undefined, to(`${book}c.vcf`, { overwrite: 'T' }));
      expect([over.status, over.conditions()[0]], method).toEqual([409, carddav('no-uid-conflict')]);
    }
    expect((await server.ann('GET', `${book}c.vcf`)).text).toContain('UID:another');
  });

  it('check the destination: missing header 400, other server 502, itself 403, no parent 409 (RFC 4918 §9.8.5)', async () => {
    const book = await newBook('dest');
    const card = `${book}a.vcf`;
    await server.ann('PUT', card, aCard('a'), VCARD);
    expect((await server.ann('COPY', card)).status).toBe(400);
    expect((await server.ann('COPY', card, undefined, { destination: 'http://elsewhere.example/x' })).status).toBe(502);
    expect((await server.ann('MOVE', card, undefined, to(card))).status).toBe(403);
    expect((await server.ann('COPY', card, undefined, to(`${HOME}nowhere/a.vcf`))).status).toBe(409);
    expect((await server.ann('COPY', card, undefined, to('/dav/addressbooks/bob/contacts/a.vcf'))).status).toBe(409);
  });

  it('know their destination by the URL people use, whatever name a proxy asks by (RFC 4918 §10.3)', async () => {
    const book = await newBook('proxied');
    await server.ann('PUT', `${book}a.vcf`, aCard('proxied'), VCARD);
    const there = { destination: `https://books.example${book}b.vcf` };
    expect((await server.ann('MOVE', `${book}a.vcf`, undefined, there)).status).toBe(201);
    const multiget = `<CR:addressbook-multiget ${PREFIXES}><D:prop><D:getetag/></D:prop><D:href>${there.destination}</D:href></CR:addressbook-multiget>`;
    const found = (await server.ann('REPORT', book, multiget)).responses();
    expect([...found.values()].map(({ properties }) => properties.get(dav('getetag'))?.status)).toEqual([200]);
  });

  it('rename a whole book, which keeps its sync token, and copy one with its cards (RFC 4918 §9.8.3, §9.9.2)', async () => {
    const book = await newBook('whole');
    await server.ann('PUT', `${book}a.vcf`, aCard('whole-a'), VCARD);
    const copied = await server.ann('COPY', book, undefined, to(`${HOME}twin`));
    expect([copied.status, copied.headers.location]).toEqual([201, `${HOME}twin/`]);
    expect((await server.ann('GET', `${HOME}twin/a.vcf`)).status).toBe(200);
    expect((await server.ann('MOVE', book, undefined, to(`${HOME}renamed/`))).status).toBe(201);
    expect((await server.ann('GET', `${HOME}renamed/a.vcf`)).status).toBe(200);
    expect((await server.ann('PROPFIND', book, undefined, { depth: '0' })).status).toBe(404);
    const wrong = await server.ann('MOVE', `${HOME}renamed/`, undefined, to('/dav/calendars/ann/renamed/'));
    expect([wrong.status, wrong.conditions()[0]]).toEqual([403, carddav('addressbook-collection-location-ok')]);
  });
});

describe('plain collections', () => {
  it('nest, hold any file, and are copied and deleted as trees (RFC 4918 §5.2)', async () => {
    const base = `${HOME}files/`;
    for (const path of [base, `${base}a/`, `${base}a/b/`]) expect((await server.ann('MKCOL', path)).status).toBe(201);
    await server.ann('PUT', `${base}a/b/x.txt`, 'hello', { 'content-type': 'text/plain' });
    const got = await server.ann('GET', `${base}a/b/x.txt`);
    expect([got.text, got.headers['content-type']]).toEqual(['hello', 'text/plain']);
    await server.ann('COPY', `${base}a/`, undefined, { destination: `${base}c/` });
    expect((await server.ann('GET', `${base}c/b/x.txt`)).text).toBe('hello');
    expect((await server.ann('DELETE', `${base}a/`)).status).toBe(204);
    expect((await server.ann('GET', `${base}a/b/x.txt`)).status).toBe(404);
  });
});

describe('POST', () => {
  it('adds a member under a name of its own (RFC 5995 §3)', async () => {
    const posted = await server.ann('POST', BOOK, aCard('posted'), VCARD);
    expect(posted.status).toBe(201);
    expect((await server.ann('GET', posted.headers.location!)).text).toContain('UID:posted');
  });
});
