/** PROPFIND and PROPPATCH over HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { childrenOf, textOf } from '../../src/xml/element.ts';
import { caldav, carddav, clark, dav, ical } from '../../src/xml/names.ts';
import { foundText } from '../support/dav-client.ts';
import {
  aCard,
  BOOK,
  CALENDAR,
  type DavServer,
  PREFIXES,
  propfindBody,
  startDavServer,
  VCARD,
} from '../support/dav-server.ts';

let server: DavServer;
beforeAll(async () => {
  server = await startDavServer();
  await server.ann('PUT', `${BOOK}a.vcf`, aCard('a'), VCARD);
});
afterAll(() => server.stop());

const propertyUpdate = (inner: string) => `<D:propertyupdate ${PREFIXES}>${inner}</D:propertyupdate>`;
const set = (inner: string) => propertyUpdate(`<D:set><D:prop>${inner}</D:prop></D:set>`);
const propfind = (path: string, ...names: string[]) =>
  server.ann('PROPFIND', path, propfindBody(...names), { depth: '0' });

describe('PROPFIND', () => {
  it('treats an empty body as allprop (RFC 4918 §9.1)', async () => {
    const answer = await server.ann('PROPFIND', BOOK, undefined, { depth: '1' });
    expect(answer.status).toBe(207);
    const card = answer.responses().get(`${BOOK}a.vcf`)!;
    expect(foundText(card, dav('getetag'))).toMatch(/^"/);
    expect([...card.properties.values()].every(({ status }) => status === 200)).toBe(true);
    expect(answer.responses().get(BOOK)!.properties.has(dav('acl'))).toBe(false);
  });

  it('adds what include names to allprop (RFC 4918 §9.1)', async () => {
    const body = `<D:propfind ${PREFIXES}><D:allprop/><D:include><D:supported-report-set/></D:include></D:propfind>`;
    const answer = await server.ann('PROPFIND', BOOK, body, { depth: '0' });
    const { properties } = answer.responses().get(BOOK)!;
    expect(properties.get(dav('supported-report-set'))!.status).toBe(200);
    expect(properties.get(dav('resourcetype'))!.status).toBe(200);
  });

  it('gives names without values for propname (RFC 4918 §9.1)', async () => {
    const body = `<D:propfind ${PREFIXES}><D:propname/></D:propfind>`;
    const answer = await server.ann('PROPFIND', `${BOOK}a.vcf`, body, { depth: '0' });
    const { properties } = answer.responses().get(`${BOOK}a.vcf`)!;
    expect(properties.get(dav('getetag'))!.element.content).toEqual([]);
  });

  it('answers unknown properties with a 404 propstat, and leaves it out for return=minimal and Brief (RFC 8144 §2.1)', async () => {
    const body = `<D:propfind ${PREFIXES} xmlns:X="urn:x"><D:prop><D:getetag/><X:unknown/></D:prop></D:propfind>`;
    const path = `${BOOK}a.vcf`;
    const full = await server.ann('PROPFIND', path, body, { depth: '0' });
    expect(full.responses().get(path)!.properties.get(clark('urn:x', 'unknown'))!.status).toBe(404);
    for (const headers of [
      { prefer: 'return=minimal' },
      { prefer: 'depth-noroot, return="minimal"' },
      { brief: 't' },
    ]) {
      const minimal = await server.ann('PROPFIND', path, body, { depth: '1', ...headers });
      expect(minimal.text).not.toContain('unknown');
      expect(minimal.headers['preference-applied']).toContain('return=minimal');
    }
  });

  it('leaves the collection itself out for depth-noroot (RFC 8144 §4)', async () => {
    const answer = await server.ann('PROPFIND', BOOK, propfindBody('D:getetag'), {
      depth: '1',
      prefer: 'depth-noroot',
    });
    expect([...answer.responses().keys()]).toEqual([`${BOOK}a.vcf`]);
  });

  it('refuses Depth infinity, which is also what no Depth means, above the collections with propfind-finite-depth (RFC 4918 §9.1)', async () => {
    for (const path of ['/dav/', '/dav/principals/', '/dav/addressbooks/', '/dav/addressbooks/ann/']) {
      for (const headers of [{ depth: 'infinity' }, {}]) {
        const answer = await server.ann('PROPFIND', path, propfindBody('D:getetag'), headers);
        expect([answer.status, answer.conditions()[0]], path).toEqual([403, dav('propfind-finite-depth')]);
      }
    }
  });

  it('answers Depth infinity of what holds nothing or only cards: clients that send no Depth ask principals so (RFC 4918 §9.1)', async () => {
    const asked = propfindBody('CR:addressbook-home-set');
    const { responses } = await server.ann('PROPFIND', '/dav/principals/users/ann/', asked);
    expect([...responses().keys()]).toEqual(['/dav/principals/users/ann/']);
    const of = async (depth: string) =>
      (await server.ann('PROPFIND', '/dav/directory/', propfindBody('D:getetag'), { depth })).responses();
    expect([...(await of('infinity')).keys()]).toEqual([...(await of('1')).keys()]);
    const [card] = [...(await of('1')).keys()].slice(-1);
    expect((await server.ann('PROPFIND', card!, propfindBody('D:getetag'))).responses().size).toBe(1);
  });

  it('answers Depth infinity inside a collection: a book like Depth 1, a plain collection with all below it (RFC 4918 §9.1)', async () => {
    const hrefs = async (path: string, headers: Record<string, string>) => [
      ...(await server.ann('PROPFIND', path, propfindBody('D:getetag'), headers)).responses().keys(),
    ];
    expect(await hrefs(BOOK, { depth: 'infinity' })).toEqual(await hrefs(BOOK, { depth: '1' }));
    expect(await hrefs(BOOK, {})).toEqual(await hrefs(BOOK, { depth: '1' }));
    const top = '/dav/addressbooks/ann/tree/';
    for (const path of [top, `${top}a/`, `${top}a/b/`]) await server.ann('MKCOL', path);
    await server.ann('PUT', `${top}a/b/leaf.txt`, 'x', { 'content-type': 'text/plain' });
    expect(await hrefs(top, { depth: 'infinity' })).toEqual([top, `${top}a/`, `${top}a/b/`, `${top}a/b/leaf.txt`]);
    expect(await hrefs(top, { depth: '1' })).toEqual([top, `${top}a/`]);
    await server.ann('DELETE', top);
  });

  it('answers malformed XML, DOCTYPE and deep nesting with 400 and the place, and goes on serving', async () => {
    for (const body of [
      '<D:propfind xmlns:D="DAV:">',
      '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
      '<a>'.repeat(5000),
    ]) {
      const answer = await server.ann('PROPFIND', BOOK, body, { depth: '0' });
      expect(answer.status).toBe(400);
      expect(answer.text).toMatch(/line \d+, column \d+/);
    }
    expect((await propfind(BOOK, 'D:displayname')).status).toBe(207);
  });
});

describe('PROPPATCH', () => {
  it.each([
    [BOOK, '<D:displayname>Freunde &amp; Familie</D:displayname>', dav('displayname'), 'Freunde & Familie'],
    [
      BOOK,
      '<CR:addressbook-description>All of them</CR:addressbook-description>',
      carddav('addressbook-description'),
      'All of them',
    ],
    [CALENDAR, '<ICAL:calendar-color>#FF2968FF</ICAL:calendar-color>', ical('calendar-color'), '#FF2968FF'],
    [CALENDAR, '<ICAL:calendar-order>7</ICAL:calendar-order>', ical('calendar-order'), '7'],
    [
      CALENDAR,
      '<C:calendar-description xml:lang="en">Work</C:calendar-description>',
      caldav('calendar-description'),
      'Work',
    ],
  ])('keeps %s %s (RFC 4918 §9.2)', async (path, xml, name, value) => {
    const patched = await server.ann('PROPPATCH', path, set(xml));
    expect(patched.status).toBe(207);
    expect(patched.responses().get(path)!.properties.get(name)!.status).toBe(200);
    const body = `<D:propfind xmlns:D="DAV:"><D:prop><X:${name.split('}')[1]} xmlns:X="${name.slice(1).split('}')[0]}"/></D:prop></D:propfind>`;
    const read = await server.ann('PROPFIND', path, body, { depth: '0' });
    expect(foundText(read.responses().get(path), name)).toBe(value);
  });

  it('keeps dead properties as XML with namespaces and language, on cards too (RFC 4918 §4.3)', async () => {
    const path = `${BOOK}a.vcf`;
    const xml =
      '<Z:note xmlns:Z="urn:z" xml:lang="de" Z:kind="1">über <Z:b xmlns="urn:y"><i>1 &lt; 2</i></Z:b></Z:note>';
    await server.ann('PROPPATCH', path, set(xml));
    const read = await server.ann(
      'PROPFIND',
      path,
      `<D:propfind ${PREFIXES}><D:prop><n xmlns="urn:z"/><note xmlns="urn:z"/></D:prop></D:propfind>`,
      { depth: '0' },
    );
    const note = read.responses().get(path)!.properties.get(clark('urn:z', 'note'))!.element;
    expect(note.language).toBe('de');
    expect(note.attributes[0]).toMatchObject({ namespace: 'urn:z', local: 'kind', value: '1' });
    const [inner] = childrenOf(note);
    expect(childrenOf(inner!)[0]!.name).toBe(clark('urn:y', 'i'));
    expect(textOf(childrenOf(inner!)[0]!)).toBe('1 < 2');
  });

  it('does all or nothing: one protected property fails the others with 424 (RFC 4918 §9.2.1)', async () => {
    const answer = await server.ann(
      'PROPPATCH',
      BOOK,
      set('<D:displayname>Never</D:displayname><D:getetag>"x"</D:getetag>'),
    );
    const { properties } = answer.responses().get(BOOK)!;
    expect(properties.get(dav('getetag'))!.status).toBe(403);
    expect(properties.get(dav('displayname'))!.status).toBe(424);
    expect(answer.text).toContain('<D:cannot-modify-protected-property/>');
    expect(foundText((await propfind(BOOK, 'D:displayname')).responses().get(BOOK), dav('displayname'))).not.toBe(
      'Never',
    );
  });

  it('removes with 200 even what was not there, in document order (RFC 4918 §9.2, §14.23)', async () => {
    const body = propertyUpdate(
      '<D:set><D:prop><x xmlns="urn:r">1</x></D:prop></D:set><D:remove><D:prop><x xmlns="urn:r"/><y xmlns="urn:r"/></D:prop></D:remove>',
    );
    const answer = await server.ann('PROPPATCH', BOOK, body);
    expect(answer.responses().get(BOOK)!.properties.get(clark('urn:r', 'y'))!.status).toBe(200);
    const read = await server.ann(
      'PROPFIND',
      BOOK,
      `<D:propfind xmlns:D="DAV:"><D:prop><x xmlns="urn:r"/></D:prop></D:propfind>`,
      { depth: '0' },
    );
    expect(read.responses().get(BOOK)!.properties.get(clark('urn:r', 'x'))!.status).toBe(404);
  });

  it('bounds how many properties one request asks for or sets, and serves on', async () => {
    const many = Array.from({ length: 1001 }, (_, i) => `<p${i} xmlns="urn:many"/>`).join('');
    const asked = `<D:propfind ${PREFIXES}><D:prop>${many}</D:prop></D:propfind>`;
    expect((await server.ann('PROPFIND', BOOK, asked, { depth: '1' })).status).toBe(400);
    expect((await server.ann('PROPPATCH', BOOK, set(many))).status).toBe(400);
    expect((await propfind(BOOK, 'D:displayname')).status).toBe(207);
  });

  it('takes the time zone by text or by name, and refuses what is none (RFC 4791 §5.2.2, RFC 7809 §5.2)', async () => {
    const byName = await server.ann(
      'PROPPATCH',
      CALENDAR,
      set('<C:calendar-timezone-id>Europe/Paris</C:calendar-timezone-id>'),
    );
    expect(byName.responses().get(CALENDAR)!.properties.get(caldav('calendar-timezone-id'))!.status).toBe(200);
    const defined = (await propfind(CALENDAR, 'C:calendar-timezone')).responses().get(CALENDAR);
    expect(foundText(defined, caldav('calendar-timezone'))).toMatch(/^BEGIN:VCALENDAR[\s\S]*TZID:Europe\/Paris/);
    const bad = await server.ann('PROPPATCH', CALENDAR, set('<C:calendar-timezone>no zone</C:calendar-timezone>'));
    expect(bad.responses().get(CALENDAR)!.properties.get(caldav('calendar-timezone'))!.status).toBe(403);
    expect(bad.text).toContain('<C:valid-calendar-data/>');
  });

  it('takes a calendar as opaque or transparent, and nothing else (RFC 6638 §9.1)', async () => {
    const transp = caldav('schedule-calendar-transp');
    const status = async (inner: string) => {
      const answer = await server.ann(
        'PROPPATCH',
        CALENDAR,
        set(`<C:schedule-calendar-transp>${inner}</C:schedule-calendar-transp>`),
      );
      return answer.responses().get(CALENDAR)!.properties.get(transp)!.status;
    };
    const told = async () => (await propfind(CALENDAR, 'C:schedule-calendar-transp')).text;
    expect(await status('<C:transparent/>')).toBe(200);
    for (const inner of ['', '<C:half/>', '<C:opaque/><C:transparent/>']) expect(await status(inner), inner).toBe(409);
    expect(await told()).toContain('<C:transparent/>');
    expect(await status('<C:opaque/>')).toBe(200);
    expect(await told()).toContain('<C:opaque/>');
  });

  it('keeps properties of the principal and the home that clients set there (RFC 4918 §9.2)', async () => {
    for (const path of ['/dav/principals/users/ann/', '/dav/calendars/ann/']) {
      await server.ann('PROPPATCH', path, set('<x xmlns="urn:client">1</x>'));
      const read = await server.ann(
        'PROPFIND',
        path,
        `<D:propfind xmlns:D="DAV:"><D:prop><x xmlns="urn:client"/></D:prop></D:propfind>`,
        { depth: '0' },
      );
      expect(foundText(read.responses().get(path), clark('urn:client', 'x')), path).toBe('1');
    }
  });
});
