/** The audit log: what is noted, what never is, who may read it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiClient, apiClient } from '../support/api-client.ts';
import { davClient } from '../support/dav-client.ts';
import { anAdministrator, aPerson, PASSWORD, type Person, refusalOf, signIn } from '../support/people.ts';
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

const aColleague = () => aPerson(server, { organisationId: boss.organisationId });
const entriesOf = async (actor: string) =>
  (await api.call('listAuditEntries', { query: { limit: 200 } })).items.filter((each) => each.actor === actor);
const actionsOf = async (actor: string) => (await entriesOf(actor)).map((each) => each.action);

describe('the audit log', () => {
  it('tells sign-ins, good and bad, with the address and without a secret', async () => {
    const { name } = await aColleague();
    await refusalOf(signIn(server, name, { password: 'my secret guess' }));
    server.clock.advance(5);
    await signIn(server, name);
    const entries = await entriesOf(name);
    expect(entries.map((each) => each.action)).toEqual(['sign-in', 'sign-in-refused']);
    expect(entries[1]).toMatchObject({
      details: { reason: 'wrong-credentials' },
      address: expect.stringContaining('127.0.0.1'),
    });
    const everything = JSON.stringify([
      await server.database.db.selectFrom('audit_entry').selectAll().execute(),
      server.log,
    ]);
    expect(everything).not.toContain('my secret guess');
    expect(everything).not.toContain(PASSWORD);
  });

  it('tells of a device with a wrong password once, and again at the tenth', async () => {
    const { name } = await aColleague();
    const device = davClient(server.url, { name, password: 'old password' });
    for (let i = 0; i < 10; i++) await device('PROPFIND', '/dav/', undefined, { depth: '0' });
    const entries = await entriesOf(name);
    expect(entries.map((each) => each.details.count).sort()).toEqual([1, 10]);
  });

  it('tells changes of users, app passwords, and deletions of collections over the API and over DAV', async () => {
    const person = await aColleague();
    const theirs = await signIn(server, person.name);
    // entries of one millisecond have no order
    const step = () => server.clock.advance(5);
    step();
    await theirs.call('createAppPassword', { body: { name: 'Phone' } });
    step();
    const made = await theirs.call('createCollection', {
      body: { kind: 'addressbook', displayName: 'Old', name: 'old' },
    });
    await theirs.call('deleteCollection', { parameters: { id: made.id } });
    step();
    const device = davClient(server.url, { name: person.name, password: PASSWORD });
    const { items } = await theirs.call('listCollections');
    const body = { name: null, may: 'read' } as const;
    await theirs.call('shareCollection', { parameters: { id: items[0]!.id }, body });
    step();
    const link = await theirs.call('createPublication', {
      parameters: { id: items[0]!.id },
      body: { name: 'for the club' },
    });
    const noted = (await entriesOf(person.name))[0];
    expect(noted).toMatchObject({ subject: items[0]!.id, details: { link: 'for the club', may: 'read' } });
    expect(JSON.stringify(noted)).not.toContain(new URL(link.url).pathname.slice(11));
    step();
    await theirs.call('revokePublication', { parameters: { id: link.publication.id } });
    step();
    const unshared = '<?xml version="1.0"?><D:acl xmlns:D="DAV:"/>';
    expect((await device('ACL', `/dav/addressbooks/${person.name}/contacts/`, unshared)).status).toBe(200);
    step();
    expect((await device('DELETE', `/dav/calendars/${person.name}/calendar/`)).status).toBe(204);
    expect(await actionsOf(person.name)).toEqual([
      'collection-deleted',
      'sharing-changed',
      'sharing-changed',
      'sharing-changed',
      'sharing-changed',
      'collection-deleted',
      'app-password-made',
      'sign-in',
    ]);
    await api.call('changeUser', { parameters: { id: person.principalId }, body: { disabled: true } });
    const disabled = (await entriesOf(boss.name)).find((each) => each.action === 'user-disabled');
    expect(disabled).toMatchObject({ subject: person.name, details: { disabled: true } });
  });

  it('does not tell what was refused', async () => {
    const person = await aColleague();
    const parameters = { id: person.principalId };
    await refusalOf(api.call('deleteUser', { parameters, query: { confirm: 'wrong' } }));
    const noted = (await entriesOf(boss.name)).filter((each) => each.subject === person.name);
    expect(noted.map((each) => each.action)).not.toContain('user-deleted');
    await api.call('deleteUser', { parameters, query: { confirm: person.name } });
    const after = (await entriesOf(boss.name)).filter((each) => each.subject === person.name);
    expect(after.map((each) => each.action)).toContain('user-deleted');
  });

  it('comes in pages that leave nothing out, and by action', async () => {
    const all = await api.call('listAuditEntries', { query: { limit: 200 } });
    const paged: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await api.call('listAuditEntries', { query: { limit: 2, ...(cursor ? { cursor } : {}) } });
      paged.push(...page.items.map((each) => each.id));
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(all.items.map((each) => each.id));
    const { items } = await api.call('listAuditEntries', { query: { action: 'sign-in' } });
    expect(new Set(items.map((each) => each.action))).toEqual(new Set(['sign-in']));
  });

  it('tells of one user: what it did, and what was done to it', async () => {
    const [ann, bob] = [await aColleague(), await aColleague()];
    const theirs = await signIn(server, ann.name);
    server.clock.advance(5);
    await theirs.call('createAppPassword', { body: { name: 'Phone' } });
    server.clock.advance(5);
    await api.call('resetUserPassword', { parameters: { id: ann.principalId }, body: {} });
    await api.call('resetUserPassword', { parameters: { id: bob.principalId }, body: {} });
    const { items } = await api.call('listAuditEntries', { query: { user: ann.principalId } });
    expect(items.map((each) => each.action)).toEqual(['password-changed', 'app-password-made', 'sign-in']);
    expect(items[0]).toMatchObject({ actor: boss.name, subject: ann.name, subjectId: ann.principalId });
  });

  it('tells nothing of other organisations, and nothing to members', async () => {
    const other = await anAdministrator(server);
    const theirs = await signIn(server, other.name);
    const { items } = await theirs.call('listAuditEntries');
    expect(items.map((each) => each.actor)).toEqual([other.name]);
    const member = await signIn(server, (await aColleague()).name);
    expect(await refusalOf(member.call('listAuditEntries'))).toBe('403 administrator-required');
    expect(await refusalOf(apiClient(server.url).call('listAuditEntries'))).toBe('401 not-signed-in');
  });
});

describe('the list of runs', () => {
  it('tells an administrator whose search is how far', async () => {
    const person = await aColleague();
    const theirs = await signIn(server, person.name);
    const { id } = await theirs.call('startRun');
    // the run goes on in the background: the database must not go away under it
    await expect
      .poll(async () => (await theirs.call('showRun', { parameters: { id } })).state, { timeout: 60_000 })
      .toBe('done');
    const { items } = await api.call('listAllRuns');
    expect(items.map((run) => run.user)).toContain(person.name);
  });

  it('comes in pages that leave out nothing, not even of those that began in one moment', async () => {
    const other = await anAdministrator(server);
    const theirs = await signIn(server, other.name);
    const at = new Date(server.clock.now());
    const runs = [1, 2, 3, 4, 5].map((i) => ({
      organisation_id: other.organisationId,
      run_id: `00000000-0000-7000-8000-00000000000${i}`,
      owner_id: other.principalId,
      trigger: i === 5 ? 'nightly' : 'manual',
      state: i === 4 ? ('failed' as const) : ('done' as const),
      started_at: at,
      heartbeat_at: at,
      finished_at: at,
      error: null,
    }));
    await server.database.db.insertInto('run').values(runs).execute();
    const paged: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await theirs.call('listAllRuns', { query: { limit: 2, ...(cursor ? { cursor } : {}) } });
      paged.push(...page.items.map((each) => each.id));
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(runs.map((run) => run.run_id).reverse());
    const of = async (query: { trigger?: string; state?: 'failed'; user?: string }) =>
      (await theirs.call('listAllRuns', { query })).items.length;
    expect([await of({ trigger: 'nightly' }), await of({ state: 'failed' })]).toEqual([1, 1]);
    expect(await of({ user: boss.principalId })).toBe(0);
  });
});
