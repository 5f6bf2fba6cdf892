/** What real clients send when they are set up and when they synchronise, in their order and with their habits. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { childrenOf, textOf } from '../../src/xml/element.ts';
import { caldav, carddav, dav } from '../../src/xml/names.ts';
import { foundText, syncTokenOf } from '../support/dav-client.ts';
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
});
afterAll(() => server.stop());

const HOME = '/dav/addressbooks/ann/';

describe('iOS and macOS', () => {
  it('are led from the well-known path over principal and home to books, without trailing slashes', async () => {
    const moved = await server.ann('PROPFIND', '/.well-known/carddav', propfindBody('D:current-user-principal'), {
      depth: '0',
    });
    const root = await server.ann(
      'PROPFIND',
      moved.headers.location!,
      propfindBody('D:current-user-principal', 'D:principal-URL', 'D:resourcetype'),
      { depth: '0' },
    );
    const [found] = root.responses().values();
    const principal = textOf(childrenOf(found!.properties.get(dav('current-user-principal'))!.element)[0]!);
    const options = await server.ann('OPTIONS', principal);
    expect(options.headers.dav).toMatch(/addressbook.*|calendar-access/);
    const asked = propfindBody(
      'CR:addressbook-home-set',
      'CR:directory-gateway',
      'D:displayname',
      'CS:email-address-set',
      'D:principal-collection-set',
      'D:principal-URL',
      'D:resource-id',
      'D:supported-report-set',
    );
    const about = await server.ann('PROPFIND', principal.slice(0, -1), asked, { depth: '0' });
    const properties = about.responses().get(principal)!.properties;
    expect(properties.get(carddav('directory-gateway'))!.status).toBe(200);
    expect(textOf(childrenOf(properties.get(carddav('addressbook-home-set'))!.element)[0]!)).toBe(HOME);
    const many =
      '<A:x1 xmlns:A="http://apple.com/ns/"/><A:x2 xmlns:A="http://apple.com/ns/"/><CS:pushkey/><CS:push-transports/><D:add-member/><D:sync-token/><D:quota-used-bytes/><CS:me-card/><D:owner/>';
    const home = await server.ann('PROPFIND', HOME, `<D:propfind ${PREFIXES}><D:prop>${many}</D:prop></D:propfind>`, {
      depth: '1',
      brief: 't',
    });
    expect(home.responses().has(BOOK)).toBe(true);
    expect(home.text).not.toContain('pushkey');
  });

  it('set color and order of a calendar, and read them with the ctag', async () => {
    const update = `<D:propertyupdate ${PREFIXES}><D:set><D:prop><ICAL:calendar-color symbolic-color="blue">#1BADF8FF</ICAL:calendar-color></D:prop></D:set><D:set><D:prop><ICAL:calendar-order>3</ICAL:calendar-order></D:prop></D:set></D:propertyupdate>`;
    expect((await server.ann('PROPPATCH', CALENDAR, update)).status).toBe(207);
    const read = await server.ann(
      'PROPFIND',
      CALENDAR,
      propfindBody('ICAL:calendar-color', 'ICAL:calendar-order', 'CS:getctag', 'D:sync-token'),
      { depth: '0' },
    );
    expect(read.text).toContain('#1BADF8FF');
  });

  it('keep default alarms on calendars and the home, and get them back as they wrote them (RFC 4918 §9.2)', async () => {
    const alarm = 'BEGIN:VALARM\nTRIGGER:-PT15H\nACTION:NONE\nEND:VALARM\n';
    const set = `<C:default-alarm-vevent-date>${alarm}</C:default-alarm-vevent-date><C:default-alarm-vevent-datetime/>`;
    for (const path of [CALENDAR, '/dav/calendars/ann/']) {
      await server.ann(
        'PROPPATCH',
        path,
        `<D:propertyupdate ${PREFIXES}><D:set><D:prop>${set}</D:prop></D:set></D:propertyupdate>`,
      );
      const asked = propfindBody('C:default-alarm-vevent-date', 'C:default-alarm-vevent-datetime');
      const read = (await server.ann('PROPFIND', path, asked, { depth: '0' })).responses().get(path);
      expect(foundText(read, caldav('default-alarm-vevent-date'))).toBe(alarm);
      expect(foundText(read, caldav('default-alarm-vevent-datetime'))).toBe('');
    }
  });

  it('are told to start over when they send a UUID as sync token (macOS)', async () => {
    const body = `<D:sync-collection ${PREFIXES}><D:sync-token>0A1B2C3D-0000-4000-8000-0123456789AB</D:sync-token><D:sync-level>1</D:sync-level><D:prop><D:getetag/></D:prop></D:sync-collection>`;
    const answer = await server.ann('REPORT', BOOK, body);
    expect(answer.conditions()[0]).toBe(dav('valid-sync-token'));
  });

  it('delete a contact and then write its group with If-Match on the version they know, which still stands', async () => {
    const member = '7d3f0c1e-5a55-4d0c-9a53-0d8c5a1c2b3a';
    const group = (...lines: string[]) => aCard('team', 'Team', 'X-ADDRESSBOOKSERVER-KIND:group', ...lines);
    const line = `X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:${member}`;
    await server.ann('PUT', `${BOOK}member.vcf`, aCard(member), VCARD);
    const { headers } = await server.ann('PUT', `${BOOK}team.vcf`, group(line), VCARD);
    expect((await server.ann('DELETE', `${BOOK}member.vcf`)).status).toBe(204);
    const written = await server.ann('PUT', `${BOOK}team.vcf`, group(), { ...VCARD, 'if-match': headers.etag! });
    expect(written.status).toBe(204);
    expect((await server.ann('GET', `${BOOK}team.vcf`)).text).toBe(group());
    await server.ann('DELETE', `${BOOK}team.vcf`);
  });

  it('keep groups as X-ADDRESSBOOKSERVER-KIND, byte for byte', async () => {
    const group = [
      'BEGIN:VCARD',
      'VERSION:3.0',
      'PRODID:-//Apple Inc.//iOS 17//EN',
      'N:Family;;;;',
      'FN:Family',
      'X-ADDRESSBOOKSERVER-KIND:group',
      'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:1',
      'UID:group-1',
      'END:VCARD',
      '',
    ].join('\r\n');
    await server.ann('PUT', `${BOOK}group-1.vcf`, group, VCARD);
    expect((await server.ann('GET', `${BOOK}group-1.vcf`)).text).toBe(group);
  });
});

describe('DAVx5', () => {
  it('finds collections with privileges, creates with If-None-Match, updates with If-Match, and reads back by multiget', async () => {
    const asked = propfindBody(
      'D:resourcetype',
      'D:displayname',
      'D:current-user-privilege-set',
      'CR:addressbook-description',
      'CR:supported-address-data',
      'CR:max-resource-size',
      'D:sync-token',
      'CS:getctag',
      'D:supported-report-set',
      'D:owner',
    );
    const home = await server.ann('PROPFIND', HOME, asked, { depth: '1' });
    expect(home.responses().get(BOOK)!.properties.get(carddav('max-resource-size'))!.status).toBe(200);
    const path = `${BOOK}5b1f0c9e-0a0b-4c0d-8e0f-001122334455.vcf`;
    const four = ['BEGIN:VCARD', 'VERSION:4.0', 'UID:5b1f0c9e', 'FN:Davx', 'N:X;Dav;;;', 'END:VCARD', ''].join('\r\n');
    const type = { 'content-type': 'text/vcard; version=4.0' };
    const made = await server.ann('PUT', path, four, { ...type, 'if-none-match': '*' });
    expect(made.status).toBe(201);
    expect((await server.ann('PUT', path, four, { ...type, 'if-none-match': '*' })).status).toBe(412);
    const updated = await server.ann('PUT', path, four.replace('FN:Davx', 'FN:Davx5'), {
      ...type,
      'if-match': made.headers.etag!,
    });
    expect(updated.status).toBe(204);
    const body = `<CR:addressbook-multiget ${PREFIXES}><D:prop><D:getcontenttype/><D:getetag/><CR:address-data content-type="text/vcard" version="4.0"/></D:prop><D:href>${path}</D:href></CR:addressbook-multiget>`;
    const got = await server.ann('REPORT', BOOK, body, { depth: '0' });
    const response = got.responses().get(path);
    expect(foundText(response, dav('getetag'))).toBe(updated.headers.etag);
    expect(foundText(response, carddav('address-data'))).toContain('FN:Davx5');
    expect((await server.ann('DELETE', path, undefined, { 'if-match': made.headers.etag! })).status).toBe(412);
  });

  it('lists events of a time window by calendar-query and recognises a repeated upload under another name', async () => {
    await server.ann('PUT', `${CALENDAR}one.ics`, anEvent('davx-event'), { ...ICALENDAR, 'if-none-match': '*' });
    const again = await server.ann('PUT', `${CALENDAR}two.ics`, anEvent('davx-event'), {
      ...ICALENDAR,
      'if-none-match': '*',
    });
    expect(again.conditions()[0]).toBe(caldav('no-uid-conflict'));
    expect(again.text).toContain(`${CALENDAR}one.ics`);
    const query = `<C:calendar-query ${PREFIXES}><D:prop><D:getetag/></D:prop><C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"><C:time-range start="20260101T000000Z"/></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>`;
    expect((await server.ann('REPORT', CALENDAR, query, { depth: '1' })).responses().has(`${CALENDAR}one.ics`)).toBe(
      true,
    );
  });
});

describe('Thunderbird', () => {
  it('synchronises by token in limited steps and starts over on valid-sync-token', async () => {
    for (let i = 0; i < 5; i++) await server.ann('PUT', `${BOOK}tb${i}.vcf`, aCard(`tb${i}`), VCARD);
    const step = (token: string) =>
      server.ann(
        'REPORT',
        BOOK,
        `<sync-collection xmlns="DAV:" xmlns:card="urn:ietf:params:xml:ns:carddav"><sync-token>${token}</sync-token><sync-level>1</sync-level><limit><nresults>3</nresults></limit><prop><getetag/><card:address-data/></prop></sync-collection>`,
      );
    const first = await step('');
    expect(first.responses().get(BOOK)?.status).toBe(507);
    const second = await step(syncTokenOf(first));
    expect(second.status).toBe(207);
    expect((await step('gone')).status).toBe(403);
  });
});

describe('Evolution and GNOME', () => {
  it('climb from the root of the host and use UTF-8 in paths', async () => {
    const root = await server.ann(
      'PROPFIND',
      '/',
      propfindBody('D:current-user-principal', 'D:current-user-privilege-set', 'D:resourcetype'),
      { depth: '0' },
    );
    expect(root.status).toBe(207);
    const path = `${BOOK}Ünï cödé.vcf`;
    const put = await server.ann('PUT', encodeURI(path), aCard('evo'), VCARD);
    expect([put.status, put.headers.etag?.startsWith('"')]).toEqual([201, true]);
    const listed = await server.ann('PROPFIND', BOOK, propfindBody('D:getetag'), { depth: '1' });
    expect([...listed.responses().keys()].map(decodeURI)).toContain(path);
  });
});

describe('vdirsyncer, khal and khard', () => {
  it('find that the ETag of PUT equals the later getetag, and the right content types', async () => {
    const put = await server.ann('PUT', `${CALENDAR}vdir.ics`, anEvent('vdir'), ICALENDAR);
    const listed = await server.ann(
      'PROPFIND',
      CALENDAR,
      propfindBody('D:resourcetype', 'D:getcontenttype', 'D:getetag'),
      { depth: '1' },
    );
    const event = listed.responses().get(`${CALENDAR}vdir.ics`);
    expect(foundText(event, dav('getetag'))).toBe(put.headers.etag);
    expect(foundText(event, dav('getcontenttype'))).toMatch(/^text\/calendar/);
  });
});

describe('Outlook CalDav Synchronizer', () => {
  it('never meets a 500: a direct collection URL, odd requests, one failing item among others', async () => {
    await server.ann('PUT', `${BOOK}latin.vcf`, Buffer.from(aCard('latin', 'Jos\u00e9'), 'latin1'), VCARD);
    const listed = await server.ann('PROPFIND', BOOK, propfindBody('D:getetag'), { depth: '1' });
    const hrefs = [...listed.responses().keys()].map((href) => `<D:href>${href}</D:href>`).join('');
    const body = `<CR:addressbook-multiget ${PREFIXES}><D:prop><D:getetag/><CR:address-data/></D:prop>${hrefs}</CR:addressbook-multiget>`;
    const got = await server.ann('REPORT', BOOK, body, { depth: '1' });
    expect(got.status).toBe(207);
    expect(foundText(got.responses().get(`${BOOK}latin.vcf`), carddav('address-data'))).toContain('Jos\u00e9');
    for (const [method, path, sent] of [
      ['PROPFIND', `${BOOK}?x=1`, undefined],
      ['REPORT', BOOK, '<x/>'],
      ['REPORT', BOOK, undefined],
      ['MKCOL', `${BOOK}x/y/`, undefined],
      ['FOO', BOOK, undefined],
      ['PUT', `${BOOK}empty.vcf`, ''],
      ['PROPPATCH', BOOK, '<D:propertyupdate xmlns:D="DAV:"/>'],
      ['COPY', BOOK, undefined],
      ['LOCK', `${BOOK}nothing.vcf`, undefined],
    ] as const) {
      const answer = await server.ann(method, path, sent, { depth: '0' });
      expect(answer.status, `${method} ${path}`).toBeLessThan(500 + Number(method === 'FOO') * 2);
    }
  });
});

describe('tsdav and web apps on it', () => {
  it('ask with an empty prop-filter on FN, in many requests at once', async () => {
    const body = `<CR:addressbook-query ${PREFIXES}><D:prop><D:getetag/></D:prop><CR:filter><CR:prop-filter name="FN"/></CR:filter></CR:addressbook-query>`;
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => server.ann('REPORT', BOOK, body, { depth: '1' })),
    );
    expect(new Set(answers.map((each) => each.responses().size)).size).toBe(1);
    expect(answers[0]!.responses().size).toBeGreaterThan(0);
  });
});
