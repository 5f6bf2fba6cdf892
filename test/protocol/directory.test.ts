/** The directory: the people of the organisation as a read-only address book (draft-daboo-carddav-directory-gateway). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrganisation, createPrincipal } from '../../src/commands/accounts.ts';
import { DEFAULT_RETENTION } from '../../src/commands/retention.ts';
import { keepHouse } from '../../src/jobs/housekeeping.ts';
import { findPrincipalByName, updatePrincipal } from '../../src/store/principals.ts';
import { childrenOf, textOf } from '../../src/xml/element.ts';
import { carddav, dav } from '../../src/xml/names.ts';
import { type DavAnswer, davClient, foundText, syncTokenOf } from '../support/dav-client.ts';
import { aCard, type DavServer, PREFIXES, propfindBody, startDavServer, VCARD } from '../support/dav-server.ts';

const DIRECTORY = '/dav/directory/';

let server: DavServer;
const ids: Record<string, string> = {};
beforeAll(async () => {
  server = await startDavServer();
  const { context, organisationId } = server;
  await createPrincipal(context, { organisationId, kind: 'group', name: 'team' });
  await createPrincipal(context, { organisationId, kind: 'location', name: 'hall' });
  for (const name of ['ann', 'bob'])
    ids[name] = (await findPrincipalByName(context.db, organisationId, name))!.principal_id;
});
afterAll(() => server.stop());

const cardOf = (name: string) => `${DIRECTORY}${ids[name]}.vcf`;
const rename = (name: string, displayName: string) =>
  updatePrincipal(server.context.db, server.organisationId, ids[name]!, { display_name: displayName });
const addUser = async (name: string) => {
  const { context, organisationId } = server;
  ids[name] = await createPrincipal(context, { organisationId, kind: 'user', name, displayName: name });
};
const disable = (name: string, at: Date | null) =>
  updatePrincipal(server.context.db, server.organisationId, ids[name]!, { disabled_at: at });

const sync = (token: string, limit?: number) =>
  server.ann(
    'REPORT',
    DIRECTORY,
    `<D:sync-collection ${PREFIXES}><D:sync-token>${token}</D:sync-token><D:sync-level>1</D:sync-level>${limit === undefined ? '' : `<D:limit><D:nresults>${limit}</D:nresults></D:limit>`}<D:prop><D:getetag/></D:prop></D:sync-collection>`,
  );
const statuses = (answer: DavAnswer) =>
  Object.fromEntries([...answer.responses()].map(([href, { status }]) => [href, status ?? 200]));

describe('the directory', () => {
  it('is named by directory-gateway on principals, and is an address book of the type directory', async () => {
    const about = await server.ann('PROPFIND', '/dav/principals/users/ann/', propfindBody('CR:directory-gateway'), {
      depth: '0',
    });
    const [principal] = about.responses().values();
    expect(childrenOf(principal!.properties.get(carddav('directory-gateway'))!.element).map(textOf)).toEqual([
      DIRECTORY,
    ]);
    const asked = [
      'D:resourcetype',
      'CR:supported-address-data',
      'D:sync-token',
      'D:supported-report-set',
      'CS:getctag',
    ];
    const answer = await server.ann('PROPFIND', DIRECTORY, propfindBody(...asked), { depth: '0' });
    const { properties } = answer.responses().get(DIRECTORY)!;
    expect([...properties.values()].map(({ status }) => status)).toEqual(asked.map(() => 200));
    expect(childrenOf(properties.get(dav('resourcetype'))!.element).map(({ name }) => name)).toEqual([
      dav('collection'),
      carddav('addressbook'),
      carddav('directory'),
    ]);
    expect(answer.text).toContain('addressbook-query');
    // vdirsyncer lists the URL it is given before it asks for the home: a book found there would be the only one it sees
    expect((await server.ann('PROPFIND', '/dav/', undefined, { depth: '1' })).responses().has(DIRECTORY)).toBe(false);
  });

  it('lists a card of each user that may sign in, and of nobody else', async () => {
    const answer = await server.ann('PROPFIND', DIRECTORY, propfindBody('D:getetag'), { depth: '1' });
    expect([...answer.responses().keys()].sort()).toEqual([DIRECTORY, cardOf('ann'), cardOf('bob')].sort());
    const got = await server.bob('GET', cardOf('ann'));
    expect(got.text).toBe(
      `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:${ids.ann}\r\nFN:ann\r\nN:ann;;;;\r\nEMAIL;TYPE=INTERNET:ann@example.com\r\nEND:VCARD\r\n`,
    );
    expect(got.headers.etag).toBe(foundText(answer.responses().get(cardOf('ann')), dav('getetag')));
    expect((await server.bob('GET', cardOf('ann'), undefined, { 'if-none-match': got.headers.etag! })).status).toBe(
      304,
    );
    const four = await server.bob('GET', cardOf('ann'), undefined, { accept: 'text/vcard;version=4.0' });
    expect(four.text).toContain('VERSION:4.0');
    await disable('bob', new Date(server.clock.now()));
    expect((await server.ann('GET', cardOf('bob'))).status).toBe(404);
    await disable('bob', null);
  });

  it('is closed to other organisations and to those who are not signed in', async () => {
    const organisationId = await createOrganisation(server.context, 'Elsewhere');
    const stranger = { name: 'stranger', password: 'a long secret' };
    await createPrincipal(server.context, { organisationId, kind: 'user', ...stranger });
    const outside = davClient(server.url, stranger);
    expect((await outside('PROPFIND', DIRECTORY, undefined, { depth: '1' })).responses().size).toBe(2);
    expect((await outside('GET', cardOf('ann'))).status).toBe(404);
    expect((await server.anonymous('PROPFIND', DIRECTORY, undefined, { depth: '1' })).status).toBe(401);
  });

  it('is searched by addressbook-query, on one card too, with a limit (RFC 6352 §8.6)', async () => {
    const query = (path: string, text: string, limit = '') =>
      server.ann(
        'REPORT',
        path,
        `<CR:addressbook-query ${PREFIXES}><D:prop><D:getetag/><CR:address-data><CR:prop name="FN"/></CR:address-data></D:prop><CR:filter test="anyof"><CR:prop-filter name="FN"><CR:text-match match-type="starts-with">${text}</CR:text-match></CR:prop-filter><CR:prop-filter name="EMAIL"><CR:text-match>${text}</CR:text-match></CR:prop-filter></CR:filter>${limit}</CR:addressbook-query>`,
        { depth: '1' },
      );
    const found = await query(DIRECTORY, 'AN');
    expect([...found.responses().keys()]).toEqual([cardOf('ann')]);
    expect(foundText(found.responses().get(cardOf('ann')), carddav('address-data'))).toContain('FN:ann');
    expect((await query(cardOf('bob'), 'ann')).responses().size).toBe(0);
    const cut = await query(DIRECTORY, 'example.com', '<CR:limit><CR:nresults>1</CR:nresults></CR:limit>');
    expect(statuses(cut)[DIRECTORY]).toBe(507);
    expect(cut.responses().size).toBe(2);
  });

  it('gives its cards by addressbook-multiget, and 404 for what is missing (RFC 6352 §8.7)', async () => {
    const hrefs = [cardOf('ann'), `${DIRECTORY}nobody.vcf`, '/dav/addressbooks/ann/contacts/'];
    const body = `<CR:addressbook-multiget ${PREFIXES}><D:prop><D:getetag/><CR:address-data/></D:prop>${hrefs.map((href) => `<D:href>${href}</D:href>`).join('')}</CR:addressbook-multiget>`;
    expect(statuses(await server.ann('REPORT', DIRECTORY, body))).toEqual({
      [hrefs[0]!]: 200,
      [hrefs[1]!]: 404,
      [hrefs[2]!]: 404,
    });
  });

  it('is read only: nothing can be put, changed, removed or locked there (RFC 3744 §3)', async () => {
    expect((await server.ann('PUT', cardOf('ann'), aCard('x'), VCARD)).status).toBe(405);
    expect((await server.ann('PUT', `${DIRECTORY}new.vcf`, aCard('x'), VCARD)).status).toBe(403);
    expect((await server.ann('DELETE', cardOf('ann'))).status).toBe(405);
    expect((await server.ann('DELETE', DIRECTORY)).status).toBe(405);
    expect((await server.ann('MKCOL', `${DIRECTORY}sub/`)).status).toBe(403);
    const update = `<D:propertyupdate ${PREFIXES}><D:set><D:prop><D:displayname>x</D:displayname></D:prop></D:set></D:propertyupdate>`;
    expect((await server.ann('PROPPATCH', DIRECTORY, update)).status).toBe(405);
    expect((await server.ann('OPTIONS', DIRECTORY)).headers.allow).not.toMatch(/PUT|DELETE|PROPPATCH|LOCK|ACL/);
  });
});

describe('sync-collection on the directory', () => {
  it('tells who came, changed and went, from any token that was given out (RFC 6578 §3.4, §3.5)', async () => {
    const first = await sync('');
    expect(statuses(first)).toEqual({ [cardOf('ann')]: 200, [cardOf('bob')]: 200 });
    const told = await server.ann('PROPFIND', DIRECTORY, propfindBody('D:sync-token'), { depth: '0' });
    expect(foundText(told.responses().get(DIRECTORY), dav('sync-token'))).toBe(syncTokenOf(first));
    expect(statuses(await sync(syncTokenOf(first)))).toEqual({});
    await rename('bob', 'Robert');
    await addUser('eve');
    const second = await sync(syncTokenOf(first));
    expect(statuses(second)).toEqual({ [cardOf('bob')]: 200, [cardOf('eve')]: 200 });
    await disable('eve', new Date(server.clock.now()));
    expect(statuses(await sync(syncTokenOf(second)))).toEqual({ [cardOf('eve')]: 404 });
    expect(statuses(await sync(syncTokenOf(first)))).toEqual({ [cardOf('bob')]: 200 });
    await disable('eve', null);
    expect(statuses(await sync(syncTokenOf(second)))).toEqual({});
  });

  it('resumes exactly where a limit cut it, first and later (RFC 6578 §3.6)', async () => {
    const known = new Map<string, number>();
    const drain = async (from: string) => {
      for (let token = from, round = 0; ; round++) {
        expect(round).toBeLessThan(20);
        const answer = await sync(token, 1);
        const { [DIRECTORY]: cut, ...others } = statuses(answer);
        expect(Object.keys(others).length).toBeLessThan(2);
        for (const [href, status] of Object.entries(others))
          if (status === 404) known.delete(href);
          else known.set(href, status);
        token = syncTokenOf(answer);
        if (cut !== 507) return token;
      }
    };
    const token = await drain('');
    expect([...known.keys()].sort()).toEqual([cardOf('ann'), cardOf('bob'), cardOf('eve')].sort());
    await addUser('fay');
    await disable('eve', new Date(server.clock.now()));
    await rename('ann', 'Anna');
    await drain(token);
    expect([...known.keys()].sort()).toEqual([cardOf('ann'), cardOf('bob'), cardOf('fay')].sort());
  });

  it('refuses tokens that it did not give out, and those that nobody asked for in half a year (RFC 6578 §3.2)', async () => {
    const token = syncTokenOf(await sync(''));
    for (const wrong of ['gone', 'urn:doublon:directory:AAAA', `${token}x`]) {
      const refused = await sync(wrong);
      expect([refused.status, refused.conditions()[0]]).toEqual([403, dav('valid-sync-token')]);
    }
    server.clock.advance(181 * 24 * 3_600_000);
    await keepHouse(server.context, { retention: DEFAULT_RETENTION });
    expect((await sync(token)).status).toBe(403);
    expect((await sync('')).status).toBe(207);
  });
});
