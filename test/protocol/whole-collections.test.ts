/** GET of a calendar or an address book on its own href: one file, for subscriptions and for curl (RFC 4918 §9.4, RFC 9110 §9.3.1). */
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dav } from '../../src/xml/names.ts';
import { foundText } from '../support/dav-client.ts';
import {
  aCard,
  anEvent,
  BOOK,
  CALENDAR,
  type DavServer,
  ICALENDAR,
  propfindBody,
  startDavServer,
  VCARD,
} from '../support/dav-server.ts';

const BERLIN = 'DTSTART;TZID=Europe/Berlin:20260105T090000';

let server: DavServer;
beforeAll(async () => {
  server = await startDavServer();
  for (const uid of ['one', 'two'])
    await server.ann('PUT', `${CALENDAR}${uid}.ics`, anEvent(uid, BERLIN, 'DURATION:PT1H'), ICALENDAR);
  await server.ann('PUT', `${BOOK}a.vcf`, aCard('a', 'Zoë Example', 'X-ODD:kept'), VCARD);
  await server.ann('PUT', `${BOOK}b.vcf`, aCard('b', 'Bob Example').replace('3.0', '4.0'), VCARD);
});
afterAll(() => server.stop());

const get = (path: string, headers: Record<string, string> = {}) => server.ann('GET', path, undefined, headers);

describe('GET of a calendar', () => {
  it('is one iCalendar object with all its components and each time zone once (RFC 5545 §3.4, §3.6.5)', async () => {
    for (const path of [CALENDAR, CALENDAR.slice(0, -1)]) {
      const { status, headers, text } = await get(path, { accept: 'text/calendar, */*;q=0.1' });
      expect([status, headers['content-type']]).toEqual([200, 'text/calendar; charset=utf-8']);
      expect(headers['content-disposition']).toMatch(/^attachment; filename="[^"]+\.ics"/);
      expect(text).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\n[\s\S]*END:VCALENDAR\r\n$/);
      const count = (line: string) => text.split(`${line}\r\n`).length - 1;
      expect(['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'TZID:Europe/Berlin'].map(count)).toEqual([1, 2, 1]);
    }
  });

  it('has the ETag that getetag tells, answers 304 and 412 by it, and HEAD alike (RFC 4918 §15.6, RFC 9110 §13.1)', async () => {
    const { headers } = await get(CALENDAR);
    const listed = await server.ann('PROPFIND', CALENDAR, propfindBody('D:getetag'), { depth: '0' });
    expect(foundText(listed.responses().get(CALENDAR), dav('getetag'))).toBe(headers.etag);
    const same = await get(CALENDAR, { 'if-none-match': headers.etag! });
    expect([same.status, same.octets.length]).toEqual([304, 0]);
    expect((await get(CALENDAR, { 'if-match': '"other"' })).status).toBe(412);
    const head = await server.ann('HEAD', CALENDAR);
    expect([head.status, head.octets.length]).toEqual([200, 0]);
    for (const name of ['etag', 'content-type', 'last-modified', 'vary'])
      expect(head.headers[name]).toBe(headers[name]);
    await server.ann('PUT', `${CALENDAR}three.ics`, anEvent('three'), ICALENDAR);
    const changed = await get(CALENDAR, { 'if-none-match': headers.etag! });
    expect(changed.status).toBe(200);
    expect(changed.text).toContain('UID:three\r\n');
  });

  it('is compressed for whoever takes it, under a weak ETag (RFC 9110 §8.8.3, §12.5.3)', async () => {
    const plain = await get(CALENDAR);
    const zipped = await get(CALENDAR, { 'accept-encoding': 'gzip' });
    expect([zipped.headers['content-encoding'], zipped.headers.etag]).toEqual(['gzip', `W/${plain.headers.etag}`]);
    expect(gunzipSync(zipped.octets).toString()).toBe(plain.text);
    expect((await get(CALENDAR, { 'if-none-match': zipped.headers.etag! })).status).toBe(304);
  });

  it('is for readers only: free-busy alone does not open it, a reader sees it, others see nothing (RFC 3744 §3.1)', async () => {
    expect((await server.bob('GET', CALENDAR)).status).toBe(404);
    expect((await server.anonymous('GET', CALENDAR)).status).toBe(401);
    const grant = (privilege: string) =>
      server.ann(
        'ACL',
        CALENDAR,
        `<D:acl xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:ace><D:principal><D:href>/dav/principals/users/bob/</D:href></D:principal><D:grant><D:privilege>${privilege}</D:privilege></D:grant></D:ace></D:acl>`,
      );
    await grant('<C:read-free-busy/>');
    expect((await server.bob('GET', CALENDAR)).status).toBe(403);
    await grant('<D:read/>');
    const read = await server.bob('GET', CALENDAR);
    expect([read.status, read.text.includes('UID:one')]).toEqual([200, true]);
    await server.ann('ACL', CALENDAR, '<D:acl xmlns:D="DAV:"/>');
  });

  it('is a line of text for people with a browser, but for ?export (RFC 9110 §12.5.1)', async () => {
    for (const path of [CALENDAR, BOOK]) {
      const page = await get(path, { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' });
      expect(page.headers['content-type']).toBe('text/plain; charset=utf-8');
      expect(page.headers.vary).toContain('Accept');
      const file = await get(`${path}?export`, { accept: 'text/html,*/*;q=0.8' });
      expect(file.headers['content-type']).toMatch(/^text\/(?:calendar|vcard);/);
    }
  });
});

describe('GET of an address book', () => {
  it('is its cards one after the other, octet for octet (RFC 6350 §3.3)', async () => {
    const { headers, text } = await get(BOOK);
    expect(headers['content-type']).toBe('text/vcard; charset=utf-8');
    expect(text).toBe(aCard('a', 'Zoë Example', 'X-ODD:kept') + aCard('b', 'Bob Example').replace('3.0', '4.0'));
  });

  it('is all in one version where Accept names it, under an ETag of its own (RFC 6352 §5.1.1)', async () => {
    const plain = await get(BOOK);
    for (const version of ['3.0', '4.0']) {
      const form = await get(BOOK, { accept: `text/vcard;version=${version}` });
      expect(form.headers['content-type']).toBe(`text/vcard; charset=utf-8; version=${version}`);
      expect(form.text.match(/VERSION:.*/g)).toEqual([`VERSION:${version}`, `VERSION:${version}`]);
      expect(form.text).toContain('X-ODD:kept');
      expect([form.headers.etag!.startsWith('W/'), form.headers.etag!.includes(plain.headers.etag!)]).toEqual([
        true,
        false,
      ]);
    }
  });
});
