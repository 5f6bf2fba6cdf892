/** What each method answers where it cannot do what it is asked: statuses and conditions, method by method. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caldav, carddav, dav, twisted } from '../../src/xml/names.ts';
import { foundText } from '../support/dav-client.ts';
import {
  aCard,
  anEvent,
  BOOK,
  CALENDAR,
  type DavServer,
  ICALENDAR,
  PREFIXES,
  propfindBody,
  startDavServer,
  VCARD,
} from '../support/dav-server.ts';

let server: DavServer;
beforeAll(async () => {
  server = await startDavServer();
  await server.ann('PUT', `${BOOK}a.vcf`, aCard('a'), VCARD);
  await server.ann('PUT', `${CALENDAR}e.ics`, anEvent('e'), ICALENDAR);
});
afterAll(() => server.stop());

const HOME = '/dav/addressbooks/ann/';
const PRINCIPAL = '/dav/principals/users/ann/';

describe('PUT', () => {
  it('says where no object can be: 409 without a collection, 403 in a home, 405 on what is none (RFC 4918 §9.7.1, §9.7.2)', async () => {
    const tried = [
      [`${HOME}nope/x.vcf`, 409],
      [`${BOOK}sub/x.vcf`, 409],
      [`${HOME}x.vcf`, 403],
      [`${PRINCIPAL}x.vcf`, 409],
      [PRINCIPAL, 405],
      [BOOK, 405],
      [HOME, 405],
    ] as const;
    for (const [path, status] of tried)
      expect((await server.ann('PUT', path, aCard('x'), VCARD)).status, path).toBe(status);
  });

  it('takes one card with what a card must have, and names the condition otherwise (RFC 6352 §6.3.2.1)', async () => {
    const bare = (...lines: string[]) => ['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n');
    const refused = {
      'no octets at all': '',
      'two cards': aCard('t1') + aCard('t2'),
      'an event': anEvent('x'),
      'no end': aCard('n').replace('END:VCARD\r\n', ''),
      'no version': bare('UID:v', 'FN:V', 'N:V;;;;'),
    };
    for (const [what, body] of Object.entries(refused)) {
      const answer = await server.ann('PUT', `${BOOK}refused.vcf`, body, VCARD);
      expect([answer.status, answer.conditions()[0]], what).toEqual([403, expect.stringMatching(/-address-data$/)]);
    }
    expect((await server.ann('GET', `${BOOK}refused.vcf`)).status).toBe(404);
    for (const type of ['text/xml', 'text/calendar', 'multipart/form-data']) {
      const answer = await server.ann('PUT', `${BOOK}refused.vcf`, aCard('r'), { 'content-type': type });
      expect([answer.status, answer.conditions()[0]], type).toEqual([403, carddav('supported-address-data')]);
    }
  });
});

describe('COPY and MOVE', () => {
  it('refuse a card in a calendar and an event in a book by media type (RFC 4791 §5.3.2.1, RFC 6352 §6.3.2.1)', async () => {
    for (const method of ['COPY', 'MOVE']) {
      const card = await server.ann(method, `${BOOK}a.vcf`, undefined, { destination: `${CALENDAR}a.ics` });
      expect([card.status, card.conditions()[0]], method).toEqual([403, caldav('supported-calendar-data')]);
      const event = await server.ann(method, `${CALENDAR}e.ics`, undefined, { destination: `${BOOK}e.vcf` });
      expect([event.status, event.conditions()[0]], method).toEqual([403, carddav('supported-address-data')]);
    }
    expect((await server.ann('GET', `${BOOK}a.vcf`)).status).toBe(200);
  });

  it('bring a card by way of a plain collection back into a book (RFC 4918 §9.9)', async () => {
    await server.ann('MKCOL', `${HOME}shelf/`);
    await server.ann('PUT', `${HOME}shelf/card`, aCard('shelved'), VCARD);
    await server.ann('PUT', `${HOME}shelf/note`, 'no card', { 'content-type': 'text/plain' });
    const note = await server.ann('MOVE', `${HOME}shelf/note`, undefined, { destination: `${BOOK}note.vcf` });
    expect([note.status, note.conditions()[0]]).toEqual([403, carddav('supported-address-data')]);
    const card = await server.ann('MOVE', `${HOME}shelf/card`, undefined, { destination: `${BOOK}shelved.vcf` });
    expect(card.status).toBe(201);
    expect((await server.ann('GET', `${BOOK}shelved.vcf`)).text).toBe(aCard('shelved'));
  });

  it('refuse homes, principals and an Overwrite that is neither T nor F (RFC 4918 §10.6)', async () => {
    expect((await server.ann('MOVE', HOME, undefined, { destination: '/dav/addressbooks/other/' })).status).toBe(405);
    expect((await server.ann('COPY', PRINCIPAL, undefined, { destination: `${HOME}p/` })).status).toBe(405);
    const odd = await server.ann('COPY', `${BOOK}a.vcf`, undefined, { destination: `${BOOK}o.vcf`, overwrite: 'X' });
    expect(odd.status).toBe(400);
  });
});

const MAKE_BOOK = `<D:mkcol ${PREFIXES}><D:set><D:prop><D:resourcetype><D:collection/><CR:addressbook/></D:resourcetype></D:prop></D:set></D:mkcol>`;

describe('DELETE', () => {
  it('refuses homes and principals with 405, and what is not there with 404 (RFC 4918 §9.6)', async () => {
    for (const [path, status] of [
      [HOME, 405],
      [PRINCIPAL, 405],
      [`${BOOK}none.vcf`, 404],
      [`${HOME}none/`, 404],
    ] as const)
      expect((await server.ann('DELETE', path)).status, path).toBe(status);
  });

  it('of a collection honours If-Match, If-None-Match and If with the ETag it tells (RFC 9110 §13.1.1, RFC 4918 §10.4)', async () => {
    const path = `${HOME}short-lived/`;
    await server.ann('MKCOL', path, MAKE_BOOK);
    const etag = async () =>
      foundText(
        (await server.ann('PROPFIND', path, propfindBody('D:getetag'), { depth: '0' })).responses().get(path),
        dav('getetag'),
      )!;
    const old = await etag();
    await server.ann('PUT', `${path}new.vcf`, aCard('new'), VCARD);
    expect((await server.ann('DELETE', path, undefined, { 'if-match': old })).status).toBe(412);
    expect((await server.ann('DELETE', path, undefined, { 'if-none-match': '*' })).status).toBe(412);
    expect((await server.ann('DELETE', path, undefined, { if: `([${old}])` })).status).toBe(412);
    expect(
      (await server.ann('DELETE', path, undefined, { 'if-match': await etag(), if: `([${await etag()}])` })).status,
    ).toBe(204);
  });

  it('and MOVE of a collection are always deep, whatever Depth a client sends (RFC 4918 §9.6.1, §9.9.2)', async () => {
    for (const depth of ['0', '1', 'infinity']) {
      const [path, moved] = [`${HOME}deep/`, `${HOME}deeper/`];
      await server.ann('MKCOL', path, MAKE_BOOK);
      await server.ann('PUT', `${path}in.vcf`, aCard('in'), VCARD);
      expect((await server.ann('MOVE', path, undefined, { depth, destination: moved })).status, depth).toBe(201);
      expect((await server.ann('GET', `${moved}in.vcf`)).status).toBe(200);
      expect((await server.ann('DELETE', moved, undefined, { depth })).status, depth).toBe(204);
      expect((await server.ann('GET', `${moved}in.vcf`)).status).toBe(404);
    }
  });
});

describe('MKCOL and MKCALENDAR', () => {
  it('make nothing inside a book or a calendar, nor where no collection is (RFC 4918 §9.3.1, RFC 4791 §5.3.1.1)', async () => {
    expect((await server.ann('MKCOL', `${BOOK}sub/`)).status).toBe(403);
    expect((await server.ann('MKCOL', `${HOME}q/w/`)).status).toBe(409);
    const inside = await server.ann('MKCALENDAR', `${CALENDAR}sub/`);
    expect([inside.status, inside.conditions()[0]]).toEqual([403, caldav('calendar-collection-location-ok')]);
    expect((await server.ann('MKCOL', `${HOME}x/`, 'what', { 'content-type': 'text/plain' })).status).toBe(415);
  });
});

describe('REPORT and PROPFIND', () => {
  const query = `<CR:addressbook-query ${PREFIXES}><D:prop><D:getetag/></D:prop><CR:filter><CR:prop-filter name="FN"/></CR:filter></CR:addressbook-query>`;

  it('find the cards of a book whatever the Depth, which must be one (RFC 6352 §8.6, RFC 4918 §10.2)', async () => {
    const found = async (depth: string) => (await server.ann('REPORT', BOOK, query, { depth })).responses().size;
    expect(await found('1')).toBeGreaterThan(0);
    for (const depth of ['0', 'infinity']) expect(await found(depth), depth).toBe(await found('1'));
    for (const method of ['REPORT', 'PROPFIND'])
      for (const depth of ['2', '-1', 'bogus', '1 0'])
        expect((await server.ann(method, BOOK, query, { depth })).status, `${method} ${depth}`).toBe(400);
  });

  it('refuse bodies that are none, of another root, contradict themselves or ask for nothing (RFC 4918 §9.1, §14.20, §A.2.2)', async () => {
    const bodies = [
      '<D:propfind',
      `<D:foo ${PREFIXES}/>`,
      `<D:propfind ${PREFIXES}><D:prop/><D:allprop/></D:propfind>`,
      `<D:propfind ${PREFIXES}><X:unheard-of xmlns:X="urn:x"/></D:propfind>`,
      'hello',
    ];
    for (const body of bodies)
      expect((await server.ann('PROPFIND', BOOK, body, { depth: '0' })).status, body).toBe(400);
    expect((await server.ann('REPORT', BOOK, undefined)).status).toBe(400);
  });

  it('offer each report only where it means something (RFC 3253 §3.6)', async () => {
    for (const path of [HOME, CALENDAR, `${CALENDAR}e.ics`, PRINCIPAL]) {
      const answer = await server.ann('REPORT', path, query, { depth: '1' });
      expect([answer.status, answer.conditions()[0]], path).toEqual([403, dav('supported-report')]);
    }
  });
});

describe('sync-collection', () => {
  const sync = (inside: string) =>
    `<D:sync-collection ${PREFIXES}>${inside}<D:prop><D:getetag/></D:prop></D:sync-collection>`;

  it('takes level 1 and infinite, a limit that is a number, and clients that still say Depth: 1 (RFC 6578 §3.2, §3.3)', async () => {
    const statusOf = async (inside: string, depth = '0') =>
      (await server.ann('REPORT', BOOK, sync(inside), { depth })).status;
    expect(await statusOf('<D:sync-token/><D:sync-level>1</D:sync-level>')).toBe(207);
    expect(await statusOf('<D:sync-token/><D:sync-level>infinite</D:sync-level>')).toBe(207);
    expect(await statusOf('<D:sync-token/><D:sync-level>1</D:sync-level>', '1')).toBe(207);
    expect(await statusOf('<D:sync-token/>', '1')).toBe(207);
    expect(await statusOf('<D:sync-token/><D:sync-level>7</D:sync-level>')).toBe(400);
    const limit = (n: string) =>
      `<D:sync-token/><D:sync-level>1</D:sync-level><D:limit><D:nresults>${n}</D:nresults></D:limit>`;
    expect(await statusOf(limit('-1'))).toBe(400);
    expect(await statusOf(limit('1'))).toBe(207);
  });

  it('is no report of a card or a plain collection (RFC 6578 §3.2)', async () => {
    for (const path of [`${BOOK}a.vcf`, `${HOME}shelf/`]) {
      const answer = await server.ann('REPORT', path, sync('<D:sync-token/><D:sync-level>1</D:sync-level>'));
      expect([answer.status, answer.conditions()[0]], path).toEqual([403, dav('supported-report')]);
    }
  });
});

describe('the body of an error', () => {
  it('holds one condition, and beside it only a sentence that Apple’s programs show (RFC 4918 §16)', async () => {
    const refused = [
      await server.ann('PUT', `${BOOK}not.vcf`, 'nothing', VCARD),
      await server.ann('PUT', `${BOOK}again.vcf`, aCard('a'), VCARD),
      await server.ann('PROPFIND', HOME, undefined, { depth: 'infinity' }),
      await server.ann('MKCOL', BOOK),
    ];
    for (const answer of refused) {
      const [condition, description, ...others] = answer.conditions();
      expect(condition).toMatch(/^\{(?:DAV:|urn:ietf:params:xml:ns:carddav)\}/);
      expect([description, others]).toEqual([twisted('error-description'), []]);
    }
  });
});
