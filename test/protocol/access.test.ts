/** Access control, locks and the reports on principals over HTTP (RFC 3744, RFC 4918 §6, §7). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrganisation, createPrincipal } from '../../src/commands/accounts.ts';
import { setGroupMembers } from '../../src/store/group-members.ts';
import { findPrincipalByName } from '../../src/store/principals.ts';
import { child, childrenOf, textOf } from '../../src/xml/element.ts';
import { dav } from '../../src/xml/names.ts';
import { davClient, foundText } from '../support/dav-client.ts';
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

const BOB = '/dav/principals/users/bob/';
const grant = (...privileges: string[]) =>
  `<D:acl ${PREFIXES}><D:ace><D:principal><D:href>${BOB}</D:href></D:principal><D:grant>${privileges.map((each) => `<D:privilege><${each}/></D:privilege>`).join('')}</D:grant></D:ace></D:acl>`;

describe('ACL', () => {
  it('grants reading to another principal and takes it back (RFC 3744 §8.1)', async () => {
    expect((await server.bob('GET', `${BOOK}a.vcf`)).status).toBe(404);
    expect((await server.ann('ACL', BOOK, grant('D:read'))).status).toBe(200);
    expect((await server.bob('GET', `${BOOK}a.vcf`)).status).toBe(200);
    const put = await server.bob('PUT', `${BOOK}a.vcf`, aCard('a', 'Changed'), VCARD);
    expect([put.status, put.conditions()[0]]).toEqual([403, dav('need-privileges')]);
    expect((await server.bob('PUT', `${BOOK}b.vcf`, aCard('b'), VCARD)).status).toBe(403);
    expect((await server.bob('DELETE', `${BOOK}a.vcf`)).status).toBe(403);
    expect(
      (
        await server.bob(
          'PROPPATCH',
          BOOK,
          `<D:propertyupdate ${PREFIXES}><D:set><D:prop><D:displayname>x</D:displayname></D:prop></D:set></D:propertyupdate>`,
        )
      ).status,
    ).toBe(403);
    await server.ann('ACL', BOOK, `<D:acl ${PREFIXES}/>`);
    expect((await server.bob('GET', `${BOOK}a.vcf`)).status).toBe(404);
  });

  it('enforces each privilege of write by itself (RFC 3744 §3)', async () => {
    await server.ann('ACL', BOOK, grant('D:read', 'D:bind'));
    expect((await server.bob('PUT', `${BOOK}bound.vcf`, aCard('bound'), VCARD)).status).toBe(201);
    expect((await server.bob('PUT', `${BOOK}bound.vcf`, aCard('bound', 'X'), VCARD)).status).toBe(403);
    expect((await server.bob('DELETE', `${BOOK}bound.vcf`)).status).toBe(403);
    await server.ann('ACL', BOOK, grant('D:read', 'D:write-content', 'D:unbind'));
    expect((await server.bob('PUT', `${BOOK}bound.vcf`, aCard('bound', 'X'), VCARD)).status).toBe(204);
    expect((await server.bob('DELETE', `${BOOK}bound.vcf`)).status).toBe(204);
    expect((await server.bob('ACL', BOOK, grant('D:all'))).status).toBe(403);
  });

  it('grants only free-busy, which is not reading (RFC 4791 §6.1.1)', async () => {
    await server.ann('ACL', CALENDAR, grant('C:read-free-busy'));
    const range = `<C:free-busy-query ${PREFIXES}><C:time-range start="20260701T000000Z" end="20260702T000000Z"/></C:free-busy-query>`;
    expect((await server.bob('REPORT', CALENDAR, range)).status).toBe(200);
    expect((await server.bob('PROPFIND', CALENDAR, undefined, { depth: '1' })).status).toBe(403);
    const asked = propfindBody('D:displayname', 'CS:getctag');
    const home = '/dav/calendars/ann/';
    const listed = await server.bob('PROPFIND', home, asked, { depth: '1' });
    expect([...listed.responses().keys()]).toEqual([home]);
    const sync = `<D:sync-collection ${PREFIXES}><D:sync-token/><D:sync-level>infinite</D:sync-level><D:prop><D:displayname/></D:prop></D:sync-collection>`;
    expect([...(await server.bob('REPORT', home, sync)).responses().keys()]).toEqual([]);
    const busy = await server.bob('REPORT', home, range, { depth: 'infinity' });
    expect([busy.status, busy.text.includes('VFREEBUSY')]).toEqual([200, true]);
    await server.ann('ACL', CALENDAR, `<D:acl ${PREFIXES}/>`);
  });

  it('enforces write-properties, read-acl, write-acl and unlock (RFC 3744 §3.3 to §3.8)', async () => {
    const update = `<D:propertyupdate ${PREFIXES}><D:set><D:prop><x xmlns="urn:x">1</x></D:prop></D:set></D:propertyupdate>`;
    const report = `<D:acl-principal-prop-set ${PREFIXES}><D:prop><D:displayname/></D:prop></D:acl-principal-prop-set>`;
    const info = `<D:lockinfo ${PREFIXES}><D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype></D:lockinfo>`;
    const token = (await server.ann('LOCK', `${BOOK}a.vcf`, info)).headers['lock-token']!;
    const tried = async () => [
      (await server.bob('PROPPATCH', BOOK, update)).status,
      (await server.bob('REPORT', BOOK, report)).status,
      (await server.bob('UNLOCK', `${BOOK}a.vcf`, undefined, { 'lock-token': token })).status,
    ];
    await server.ann('ACL', BOOK, grant('D:read', 'D:read-current-user-privilege-set'));
    expect(await tried()).toEqual([403, 403, 403]);
    await server.ann('ACL', BOOK, grant('D:read', 'D:write-properties', 'D:read-acl', 'D:unlock', 'D:write-acl'));
    expect(await tried()).toEqual([207, 207, 204]);
    expect((await server.bob('ACL', BOOK, grant('D:read'))).status).toBe(200);
  });

  it('is told in acl and current-user-privilege-set (RFC 3744 §5.4, §5.5)', async () => {
    await server.ann('ACL', BOOK, grant('D:read'));
    const told = await server.ann('PROPFIND', BOOK, propfindBody('D:acl'), { depth: '0' });
    expect(told.text).toContain(BOB);
    const mine = await server.bob('PROPFIND', BOOK, propfindBody('D:current-user-privilege-set'), { depth: '0' });
    const privileges = childrenOf(
      mine.responses().get(BOOK)!.properties.get(dav('current-user-privilege-set'))!.element,
    );
    const names = privileges.map((each) => childrenOf(each)[0]!.local);
    expect(names).toContain('read');
    expect(names).not.toContain('write');
  });

  it('shows a shared book in the home of its owner, and nothing else there (RFC 3744 §5.4)', async () => {
    await server.ann('ACL', BOOK, grant('D:read'));
    await server.ann('MKCOL', '/dav/addressbooks/ann/hidden/');
    const home = await server.bob('PROPFIND', '/dav/addressbooks/ann/', propfindBody('D:displayname'), { depth: '1' });
    expect([...home.responses().keys()]).toEqual(['/dav/addressbooks/ann/', BOOK]);
  });

  it('grants to a group reach its members, and to authenticated everybody of the organisation only (RFC 3744 §5.5.1)', async () => {
    const { context, organisationId } = server;
    const groupId = await createPrincipal(context, { organisationId, kind: 'group', name: 'family' });
    const bob = await findPrincipalByName(context.db, organisationId, 'bob');
    const aces = (principal: string) =>
      `<D:acl ${PREFIXES}><D:ace><D:principal>${principal}</D:principal><D:grant><D:privilege><D:read/></D:privilege></D:grant></D:ace></D:acl>`;
    await server.ann('ACL', BOOK, aces('<D:href>/dav/principals/groups/family/</D:href>'));
    expect((await server.bob('GET', `${BOOK}a.vcf`)).status).toBe(404);
    await setGroupMembers(context.db, organisationId, groupId, [bob!.principal_id]);
    expect((await server.bob('GET', `${BOOK}a.vcf`)).status).toBe(200);
    const member = await server.bob('PROPFIND', BOB, propfindBody('D:group-membership'), { depth: '0' });
    expect(member.text).toContain('/dav/principals/groups/family/');
    await server.ann('ACL', BOOK, aces('<D:authenticated/>'));
    expect((await server.bob('GET', `${BOOK}a.vcf`)).status).toBe(200);
    const elsewhere = await createOrganisation(context, 'Elsewhere');
    const stranger = { name: 'stranger', password: 'a long secret' };
    await createPrincipal(context, { organisationId: elsewhere, kind: 'user', ...stranger });
    const outside = davClient(server.url, stranger);
    for (const path of [BOOK, `${BOOK}a.vcf`, BOB])
      expect((await outside('PROPFIND', path, undefined, { depth: '0' })).status).toBe(404);
  });

  it('refuses denials, unknown principals and unknown privileges by their conditions (RFC 3744 §8.1.1)', async () => {
    const ace = (principal: string, rest: string) =>
      `<D:acl ${PREFIXES}><D:ace><D:principal>${principal}</D:principal>${rest}</D:ace></D:acl>`;
    const read = '<D:grant><D:privilege><D:read/></D:privilege></D:grant>';
    for (const [body, condition] of [
      [ace(`<D:href>${BOB}</D:href>`, read.replaceAll('grant', 'deny')), 'grant-only'],
      [ace('<D:href>/dav/principals/users/nobody/</D:href>', read), 'recognized-principal'],
      [
        ace(`<D:href>${BOB}</D:href>`, '<D:grant><D:privilege><D:fly/></D:privilege></D:grant>'),
        'not-supported-privilege',
      ],
      // the word alone is no privilege: its namespace counts
      [
        ace(`<D:href>${BOB}</D:href>`, '<D:grant><D:privilege><read xmlns="urn:x"/></D:privilege></D:grant>'),
        'not-supported-privilege',
      ],
    ] as const) {
      const answer = await server.ann('ACL', BOOK, body);
      expect([answer.status, answer.conditions()[0]]).toEqual([403, dav(condition)]);
    }
  });
});

describe('LOCK', () => {
  const info = (scope = 'exclusive') =>
    `<D:lockinfo ${PREFIXES}><D:lockscope><D:${scope}/></D:lockscope><D:locktype><D:write/></D:locktype><D:owner>me</D:owner></D:lockinfo>`;
  const lock = (path: string, scope?: string, headers = {}) =>
    server.ann('LOCK', path, info(scope), { depth: '0', timeout: 'Second-100', ...headers });

  it('keeps others and oneself without the token from writing a card, until UNLOCK, whose token may lack its brackets (RFC 4918 §7)', async () => {
    const path = `${BOOK}locked.vcf`;
    await server.ann('PUT', path, aCard('locked'), VCARD);
    const held = await lock(path);
    expect(held.status).toBe(200);
    const token = held.headers['lock-token']!;
    const refused = await server.ann('PUT', path, aCard('locked', 'New'), VCARD);
    expect([refused.status, refused.conditions()[0]]).toEqual([423, dav('lock-token-submitted')]);
    expect((await server.ann('DELETE', path)).status).toBe(423);
    expect((await server.ann('PUT', path, aCard('locked', 'New'), { ...VCARD, if: `(${token})` })).status).toBe(204);
    const told = await server.ann('PROPFIND', path, propfindBody('D:lockdiscovery'), { depth: '0' });
    expect(told.text).toContain(token.slice(1, -1));
    expect((await server.ann('UNLOCK', path, undefined, { 'lock-token': token })).status).toBe(204);
    expect((await server.ann('PUT', path, aCard('locked', 'Newer'), VCARD)).status).toBe(204);
    const bare = (await lock(path)).headers['lock-token']!.slice(1, -1);
    for (const [sent, status] of [
      [`<${bare}`, 400],
      ['', 400],
      [bare, 204],
    ] as const)
      expect((await server.ann('UNLOCK', path, undefined, { 'lock-token': sent })).status, sent).toBe(status);
  });

  it('refuses a second exclusive lock with no-conflicting-lock, and grants shared ones together (RFC 4918 §6.2)', async () => {
    const path = `${BOOK}shared.vcf`;
    await server.ann('PUT', path, aCard('shared'), VCARD);
    expect((await lock(path, 'shared')).status).toBe(200);
    expect((await lock(path, 'shared')).status).toBe(200);
    const refused = await lock(path);
    expect([refused.status, refused.conditions()[0]]).toEqual([423, dav('no-conflicting-lock')]);
  });

  it('ends with its time, and is refreshed with an If header (RFC 4918 §6.6, §9.10.2)', async () => {
    const path = `${BOOK}timed.vcf`;
    await server.ann('PUT', path, aCard('timed'), VCARD);
    const token = (await lock(path)).headers['lock-token']!;
    server.clock.advance(60_000);
    expect((await server.ann('LOCK', path, undefined, { if: `(${token})`, timeout: 'Second-100' })).status).toBe(200);
    server.clock.advance(60_000);
    expect((await server.ann('PUT', path, aCard('timed', 'B'), VCARD)).status).toBe(423);
    server.clock.advance(60_000);
    expect((await server.ann('PUT', path, aCard('timed', 'C'), VCARD)).status).toBe(204);
  });

  it('is not refreshed by whoever may no longer write there, and ends with its time (RFC 4918 §9.10.2, RFC 3744 appendix B)', async () => {
    const path = `${BOOK}kept.vcf`;
    await server.ann('PUT', path, aCard('kept'), VCARD);
    await server.ann('ACL', BOOK, grant('D:read', 'D:write'));
    const info = `<D:lockinfo ${PREFIXES}><D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype></D:lockinfo>`;
    const token = (await server.bob('LOCK', path, info, { timeout: 'Second-100' })).headers['lock-token']!;
    const refresh = async () => (await server.bob('LOCK', path, undefined, { if: `(${token})` })).status;
    expect(await refresh()).toBe(200);
    await server.ann('ACL', BOOK, grant('D:read'));
    expect(await refresh()).toBe(403);
    await server.ann('ACL', BOOK, `<D:acl ${PREFIXES}/>`);
    expect(await refresh()).toBe(404);
    server.clock.advance(3_601_000);
    expect((await server.ann('PUT', path, aCard('kept', 'Mine'), VCARD)).status).toBe(204);
  });

  it('on a book with infinite depth holds for all that is in it (RFC 4918 §7.4)', async () => {
    const token = (await lock(CALENDAR, 'exclusive', { depth: 'infinity' })).headers['lock-token']!;
    const put = await server.ann('PUT', `${CALENDAR}x.ics`, 'x', { 'content-type': 'text/calendar' });
    expect(put.status).toBe(423);
    expect((await server.ann('UNLOCK', CALENDAR, undefined, { 'lock-token': token })).status).toBe(204);
  });

  it('judges If headers with ETags and untrue lists (RFC 4918 §10.4)', async () => {
    const path = `${BOOK}if.vcf`;
    const { headers } = await server.ann('PUT', path, aCard('if'), VCARD);
    const put = (condition: string) =>
      server.ann('PUT', path, aCard('if', condition.length.toString()), { ...VCARD, if: condition });
    expect((await put('(["wrong"])')).status).toBe(412);
    expect((await put('(<urn:uuid:no-such-lock>)')).status).toBe(412);
    expect((await put(`(["wrong"]) ([${headers.etag}])`)).status).toBe(204);
    expect((await put('(Not <DAV:no-lock>)')).status).toBe(204);
    expect((await put('nonsense')).status).toBe(400);
  });
});

describe('reports on principals', () => {
  it('finds principals by name (RFC 3744 §9.4)', async () => {
    const body = `<D:principal-property-search ${PREFIXES}><D:property-search><D:prop><D:displayname/></D:prop><D:match>BO</D:match></D:property-search><D:prop><D:displayname/></D:prop></D:principal-property-search>`;
    const answer = await server.ann('REPORT', '/dav/principals/', body);
    expect([...answer.responses().keys()]).toEqual([BOB]);
    expect(foundText(answer.responses().get(BOB), dav('displayname'))).toBe('bob');
  });

  it('takes every property of a property-search, and any of them with test="anyof", as the library of Nextcloud asks (RFC 3744 §9.4)', async () => {
    const found = async (test: string) => {
      const asked = '<D:displayname/><email-address xmlns="http://sabredav.org/ns"/>';
      const body = `<D:principal-property-search ${PREFIXES}${test}><D:property-search><D:prop>${asked}</D:prop><D:match>bob</D:match></D:property-search><D:prop><D:displayname/></D:prop></D:principal-property-search>`;
      return [...(await server.ann('REPORT', '/dav/principals/', body)).responses().keys()];
    };
    expect(await found('')).toEqual([]);
    expect(await found(' test="anyof"')).toEqual([BOB]);
  });

  it('finds whose calendars or cards lie in a home, as Thunderbird asks (RFC 3744 §9.4, RFC 4791 §6.2.1)', async () => {
    for (const [name, home] of [
      ['C:calendar-home-set', '/dav/calendars/bob/'],
      ['CR:addressbook-home-set', '/dav/addressbooks/bob'],
    ]) {
      const body = `<D:principal-property-search ${PREFIXES}><D:property-search><D:prop><${name}/></D:prop><D:match>${home}</D:match></D:property-search><D:prop><C:calendar-user-address-set/></D:prop></D:principal-property-search>`;
      expect([...(await server.ann('REPORT', '/dav/principals/', body)).responses().keys()], name).toEqual([BOB]);
    }
  });

  it('lists all principals for a search without a criterion, as python-caldav asks (RFC 3744 §9.4)', async () => {
    const listed = await server.ann('PROPFIND', '/dav/principals/users/', propfindBody('D:displayname'), {
      depth: '1',
    });
    const users = [...listed.responses().keys()].filter((href) => href !== '/dav/principals/users/');
    for (const test of ['', 'test="anyof"']) {
      const body = `<D:principal-property-search ${PREFIXES} ${test}><D:prop><C:calendar-home-set/><D:displayname/></D:prop></D:principal-property-search>`;
      const found = [...(await server.ann('REPORT', '/dav/', body)).responses().keys()];
      expect(found).toEqual(expect.arrayContaining(users));
    }
  });

  it('says what can be searched (RFC 3744 §9.5)', async () => {
    const answer = await server.ann('REPORT', '/dav/principals/', `<D:principal-search-property-set ${PREFIXES}/>`);
    expect(answer.status).toBe(200);
    expect(childrenOf(answer.xml()).map((each) => childrenOf(child(each, dav('prop'))!)[0]!.name)).toContain(
      dav('displayname'),
    );
  });

  it('are asked with Depth 0 or none, with one prop, and principal-search-property-set of collections of principals (RFC 3744 §9.2 to §9.5)', async () => {
    const bodies = [
      'acl-principal-prop-set',
      'principal-match',
      'principal-property-search',
      'principal-search-property-set',
    ];
    for (const local of bodies) {
      const path = local === 'acl-principal-prop-set' ? BOOK : '/dav/principals/';
      for (const depth of ['1', 'infinity'])
        expect((await server.ann('REPORT', path, `<D:${local} ${PREFIXES}/>`, { depth })).status, local).toBe(400);
      const twice = `<D:${local} ${PREFIXES}><D:prop/><D:prop/></D:${local}>`;
      expect((await server.ann('REPORT', path, twice, { depth: '0' })).status, local).toBe(400);
    }
    const elsewhere = await server.ann('REPORT', BOOK, `<D:principal-search-property-set ${PREFIXES}/>`);
    expect([elsewhere.status, elsewhere.conditions()[0]]).toEqual([403, dav('supported-report')]);
  });

  it('matches the requester itself (RFC 3744 §9.3)', async () => {
    const answer = await server.ann(
      'REPORT',
      '/dav/principals/',
      `<D:principal-match ${PREFIXES}><D:self/></D:principal-match>`,
    );
    expect([...answer.responses().keys()]).toEqual(['/dav/principals/users/ann/']);
    const owned = await server.ann(
      'REPORT',
      '/dav/addressbooks/ann/',
      `<D:principal-match ${PREFIXES}><D:principal-property><D:owner/></D:principal-property></D:principal-match>`,
    );
    expect([...owned.responses().keys()]).toContain(BOOK);
  });

  it('gives properties of the principals in an acl (RFC 3744 §9.2)', async () => {
    await server.ann('ACL', BOOK, grant('D:read'));
    const body = `<D:acl-principal-prop-set ${PREFIXES}><D:prop><D:displayname/></D:prop></D:acl-principal-prop-set>`;
    const answer = await server.ann('REPORT', BOOK, body);
    expect([...answer.responses().keys()].sort()).toEqual(['/dav/principals/users/ann/', BOB]);
  });

  it('follows properties into what they name (RFC 3253 §3.8)', async () => {
    const body = `<D:expand-property ${PREFIXES}><D:property name="current-user-principal"><D:property name="calendar-home-set" namespace="urn:ietf:params:xml:ns:caldav"><D:property name="resourcetype"/></D:property></D:property></D:expand-property>`;
    const answer = await server.ann('REPORT', BOOK, body);
    expect(answer.status).toBe(207);
    expect(answer.text).toContain('<D:href>/dav/calendars/ann/</D:href>');
    expect(textOf(answer.xml())).toBe('');
  });

  it('follows properties that clients set, too, as far as what they name may be read (RFC 3253 §3.8, RFC 3744 §9.3)', async () => {
    const set = (name: string, value: string) =>
      `<D:propertyupdate ${PREFIXES}><D:set><D:prop><x:${name} xmlns:x="urn:x">${value}</x:${name}></D:prop></D:set></D:propertyupdate>`;
    const expand = (name: string) =>
      `<D:expand-property ${PREFIXES}><D:property name="${name}" namespace="urn:x"><D:property name="displayname"/></D:property></D:expand-property>`;
    const bobs = '/dav/addressbooks/bob/contacts/';
    const keeper = '<y:href xmlns:y="DAV:">/dav/principals/users/ann/</y:href>';
    await server.ann(
      'PROPPATCH',
      BOOK,
      set('keeper', keeper + keeper.replace('principals/users/ann', bobs.slice(5, -1))),
    );
    const [expanded] = [...(await server.ann('REPORT', BOOK, expand('keeper'))).responses().values()];
    const inside = childrenOf(expanded!.properties.get('{urn:x}keeper')!.element);
    expect(inside.map((each) => textOf(child(each, dav('href'))!))).toEqual(['/dav/principals/users/ann/', bobs]);
    expect(child(inside[0]!, dav('propstat'))).toBeDefined();
    expect(textOf(child(inside[1]!, dav('status'))!)).toContain('404');
    await server.ann('PROPPATCH', BOOK, set('note', 'no href'));
    expect((await server.ann('REPORT', BOOK, expand('note'))).text).toContain('no href');

    const match = `<D:principal-match ${PREFIXES}><D:principal-property><keeper xmlns="urn:x"/></D:principal-property></D:principal-match>`;
    const kept = await server.ann('REPORT', '/dav/addressbooks/ann/', match);
    expect([...kept.responses().keys()]).toEqual([BOOK]);
  });

  it('tell of a property that may not be read as of itself, and the others all the same (RFC 3744 §5, RFC 3253 §3.8)', async () => {
    await server.ann('ACL', BOOK, grant('D:read'));
    const expand = `<D:expand-property ${PREFIXES}><D:property name="acl"/><D:property name="displayname"/></D:expand-property>`;
    const answer = await server.bob('REPORT', BOOK, expand);
    expect(answer.status).toBe(207);
    const [told] = answer.responses().values();
    expect(told!.properties.get(dav('displayname'))?.status).toBe(200);
    expect(told!.properties.get(dav('acl'))?.status).toBe(403);
    const match = `<D:principal-match ${PREFIXES}><D:principal-property><D:acl/></D:principal-property></D:principal-match>`;
    const matched = await server.bob('REPORT', '/dav/addressbooks/ann/', match);
    expect([matched.status, matched.responses().size]).toEqual([207, 0]);
  });

  it('take an href that nobody can read for one that names nothing (RFC 3253 §3.8)', async () => {
    const set = `<D:propertyupdate ${PREFIXES}><D:set><D:prop><x:odd xmlns:x="urn:x"><D:href>/dav/%zz</D:href></x:odd></D:prop></D:set></D:propertyupdate>`;
    await server.ann('PROPPATCH', BOOK, set);
    const expand = `<D:expand-property ${PREFIXES}><D:property name="odd" namespace="urn:x"><D:property name="displayname"/></D:property></D:expand-property>`;
    const answer = await server.ann('REPORT', BOOK, expand);
    expect([answer.status, answer.text.includes('404')]).toEqual([207, true]);
  });

  it('expands nothing of what may only be asked for busy times (RFC 4791 §6.1.1)', async () => {
    await server.ann('ACL', CALENDAR, grant('C:read-free-busy'));
    const home = '/dav/addressbooks/bob/';
    const set = `<D:propertyupdate ${PREFIXES}><D:set><D:prop><x:see xmlns:x="urn:x"><D:href>${CALENDAR}</D:href></x:see></D:prop></D:set></D:propertyupdate>`;
    await server.bob('PROPPATCH', home, set);
    const expand = `<D:expand-property ${PREFIXES}><D:property name="see" namespace="urn:x"><D:property name="displayname"/></D:property></D:expand-property>`;
    const answer = await server.bob('REPORT', home, expand);
    expect(answer.text).toContain('403');
    expect(answer.text).not.toContain('displayname>');
    await server.ann('ACL', CALENDAR, `<D:acl ${PREFIXES}/>`);
  });
});

describe('a collection of somebody else', () => {
  const event = (uid: string) =>
    `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//T//EN\r\nBEGIN:VEVENT\r\nUID:${uid}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260701T100000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;

  it('is not replaced by whoever may only write in it, since that deletes it (RFC 4918 §9.8.4, RFC 3744 appendix B)', async () => {
    const [one, other] = ['/dav/calendars/ann/one/', '/dav/calendars/ann/other/'];
    for (const calendar of [one, other]) {
      expect((await server.ann('MKCALENDAR', calendar)).status).toBe(201);
      await server.ann('ACL', calendar, grant('D:read', 'D:write-content', 'D:bind', 'D:unbind'));
    }
    await server.ann('PUT', `${other}kept.ics`, event('kept'), { 'content-type': 'text/calendar' });
    for (const method of ['COPY', 'MOVE'])
      for (const destination of [other, '/dav/calendars/bob/~ann~other/']) {
        const answer = await server.bob(method, one, undefined, { destination, overwrite: 'T' });
        expect([method, answer.status]).toEqual([method, 403]);
      }
    expect((await server.ann('GET', `${other}kept.ics`)).status).toBe(200);
    expect((await server.ann('COPY', one, undefined, { destination: other })).status).toBe(204);
  });
});
