/** Principals and their groups, inherited grants, quotas, and locks that others stand in the way of, over HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPrincipal } from '../../src/commands/accounts.ts';
import { forgetQuota } from '../../src/commands/quota.ts';
import { SCALE_NAMES } from '../../src/icalendar/recurrence/scale-names.ts';
import { findPrincipalByName, updatePrincipal } from '../../src/store/principals.ts';
import { childrenOf, textOf } from '../../src/xml/element.ts';
import { caldav, carddav, dav } from '../../src/xml/names.ts';
import { type DavClient, davClient, foundText } from '../support/dav-client.ts';
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
let administrator: DavClient;
const ROOT = { name: 'root', password: 'a long password' };
const ANN = '/dav/principals/users/ann/';
const BOB = '/dav/principals/users/bob/';
const TEAM = '/dav/principals/groups/team/';

beforeAll(async () => {
  server = await startDavServer();
  const { context, organisationId } = server;
  await createPrincipal(context, { organisationId, kind: 'user', role: 'administrator', displayName: 'Root', ...ROOT });
  await createPrincipal(context, { organisationId, kind: 'group', name: 'team' });
  await createPrincipal(context, { organisationId, kind: 'location', name: 'hall', displayName: 'Great hall' });
  administrator = davClient(server.url, ROOT);
  await server.ann('PUT', `${BOOK}a.vcf`, aCard('a'), VCARD);
});
afterAll(() => server.stop());

const update = (property: string) =>
  `<D:propertyupdate ${PREFIXES}><D:set><D:prop>${property}</D:prop></D:set></D:propertyupdate>`;
const members = (...hrefs: string[]) =>
  update(`<D:group-member-set>${hrefs.map((href) => `<D:href>${href}</D:href>`).join('')}</D:group-member-set>`);
const hrefsIn = async (path: string, prefixed: string, client = server.ann) => {
  const [response] = (await client('PROPFIND', path, propfindBody(prefixed), { depth: '0' })).responses().values();
  return childrenOf([...response!.properties.values()][0]!.element).map(textOf);
};

describe('members of a group', () => {
  it('are set by administrators in group-member-set, and told by group-membership (RFC 3744 §4.3, §4.4)', async () => {
    const set = await administrator('PROPPATCH', TEAM, members(BOB, ANN));
    expect(set.responses().get(TEAM)!.properties.get(dav('group-member-set'))!.status).toBe(200);
    expect((await hrefsIn(TEAM, 'D:group-member-set')).sort()).toEqual([ANN, BOB]);
    expect(await hrefsIn(BOB, 'D:group-membership')).toEqual([TEAM]);
    await administrator('PROPPATCH', TEAM, members());
    expect(await hrefsIn(TEAM, 'D:group-member-set')).toEqual([]);
  });

  it('are changed by nobody else, and must be principals (RFC 3744 §4.3)', async () => {
    const refused = await server.ann('PROPPATCH', TEAM, members(ANN));
    expect([refused.status, refused.conditions()[0]]).toEqual([403, dav('need-privileges')]);
    for (const href of [BOOK, TEAM, '/dav/principals/users/nobody/']) {
      const answer = await administrator('PROPPATCH', TEAM, members(BOB, href));
      expect(answer.responses().get(TEAM)!.properties.get(dav('group-member-set'))!.status, href).toBe(403);
      expect(answer.text, href).toContain('recognized-principal');
    }
    const own = await server.ann('PROPPATCH', ANN, members(BOB));
    expect(own.text).toContain('cannot-modify-protected-property');
    expect(await hrefsIn(TEAM, 'D:group-member-set')).toEqual([]);
  });
});

describe('a principal', () => {
  it('is described by its card of the directory, or by one it chose in a book of its own, wherever that goes (RFC 6352 §7.1.2)', async () => {
    const told = async () => (await hrefsIn(ANN, 'CR:principal-address', server.bob))[0];
    const choose = (inside: string, client = server.ann) =>
      client('PROPPATCH', ANN, update(`<CR:principal-address>${inside}</CR:principal-address>`));
    const directory = await told();
    expect(directory).toMatch(/^\/dav\/directory\/[-0-9a-f]{36}\.vcf$/);
    expect((await server.bob('GET', directory!)).text).toContain('FN:ann');
    await server.ann('PUT', `${BOOK}me.vcf`, aCard('me'), VCARD);
    const set = await choose(`<D:href>${BOOK}me.vcf</D:href>`);
    expect(set.responses().get(ANN)!.properties.get(carddav('principal-address'))!.status).toBe(200);
    expect(await told()).toBe(`${BOOK}me.vcf`);
    await server.ann('MOVE', `${BOOK}me.vcf`, undefined, { destination: `${BOOK}myself.vcf` });
    expect(await told()).toBe(`${BOOK}myself.vcf`);
    await server.ann('DELETE', `${BOOK}myself.vcf`);
    expect(await told()).toBe(directory);
    for (const href of ['/dav/addressbooks/bob/contacts/x.vcf', BOOK, CALENDAR, 'https://example.org/me.vcf']) {
      const refused = await choose(`<D:href>${href}</D:href>`);
      expect(refused.responses().get(ANN)!.properties.get(carddav('principal-address'))!.status, href).toBe(409);
    }
    expect((await choose('', server.bob)).status).toBe(403);
    expect(await hrefsIn('/dav/principals/locations/hall/', 'CR:principal-address')).toEqual([]);
  });

  it('tells other principals its homes and addresses (RFC 6352 §7.1.1, RFC 6638 §2.4.1)', async () => {
    expect(await hrefsIn(ANN, 'CR:addressbook-home-set', server.bob)).toEqual(['/dav/addressbooks/ann/']);
    expect(await hrefsIn(ANN, 'C:calendar-home-set', server.bob)).toEqual(['/dav/calendars/ann/']);
    expect(await hrefsIn(ANN, 'C:calendar-user-address-set', server.bob)).toContain('mailto:ann@example.com');
  });

  it('is found by words of its name or address and by its kind (calendarserver principal-search)', async () => {
    const search = async (context: string, ...tokens: string[]) => {
      const body = `<CS:calendarserver-principal-search ${PREFIXES} context="${context}">${tokens.map((each) => `<CS:search-token>${each}</CS:search-token>`).join('')}<D:prop><D:displayname/></D:prop></CS:calendarserver-principal-search>`;
      return [...(await server.ann('REPORT', '/dav/principals/', body)).responses().keys()];
    };
    expect(await search('attendee', 'BOB', 'example')).toEqual([BOB]);
    expect(await search('location', 'great')).toEqual(['/dav/principals/locations/hall/']);
    expect(await search('user', 'great')).toEqual([]);
  });

  it('must be signed in to be told who it is: 401 with a challenge (RFC 5397 §3, RFC 7235 §4.1)', async () => {
    for (const path of ['/', '/dav/', '/principals/', ANN]) {
      const answer = await server.anonymous('PROPFIND', path, propfindBody('D:current-user-principal'), { depth: '0' });
      expect([answer.status, answer.headers['www-authenticate']], path).toEqual([
        401,
        expect.stringMatching(/^Basic /),
      ]);
    }
  });
});

describe('grants on a plain collection', () => {
  const FILES = '/dav/calendars/ann/files/';
  const ace = `<D:ace><D:principal><D:href>${BOB}</D:href></D:principal><D:grant><D:privilege><D:read/></D:privilege></D:grant></D:ace>`;

  it('reach all that is below it, and are told there as inherited (RFC 3744 §5.5.4, §5.7)', async () => {
    for (const path of [FILES, `${FILES}sub/`]) expect((await server.ann('MKCOL', path)).status).toBe(201);
    await server.ann('PUT', `${FILES}sub/note.txt`, 'hello', { 'content-type': 'text/plain' });
    expect((await server.bob('GET', `${FILES}sub/note.txt`)).status).toBe(404);
    await server.ann('ACL', FILES, `<D:acl ${PREFIXES}>${ace}</D:acl>`);
    expect((await server.bob('GET', `${FILES}sub/note.txt`)).status).toBe(200);
    expect((await server.bob('DELETE', `${FILES}sub/note.txt`)).status).toBe(403);
    expect(await hrefsIn(`${FILES}sub/note.txt`, 'D:inherited-acl-set')).toEqual([`${FILES}sub/`, FILES]);
    const told = await server.ann('PROPFIND', `${FILES}sub/`, propfindBody('D:acl'), { depth: '0' });
    expect(told.text).toContain(`<D:inherited><D:href>${FILES}</D:href></D:inherited>`);
    const who = `<D:acl-principal-prop-set ${PREFIXES}><D:prop><D:displayname/></D:prop></D:acl-principal-prop-set>`;
    const granted = await server.ann('REPORT', `${FILES}sub/note.txt`, who);
    expect([...granted.responses().keys()].sort()).toEqual([ANN, BOB]);
    await server.ann('ACL', FILES, `<D:acl ${PREFIXES}/>`);
    expect((await server.bob('GET', `${FILES}sub/note.txt`)).status).toBe(404);
  });

  it('of cards are told on the cards as inherited from their book (RFC 3744 §5.5.4)', async () => {
    await server.ann('ACL', BOOK, `<D:acl ${PREFIXES}>${ace}</D:acl>`);
    const told = await server.ann('PROPFIND', `${BOOK}a.vcf`, propfindBody('D:acl'), { depth: '0' });
    expect(told.text).toContain(`<D:inherited><D:href>${BOOK}</D:href></D:inherited>`);
    expect(await hrefsIn(`${BOOK}a.vcf`, 'D:inherited-acl-set')).toEqual([BOOK]);
    await server.ann('ACL', BOOK, `<D:acl ${PREFIXES}/>`);
  });
});

describe('the acl of what is no collection', () => {
  const read = '<D:grant><D:privilege><D:read/></D:privilege></D:grant>';
  const list = (...aces: string[]) =>
    `<D:acl ${PREFIXES}>${aces.map((each) => `<D:ace>${each}</D:ace>`).join('')}</D:acl>`;
  const owner =
    '<D:principal><D:property><D:owner/></D:property></D:principal><D:grant><D:privilege><D:all/></D:privilege></D:grant>';

  it('is the owner’s, protected, on homes, cards and principals, and can be sent back as it was read (RFC 3744 §5.5, §8.1)', async () => {
    for (const path of ['/dav/addressbooks/ann/', `${BOOK}a.vcf`]) {
      const told = await server.ann('PROPFIND', path, propfindBody('D:acl'), { depth: '0' });
      expect(told.text, path).toContain('<D:property><D:owner/></D:property>');
      expect(told.text, path).toContain('<D:protected/>');
      expect((await server.ann('ACL', path, list(`${owner}<D:protected/>`))).status, path).toBe(200);
      expect((await server.ann('ACL', path, list(owner))).status, path).toBe(200);
      const refused = await server.ann('ACL', path, list(`<D:principal><D:href>${BOB}</D:href></D:principal>${read}`));
      expect([refused.status, refused.conditions()[0]], path).toEqual([403, dav('limited-number-of-aces')]);
      expect((await server.bob('ACL', path, list())).status, path).toBe(404);
    }
    expect((await server.ann('PROPFIND', ANN, propfindBody('D:acl'), { depth: '0' })).text).toContain(
      '<D:authenticated/>',
    );
    expect((await server.ann('ACL', ANN, list())).status).toBe(405);
  });

  it('is not told to those without read-acl: 403 in its propstat, the other properties stand (RFC 3744 §5.5)', async () => {
    const told = await server.bob('PROPFIND', ANN, propfindBody('D:acl', 'D:displayname'), { depth: '0' });
    const { properties } = told.responses().get(ANN)!;
    expect([properties.get(dav('acl'))!.status, properties.get(dav('displayname'))!.status]).toEqual([403, 200]);
    expect(told.text).toContain('<D:need-privileges>');
    const names = `<D:propfind ${PREFIXES}><D:propname/></D:propfind>`;
    expect((await server.bob('PROPFIND', ANN, names, { depth: '0' })).text).toContain('<D:acl/>');
  });
});

describe('resource-id', () => {
  it('tells principals, homes, books and cards apart, and stays when a card is moved (RFC 5842 §3.1)', async () => {
    await server.ann('PUT', `${BOOK}moving.vcf`, aCard('moving'), VCARD);
    const paths = [ANN, '/dav/addressbooks/ann/', '/dav/calendars/ann/', BOOK, CALENDAR, `${BOOK}moving.vcf`];
    const ids = await Promise.all(paths.map(async (path) => (await hrefsIn(path, 'D:resource-id'))[0]!));
    expect(new Set(ids).size).toBe(paths.length);
    for (const id of ids) expect(id).toMatch(/^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    await server.ann('MOVE', `${BOOK}moving.vcf`, undefined, { destination: `${BOOK}moved.vcf` });
    expect(await hrefsIn(`${BOOK}moved.vcf`, 'D:resource-id')).toEqual([ids.at(-1)]);
  });
});

describe('what is told of limits', () => {
  it('holds quota-available-bytes where there is a quota, and quota-used-bytes always (RFC 4331 §3, §4)', async () => {
    const { context, organisationId } = server;
    const ask = async () => {
      const body = propfindBody('D:quota-available-bytes', 'D:quota-used-bytes');
      const [response] = (await server.ann('PROPFIND', '/dav/addressbooks/ann/', body, { depth: '0' }))
        .responses()
        .values();
      return {
        available: foundText(response, dav('quota-available-bytes')),
        used: Number(foundText(response, dav('quota-used-bytes'))),
      };
    };
    const { available, used } = await ask();
    expect(available).toBeUndefined();
    expect(used).toBeGreaterThan(0);
    const ann = (await findPrincipalByName(context.db, organisationId, 'ann'))!;
    await updatePrincipal(context.db, organisationId, ann.principal_id, { quota_octets: used + 1000 });
    forgetQuota(context, ann.principal_id);
    expect(await ask()).toEqual({ available: '1000', used });
    await updatePrincipal(context.db, organisationId, ann.principal_id, { quota_octets: null });
    forgetQuota(context, ann.principal_id);
  });

  it('names the calendar scales that recurrences may count in (RFC 7529 §10.1)', async () => {
    const answer = await server.ann('PROPFIND', CALENDAR, propfindBody('C:supported-rscale-set'), { depth: '0' });
    const set = answer.responses().get(CALENDAR)!.properties.get(caldav('supported-rscale-set'))!;
    expect(set.status).toBe(200);
    expect(childrenOf(set.element).map(textOf)).toEqual([...SCALE_NAMES]);
  });

  it('answers OPTIONS * for the server as a whole, without credentials (RFC 9110 §9.3.7)', async () => {
    const answer = await server.anonymous('OPTIONS', '*');
    expect(answer.status).toBe(200);
    expect(answer.headers.allow).toContain('PROPFIND');
    expect(answer.headers.dav).toContain('addressbook');
  });
});

describe('a lock on a collection', () => {
  const info = `<D:lockinfo ${PREFIXES}><D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype></D:lockinfo>`;

  it('that a member’s lock stands in the way of is answered 207: 423 for the member, 424 for the collection (RFC 4918 §9.10.6)', async () => {
    const token = (await server.ann('LOCK', `${BOOK}a.vcf`, info)).headers['lock-token']!;
    const refused = await server.ann('LOCK', BOOK, info, { depth: 'infinity' });
    expect(refused.status).toBe(207);
    expect([...refused.responses()].map(([href, { status }]) => [href, status])).toEqual([
      [`${BOOK}a.vcf`, 423],
      [BOOK, 424],
    ]);
    expect(refused.headers['lock-token']).toBeUndefined();
    expect((await server.ann('PUT', `${BOOK}b.vcf`, aCard('b'), VCARD)).status).toBe(201);
    await server.ann('UNLOCK', `${BOOK}a.vcf`, undefined, { 'lock-token': token });
    const taken = await server.ann('LOCK', BOOK, info, { depth: 'infinity' });
    expect(taken.status).toBe(200);
    const below = await server.ann('LOCK', `${BOOK}a.vcf`, info);
    expect([below.status, below.conditions()[0]]).toEqual([423, dav('no-conflicting-lock')]);
    await server.ann('UNLOCK', BOOK, undefined, { 'lock-token': taken.headers['lock-token']! });
  });
});
