/** Finding principal, homes and collections, and what OPTIONS and the sets of supported things tell. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPrincipal } from '../../src/commands/accounts.ts';
import { issueAppPassword } from '../../src/commands/app-passwords.ts';
import { findPrincipalByName } from '../../src/store/principals.ts';
import { childrenOf, textOf } from '../../src/xml/element.ts';
import { caldav, calendarserver, carddav, dav } from '../../src/xml/names.ts';
import { davClient, foundText } from '../support/dav-client.ts';
import {
  ANN,
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
});
afterAll(() => server.stop());

const CARD = `${BOOK}card.vcf`;
const ANN_PRINCIPAL = '/dav/principals/users/ann/';

async function property(path: string, prefixed: string) {
  const answer = await server.ann('PROPFIND', path, propfindBody(prefixed), { depth: '0' });
  const [response] = answer.responses().values();
  return [...response!.properties.values()][0]!;
}

describe('service discovery', () => {
  it('redirects both well-known paths to the context root, for GET and PROPFIND, without credentials (RFC 6764 §5)', async () => {
    for (const service of ['carddav', 'caldav']) {
      for (const method of ['GET', 'PROPFIND', 'OPTIONS']) {
        const answer = await server.anonymous(method, `/.well-known/${service}`);
        expect([answer.status, answer.headers.location], `${method} ${service}`).toEqual([301, '/dav/']);
      }
    }
  });

  it('names the principal on the root, on "/" and on "/principals/", where clients begin to look (RFC 5397 §3)', async () => {
    for (const path of ['/dav/', '/dav', '/', '/principals/']) {
      const answer = await server.ann('PROPFIND', path, propfindBody('D:current-user-principal'), { depth: '0' });
      const [response] = answer.responses().values();
      expect(textOf(childrenOf(response!.properties.get(dav('current-user-principal'))!.element)[0]!), path).toBe(
        ANN_PRINCIPAL,
      );
    }
  });

  it('names both homes on the principal (RFC 6352 §7.1.1, RFC 4791 §6.2.1)', async () => {
    const body = propfindBody(
      'CR:addressbook-home-set',
      'C:calendar-home-set',
      'D:principal-URL',
      'C:calendar-user-address-set',
    );
    const answer = await server.ann('PROPFIND', ANN_PRINCIPAL, body, { depth: '0' });
    const found = answer.responses().get(ANN_PRINCIPAL)!.properties;
    const hrefs = (name: Parameters<typeof found.get>[0]) => childrenOf(found.get(name)!.element).map(textOf);
    expect(hrefs(carddav('addressbook-home-set'))).toEqual(['/dav/addressbooks/ann/']);
    expect(hrefs(caldav('calendar-home-set'))).toEqual(['/dav/calendars/ann/']);
    expect(hrefs(dav('principal-URL'))).toEqual([ANN_PRINCIPAL]);
    expect(hrefs(caldav('calendar-user-address-set'))).toContain('mailto:ann@example.com');
  });

  it('lists collections with their types in the homes, with or without the last slash (RFC 4918 §5.2)', async () => {
    for (const path of ['/dav/addressbooks/ann/', '/dav/addressbooks/ann']) {
      const answer = await server.ann('PROPFIND', path, propfindBody('D:resourcetype', 'D:displayname'), {
        depth: '1',
      });
      const book = answer.responses().get(BOOK)!;
      expect(childrenOf(book.properties.get(dav('resourcetype'))!.element).map(({ name }) => name)).toEqual([
        dav('collection'),
        carddav('addressbook'),
      ]);
      expect(foundText(book, dav('displayname'))).toBe('Contacts');
    }
  });
});

describe('OPTIONS', () => {
  it('tells the compliance classes and only methods that work (RFC 4918 §10.1)', async () => {
    const answer = await server.ann('OPTIONS', BOOK);
    expect(answer.status).toBe(200);
    const classes = answer.headers.dav!.split(', ');
    expect(classes).toEqual(
      expect.arrayContaining(['1', '2', '3', 'access-control', 'extended-mkcol', 'calendar-access', 'addressbook']),
    );
    const methods = answer.headers.allow!.split(', ');
    expect(methods).toEqual(
      expect.arrayContaining(['PROPFIND', 'PROPPATCH', 'REPORT', 'DELETE', 'LOCK', 'ACL', 'POST']),
    );
    expect(methods).not.toContain('PUT');
  });

  it('answers a method that a resource does not have with 405 and Allow (RFC 9110 §15.5.6)', async () => {
    const answer = await server.ann('DELETE', ANN_PRINCIPAL);
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toContain('PROPFIND');
    expect(answer.headers.allow).not.toContain('DELETE');
  });

  it('offers every report it lists, and refuses others with supported-report (RFC 3253 §3.1.5, §3.6)', async () => {
    const set = await property(BOOK, 'D:supported-report-set');
    const names = childrenOf(set.element).map((each) => childrenOf(childrenOf(each)[0]!)[0]!.name);
    expect(names).toEqual(
      expect.arrayContaining([dav('sync-collection'), carddav('addressbook-multiget'), carddav('addressbook-query')]),
    );
    expect(names).not.toContain(caldav('calendar-query'));
    const refused = await server.ann('REPORT', BOOK, `<C:calendar-query ${PREFIXES}/>`);
    expect(refused.status).toBe(403);
    expect(refused.conditions()[0]).toBe(dav('supported-report'));
  });
});

describe('supported sets', () => {
  beforeAll(async () => {
    await server.ann('PUT', CARD, aCard('card'), VCARD);
  });

  it.each([
    [BOOK, 'CR:supported-address-data', 'version="3.0"'],
    [BOOK, 'CR:supported-address-data', 'version="4.0"'],
    [BOOK, 'CR:supported-collation-set', 'i;unicode-casemap'],
    [BOOK, 'CR:max-resource-size', '>10485760<'],
    [CALENDAR, 'C:supported-calendar-component-set', 'name="VTODO"'],
    [CALENDAR, 'C:supported-calendar-data', 'text/calendar'],
    [CALENDAR, 'C:max-attendees-per-instance', '>1000<'],
    [CALENDAR, 'C:min-date-time', '>00010101T000000Z<'],
    [BOOK, 'D:supportedlock', '<D:exclusive/>'],
    [BOOK, 'D:current-user-privilege-set', '<D:write-content/>'],
    [BOOK, 'D:supported-privilege-set', '<C:read-free-busy/>'],
    [BOOK, 'D:owner', ANN_PRINCIPAL],
    [BOOK, 'D:acl', '<D:protected/>'],
    [BOOK, 'D:principal-collection-set', '/dav/principals/'],
    [BOOK, 'D:add-member', BOOK],
    [CALENDAR, 'D:quota-used-bytes', '>0<'],
    [BOOK, 'D:creationdate', '>2026-06-15T08:00:00.000Z<'],
    [BOOK, 'D:getlastmodified', '>Mon, 15 Jun 2026 08:00:00 GMT<'],
    [BOOK, 'D:supported-method-set', '<D:supported-method name="PROPFIND"/>'],
    [BOOK, 'D:acl-restrictions', '<D:grant-only/>'],
    [BOOK, 'D:inherited-acl-set', '<D:inherited-acl-set/>'],
    [BOOK, 'D:group', '<D:group/>'],
    [CARD, 'D:getcontentlength', `>${aCard('card').length}<`],
    [CARD, 'D:lockdiscovery', '<D:lockdiscovery/>'],
    [CALENDAR, 'C:max-date-time', '>99991231T235959Z<'],
    [CALENDAR, 'C:max-instances', '>100000<'],
    [CALENDAR, 'C:schedule-calendar-transp', '<C:opaque/>'],
    [ANN_PRINCIPAL, 'C:calendar-user-type', '>INDIVIDUAL<'],
    [ANN_PRINCIPAL, 'D:getcontentlanguage', '>en<'],
    [ANN_PRINCIPAL, 'D:alternate-URI-set', 'mailto:ann@example.com'],
    [ANN_PRINCIPAL, 'D:group-member-set', '<D:group-member-set/>'],
    [ANN_PRINCIPAL, 'D:group-membership', '<D:group-membership/>'],
  ])('%s has %s with %s', async (path, name, part) => {
    const answer = await server.ann('PROPFIND', path, propfindBody(name), { depth: '0' });
    expect([...answer.responses().get(path)!.properties.values()][0]!.status).toBe(200);
    expect(answer.text).toContain(part);
  });

  it('has a getctag that changes with the book (caldav-ctag)', async () => {
    const before = textOf((await property(BOOK, 'CS:getctag')).element);
    await server.ann(
      'PUT',
      `${BOOK}ctag.vcf`,
      'BEGIN:VCARD\r\nVERSION:3.0\r\nUID:ctag\r\nFN:C\r\nN:C;;;;\r\nEND:VCARD\r\n',
      {
        'content-type': 'text/vcard',
      },
    );
    expect(textOf((await property(BOOK, 'CS:getctag')).element)).not.toBe(before);
    expect((await property(CALENDAR, 'CS:getctag')).element.name).toBe(calendarserver('getctag'));
  });
});

describe('names', () => {
  it.each(['ann+work@example.com', 'Jörg Müller', '日本', "o'neil (2)", '50%'])(
    'may be mail addresses and hold UTF-8, spaces and signs: %s (RFC 3986 §2.1)',
    async (name) => {
      const password = 'a long secret';
      await createPrincipal(server.context, { organisationId: server.organisationId, kind: 'user', name, password });
      const client = davClient(server.url, { name, password });
      const root = await client('PROPFIND', '/dav/', propfindBody('D:current-user-principal'), { depth: '0' });
      const [found] = root.responses().values();
      const principal = textOf(childrenOf(found!.properties.get(dav('current-user-principal'))!.element)[0]!);
      const homes = await client('PROPFIND', principal, propfindBody('CR:addressbook-home-set'), { depth: '0' });
      const [about] = homes.responses().values();
      const home = textOf(childrenOf(about!.properties.get(carddav('addressbook-home-set'))!.element)[0]!);
      const encoded = `/dav/addressbooks/${encodeURIComponent(name)}/contacts/`;
      for (const path of [`${home}contacts/`, encoded, encoded.replaceAll('%40', '@')]) {
        const put = await client('PUT', `${path}a.vcf`, aCard('a', path), VCARD);
        expect([201, 204], path).toContain(put.status);
      }
    },
  );
});

describe('credentials', () => {
  it('are refused alike for a wrong password and an unknown name (RFC 7617)', async () => {
    for (const name of ['ann', 'nobody']) {
      const answer = await davClient(server.url, { name, password: 'wrong' })('PROPFIND', '/dav/');
      expect(answer.status).toBe(401);
    }
  });

  it('are not judged for a while after many wrong ones, and others are not held up (RFC 6585 §4)', async () => {
    const guess = davClient(server.url, { name: 'bob', password: 'guess' });
    const statuses: number[] = [];
    for (let i = 0; i < 12; i++) statuses.push((await guess('PROPFIND', '/dav/', undefined, { depth: '0' })).status);
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401));
    expect(statuses.slice(10)).toEqual([429, 429]);
    expect((await server.ann('PROPFIND', '/dav/', undefined, { depth: '0' })).status).toBe(207);
    server.clock.advance(10 * 60_000);
    expect((await server.bob('PROPFIND', '/dav/', undefined, { depth: '0' })).status).toBe(207);
  });

  it('that are right hold while another device at the same address guesses or has an old password', async () => {
    const ann = await findPrincipalByName(server.context.db, server.organisationId, 'ann');
    const { secret } = await issueAppPassword(
      server.context,
      { organisationId: server.organisationId, principalId: ann!.principal_id },
      'Laptop',
    );
    const root = (name: string, password: string) =>
      davClient(server.url, { name, password })('PROPFIND', '/dav/', undefined, { depth: '0' }).then(
        ({ status }) => status,
      );
    server.clock.advance(2 * 60_000);
    for (let i = 0; i < 12; i++) await root('ann', 'an old password');
    for (let i = 0; i < 12; i++) await root('ann', 'abcd-abcd-abcd-abcd-abcd-abcd');
    expect(await root('ann', 'another guess')).toBe(429);
    expect(await root('ann', 'abcd-abcd-abcd-abcd-abcd-abce')).toBe(429);
    expect(await root('ann', secret)).toBe(207);
    expect((await server.ann('PROPFIND', '/dav/', undefined, { depth: '0' })).status).toBe(207);
  });

  it('may begin with a capital, as phones write names', async () => {
    const client = davClient(server.url, { name: 'Ann', password: ANN.password });
    expect((await client('PROPFIND', '/dav/', undefined, { depth: '0' })).status).toBe(207);
  });
});
