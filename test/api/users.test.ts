/** Users, aliases, invitations and batches, as an administrator's programs and pages see them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiClient, apiClient, basic } from '../support/api-client.ts';
import { davClient } from '../support/dav-client.ts';
import {
  aDevice,
  anAdministrator,
  aPerson,
  failureOf,
  PASSWORD,
  type Person,
  refusalOf,
  signIn,
} from '../support/people.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let boss: Person;
let api: ApiClient;
beforeAll(async () => {
  server = await startServer();
  boss = await anAdministrator(server);
  api = await signIn(server, boss.name);
});
afterAll(() => server.stop());

const aColleague = (name?: string) =>
  aPerson(server, { organisationId: boss.organisationId, ...(name ? { name } : {}) });
const DAY = 24 * 60 * 60_000;

describe('users', () => {
  it('are made with a one-time password that must be changed first', async () => {
    const { user, oneTimePassword } = await api.call('createUser', {
      body: { name: 'new-user', displayName: 'New User', emails: ['new@example.com'] },
    });
    expect(user).toMatchObject({ name: 'new-user', displayName: 'New User', role: 'member', passwordTemporary: true });
    const theirs = await signIn(server, 'new-user', { password: oneTimePassword! });
    expect(await refusalOf(theirs.call('listCollections'))).toBe('403 password-change-required');
  });

  it.each([
    ['a name with a slash', { name: 'a/b' }, '400 invalid-name'],
    ['a name with a backslash, which no URL holds', { name: 'DOMAIN\\ann' }, '400 invalid-name'],
    ['a name with a colon, which Basic cannot carry', { name: 'a:b' }, '400 invalid-name'],
    ['a name that is taken', { name: 'taken' }, '409 name-taken'],
    ['an address without a domain', { name: 'fresh', emails: ['ann'] }, '400 invalid-email'],
    ['an address with a line break', { name: 'fresh', emails: ['a@b.c\r\nBcc: d@e.f'] }, '400 invalid-email'],
    ['a short password', { name: 'fresh', password: 'short' }, '400 invalid-password'],
  ])('are refused with %s', async (_, body, refusal) => {
    if (refusal.endsWith('taken')) await aColleague('taken');
    expect(await refusalOf(api.call('createUser', { body }))).toBe(refusal);
  });

  it('are listed in pages by name and found by part of a name or address', async () => {
    for (const name of ['pg-a', 'pg-b', 'pg-c']) await aColleague(name);
    const first = await api.call('listUsers', { query: { search: 'pg-', limit: 2 } });
    expect(first.items.map((user) => user.name)).toEqual(['pg-a', 'pg-b']);
    const query = { search: 'pg-', limit: 2, cursor: first.nextCursor! };
    const second = await api.call('listUsers', { query });
    expect([second.items.map((user) => user.name), second.nextCursor]).toEqual([['pg-c'], null]);
    expect((await api.call('listUsers', { query: { search: 'p%-' } })).items).toEqual([]);
  });

  it('cannot sign in while disabled, nor their devices, and get all back when enabled', async () => {
    const person = await aColleague();
    const theirs = await signIn(server, person.name);
    const device = davClient(server.url, { name: person.name, password: await aDevice(server, person) });
    expect((await device('PROPFIND', '/dav/', undefined, { depth: '0' })).status).toBe(207);
    const parameters = { id: person.principalId };
    await api.call('changeUser', { parameters, body: { disabled: true } });
    expect((await device('PROPFIND', '/dav/', undefined, { depth: '0' })).status).toBe(401);
    expect(await refusalOf(theirs.call('showSession'))).toBe('401 session-over');
    expect(await refusalOf(signIn(server, person.name))).toBe('401 wrong-credentials');
    await api.call('changeUser', { parameters, body: { disabled: false } });
    expect((await device('PROPFIND', '/dav/', undefined, { depth: '0' })).status).toBe(207);
  });

  it('are deleted with all they own only when their name is given', async () => {
    const person = await aColleague();
    const parameters = { id: person.principalId };
    const wrong = api.call('deleteUser', { parameters, query: { confirm: 'somebody' } });
    expect(await refusalOf(wrong)).toBe('409 not-confirmed');
    await api.call('deleteUser', { parameters, query: { confirm: person.name } });
    expect(await refusalOf(api.call('showUser', { parameters }))).toBe('404 no-such-user');
    expect(await refusalOf(signIn(server, person.name))).toBe('401 wrong-credentials');
    const left = await server.database.db
      .selectFrom('collection')
      .select('name')
      .where('owner_id', '=', person.principalId)
      .execute();
    expect(left).toEqual([]);
    await aColleague(person.name);
  });

  it('keep at least one administrator, who cannot delete itself', async () => {
    const parameters = { id: boss.principalId };
    for (const body of [{ role: 'member' as const }, { disabled: true }])
      expect(await refusalOf(api.call('changeUser', { parameters, body }))).toBe('409 last-administrator');
    const self = api.call('deleteUser', { parameters, query: { confirm: boss.name } });
    expect(await refusalOf(self)).toBe('409 own-account');
  });

  it('keep one administrator even when two take the other’s rights at the same time', async () => {
    const one = await anAdministrator(server);
    const two = await aPerson(server, { organisationId: one.organisationId, role: 'administrator' });
    const [a, b] = [await signIn(server, one.name), await signIn(server, two.name)];
    const demote = (by: ApiClient, who: Person) =>
      by.call('changeUser', { parameters: { id: who.principalId }, body: { role: 'member' } });
    const outcomes = await Promise.allSettled([demote(a, two), demote(b, one)]);
    expect(outcomes.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
  });

  it('get a one-time password from an administrator; devices stay unless it says so', async () => {
    const person = await aColleague();
    const secret = await aDevice(server, person);
    const parameters = { id: person.principalId };
    const { oneTimePassword } = await api.call('resetUserPassword', { parameters, body: {} });
    await signIn(server, person.name, { password: oneTimePassword });
    const device = apiClient(server.url, basic(person.name, secret));
    await device.call('listCollections');
    await api.call('resetUserPassword', { parameters, body: { signOutDevices: true } });
    expect(await refusalOf(device.call('listCollections'))).toBe('401 wrong-credentials');
  });
});

describe('a login name', () => {
  it('is one whichever way its accents are written (Unicode NFC)', async () => {
    await api.call('createUser', { body: { name: 'zoe\u0308', password: PASSWORD } });
    await signIn(server, 'zo\u00eb');
    await signIn(server, 'zoe\u0308');
    expect(await refusalOf(api.call('createUser', { body: { name: 'zo\u00eb' } }))).toBe('409 name-taken');
  });
});

describe('an alias', () => {
  it('signs in as the user, until it is taken away', async () => {
    const person = await aColleague();
    const parameters = { id: person.principalId };
    await api.call('addAlias', { parameters, body: { name: 'CORP\\first' } });
    await api.call('removeAlias', { parameters: { ...parameters, name: 'CORP\\first' } });
    const user = await api.call('addAlias', { parameters, body: { name: 'first.last@example.com' } });
    expect(user.aliases).toEqual(['first.last@example.com']);
    const theirs = await signIn(server, 'first.last@example.com');
    expect((await theirs.call('showSession')).account.name).toBe(person.name);
    const device = davClient(server.url, { name: 'first.last@example.com', password: PASSWORD });
    expect((await device('GET', `/dav/addressbooks/${person.name}/contacts/none`)).status).toBe(404);
    const gone = await api.call('removeAlias', { parameters: { ...parameters, name: 'first.last@example.com' } });
    expect(gone.aliases).toEqual([]);
    expect(await refusalOf(signIn(server, 'first.last@example.com'))).toBe('401 wrong-credentials');
  });

  it('cannot be another’s name, and one’s own name is none', async () => {
    const [one, two] = [await aColleague(), await aColleague()];
    const taken = api.call('addAlias', { parameters: { id: one.principalId }, body: { name: two.name } });
    expect(await refusalOf(taken)).toBe('409 name-taken');
    const own = api.call('removeAlias', { parameters: { id: one.principalId, name: one.name } });
    expect(await refusalOf(own)).toBe('409 own-name');
  });
});

describe('a batch of users', () => {
  it('is reported line by line: bad lines stop nobody', async () => {
    const raw = [
      'name,displayName,emails,role,region',
      'batch-a,Ann,ann@example.com;a@example.com,,CH',
      'bad/name,Bad,,,',
      'batch-b,Bob,,chief,',
      'batch-c,Cid,no-address,,',
      `${boss.name},Boss,,,`,
    ].join('\r\n');
    const { lines } = await api.call('importUsers', { raw, headers: { 'Content-Type': 'text/csv' } });
    const outcomes = Object.fromEntries(lines.map((line) => [line.name, line.outcome]));
    expect(outcomes).toEqual({
      'batch-a': 'created',
      'bad/name': 'refused',
      'batch-b': 'refused',
      'batch-c': 'refused',
      [boss.name]: 'changed',
    });
    expect(lines.find((line) => line.name === 'batch-b')!.reason).toContain('line 4');
    expect(lines.map((line) => line.line)).toEqual([2, 3, 4, 5, 6]);
    const { items } = await api.call('listUsers', { query: { search: 'batch-a' } });
    expect(items[0]).toMatchObject({ emails: ['ann@example.com', 'a@example.com'] });
  });

  const csv = (...rows: string[]) =>
    api.call('importUsers', { raw: rows.join('\n'), headers: { 'Content-Type': 'text/csv' } });

  it('gives whoever has no password in it a one-time one, and aliases to sign in by', async () => {
    const { lines } = await csv('name,password,aliases', 'once-a,,once.a@example.com;once-b', 'once-c,my own words,');
    expect(lines.map((line) => line.oneTimePassword === null)).toEqual([false, true]);
    const theirs = await signIn(server, 'once.a@example.com', { password: lines[0]!.oneTimePassword! });
    expect((await theirs.call('showSession')).account).toMatchObject({ name: 'once-a', passwordTemporary: true });
    await signIn(server, 'once-c', { password: 'my own words' });
  });

  it('leaves a line undone as a whole when a part of it is refused', async () => {
    const person = await aColleague();
    const { lines } = await csv('name,aliases', `halfway,fine-alias;${person.name}`);
    expect(lines[0]).toMatchObject({ outcome: 'refused', reason: expect.stringContaining('already taken') });
    expect((await api.call('listUsers', { query: { search: 'halfway' } })).items).toEqual([]);
  });

  it('cannot take the last administrator’s role', async () => {
    const only = await anAdministrator(server);
    const theirs = await signIn(server, only.name);
    const raw = `name,displayName,role\n${only.name},New Name,member`;
    const { lines } = await theirs.call('importUsers', { raw, headers: { 'Content-Type': 'text/csv' } });
    expect(lines[0]).toMatchObject({ outcome: 'refused', reason: expect.stringContaining('last administrator') });
    const user = await theirs.call('showUser', { parameters: { id: only.principalId } });
    expect(user).toMatchObject({ role: 'administrator', displayName: only.name });
  });

  it('makes users in the administrator’s own organisation', async () => {
    const other = await anAdministrator(server);
    const theirs = await signIn(server, other.name);
    await theirs.call('importUsers', { raw: 'name\nelsewhere', headers: { 'Content-Type': 'text/csv' } });
    expect((await api.call('listUsers', { query: { search: 'elsewhere' } })).items).toEqual([]);
    expect((await theirs.call('listUsers', { query: { search: 'elsewhere' } })).items).toHaveLength(1);
  });
});

describe('an invitation', () => {
  const invitation = async (body: { role?: 'administrator'; email?: string; days?: number } = {}) => {
    const made = await api.call('createInvitation', { body });
    return { ...made.invitation, token: made.link.split('#/invitation/')[1]! };
  };
  const stranger = () => apiClient(server.url);

  it('lets one person choose name and password, and signs in', async () => {
    const { token, id } = await invitation({ role: 'administrator', email: 'ivy@example.com' });
    expect(await stranger().call('showInvitation', { body: { token } })).toMatchObject({
      role: 'administrator',
      email: 'ivy@example.com',
    });
    const body = { token, name: 'ivy', password: 'my own words' };
    const { account } = await stranger().call('acceptInvitation', { body });
    expect(account).toMatchObject({ name: 'ivy', role: 'administrator', emails: ['ivy@example.com'] });
    await signIn(server, 'ivy', { password: 'my own words' });
    const { items } = await api.call('listInvitations');
    expect(items.find((each) => each.id === id)).toMatchObject({ state: 'accepted', acceptedName: 'ivy' });
  });

  it('works once, also for two at the same time', async () => {
    const { token } = await invitation();
    const accept = (name: string) => stranger().call('acceptInvitation', { body: { token, name, password: PASSWORD } });
    const outcomes = await Promise.allSettled(['jack', 'jill', 'joan'].map(accept));
    expect(outcomes.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
    expect(await refusalOf(accept('june'))).toBe('404 no-such-invitation');
  });

  it('still works after a name that was taken or a password that was too short', async () => {
    const { token } = await invitation();
    const accept = (name: string, password: string) =>
      stranger().call('acceptInvitation', { body: { token, name, password } });
    expect(await refusalOf(accept(boss.name, PASSWORD))).toBe('409 name-taken');
    expect(await refusalOf(accept('kim', 'short'))).toBe('400 invalid-password');
    await accept('kim', PASSWORD);
  });

  it('is listed in pages, newest first', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) {
      server.clock.advance(5);
      ids.unshift((await invitation()).id);
    }
    const first = await api.call('listInvitations', { query: { limit: 2 } });
    const second = await api.call('listInvitations', { query: { limit: 1, cursor: first.nextCursor! } });
    expect([...first.items, ...second.items].map((each) => each.id)).toEqual(ids);
  });

  it('ends by itself, and when it is taken back', async () => {
    const [late, revoked] = [await invitation({ days: 1 }), await invitation()];
    await api.call('revokeInvitation', { parameters: { id: revoked.id } });
    server.clock.advance(DAY + 1);
    for (const { token } of [late, revoked])
      expect(await refusalOf(stranger().call('showInvitation', { body: { token } }))).toBe('404 no-such-invitation');
    for (const token of ['x', `${boss.organisationId}.${'x'.repeat(43)}`])
      expect(await refusalOf(stranger().call('showInvitation', { body: { token } }))).toBe('404 no-such-invitation');
  });
});

describe('sessions', () => {
  it('are listed with the browser’s name, and ended one by one or all but one’s own', async () => {
    const person = await aColleague();
    const [here, there, elsewhere] = [
      await signIn(server, person.name),
      await signIn(server, person.name),
      await signIn(server, person.name),
    ];
    const { items } = await here.call('listSessions');
    expect(items.map((each) => each.current).sort()).toEqual([false, false, true]);
    const own = (await there.call('listSessions')).items.find((each) => each.current)!;
    await here.call('endSession', { parameters: { id: own.id } });
    expect(await refusalOf(there.call('showSession'))).toBe('401 session-over');
    await here.call('endSessions');
    expect(await refusalOf(elsewhere.call('showSession'))).toBe('401 session-over');
    expect((await here.call('listSessions')).items).toHaveLength(1);
    const other = await signIn(server, (await aColleague()).name);
    const mine = (await here.call('listSessions')).items[0]!;
    expect(await refusalOf(other.call('endSession', { parameters: { id: mine.id } }))).toBe('404 no-such-session');
  });

  it('tell when and from where they were last used', async () => {
    const person = await aColleague();
    const theirs = await signIn(server, person.name);
    const begun = (await theirs.call('listSessions')).items[0]!;
    expect(begun).toMatchObject({ lastUsedAt: begun.createdAt, address: expect.stringContaining('127.0.0.1') });
    server.clock.advance(60 * 60_000);
    await theirs.call('listCollections');
    const later = (await theirs.call('listSessions')).items[0]!;
    expect(Date.parse(later.lastUsedAt!) - Date.parse(begun.lastUsedAt!)).toBe(60 * 60_000);
  });

  it('say nothing that could open them', async () => {
    const answer = await api.call('listSessions');
    for (const { id } of answer.items) {
      const stolen = apiClient(server.url, { Cookie: `doublon_session=${boss.organisationId}.${id}` });
      expect((await failureOf(stolen.call('showSession'))).status).toBe(401);
    }
  });
});

describe('changing the password', () => {
  it('lets devices keep their access, or takes it, as chosen', async () => {
    const person = await aColleague();
    const secret = await aDevice(server, person);
    const device = apiClient(server.url, basic(person.name, secret));
    const theirs = await signIn(server, person.name);
    await theirs.call('changePassword', { body: { current: PASSWORD, next: 'second words' } });
    await device.call('listCollections');
    await theirs.call('changePassword', {
      body: { current: 'second words', next: 'third words', signOutDevices: true },
    });
    expect(await refusalOf(device.call('listCollections'))).toBe('401 wrong-credentials');
  });
});
