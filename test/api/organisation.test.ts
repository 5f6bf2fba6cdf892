/** The organisation, its groups, rooms and things, as an administrator's page and programs see them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiClient } from '../support/api-client.ts';
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

describe('the organisation', () => {
  it('is renamed, and gives new users what they start with', async () => {
    const newUsers = { language: 'de', timeZone: 'Europe/Zurich', region: 'CH', quota: 1_000_000 };
    const changed = await api.call('changeOrganisation', { body: { name: 'Berger AG', newUsers } });
    expect(changed).toMatchObject({ name: 'Berger AG', newUsers, numbers: { administrators: 1 } });
    const { user } = await api.call('createUser', { body: { name: 'starter', password: PASSWORD } });
    expect(user.quota).toBe(1_000_000);
    const theirs = await signIn(server, 'starter');
    const { language, timeZone, region } = (await theirs.call('showSession')).account;
    expect({ language, timeZone, region }).toEqual({ language: 'de', timeZone: 'Europe/Zurich', region: 'CH' });
    const partly = await api.call('changeOrganisation', { body: { newUsers: { quota: null } } });
    expect(partly).toMatchObject({ name: 'Berger AG', newUsers: { ...newUsers, quota: null } });
  });

  it('refuses a time zone that there is none of, and members', async () => {
    const wrong = api.call('changeOrganisation', { body: { newUsers: { timeZone: 'Mars/Base' } } });
    expect(await refusalOf(wrong)).toBe('400 unknown-time-zone');
    const member = await signIn(server, (await aPerson(server, { organisationId: boss.organisationId })).name);
    expect(await refusalOf(member.call('showOrganisation'))).toBe('403 administrator-required');
  });
});

describe('groups, rooms and things', () => {
  it('are made, and what a group is granted reaches its members (RFC 3744 §4.3)', async () => {
    const [ann, bob] = [
      await aPerson(server, { organisationId: boss.organisationId }),
      await aPerson(server, { organisationId: boss.organisationId }),
    ];
    const body = { kind: 'group' as const, name: 'choir', displayName: 'The Choir', members: [ann.name] };
    const group = await api.call('createPrincipal', { body });
    expect(group).toMatchObject({ kind: 'group', members: [ann.name], memberCount: 1 });
    const parameters = { id: group.id };
    const changed = await api.call('changePrincipal', { parameters, body: { members: [ann.name, bob.name] } });
    expect(changed.members).toEqual([ann.name, bob.name].sort());
    const device = davClient(server.url, { name: ann.name, password: PASSWORD });
    const answer = await device('GET', '/dav/principals/groups/choir/');
    expect(answer.status).not.toBe(404);
  });

  it('are listed in pages and by kind, and deleted when their name is given', async () => {
    for (const name of ['room-a', 'room-b', 'room-c'])
      await api.call('createPrincipal', { body: { kind: 'location', name } });
    const first = await api.call('listPrincipals', { query: { kind: 'location', limit: 2 } });
    const query = { kind: 'location' as const, limit: 2, cursor: first.nextCursor! };
    const second = await api.call('listPrincipals', { query });
    expect([...first.items, ...second.items].map((each) => each.name)).toEqual(['room-a', 'room-b', 'room-c']);
    expect(second.nextCursor).toBeNull();
    const parameters = { id: first.items[0]!.id };
    const wrong = api.call('deletePrincipal', { parameters, query: { confirm: 'room-b' } });
    expect(await refusalOf(wrong)).toBe('409 not-confirmed');
    await api.call('deletePrincipal', { parameters, query: { confirm: 'room-a' } });
    await api.call('createPrincipal', { body: { kind: 'resource', name: 'room-a' } });
  });

  it('refuse members that do not exist, members of a room, and names that are taken', async () => {
    const make = (body: { kind: 'group' | 'location'; name: string; members?: string[] }) =>
      refusalOf(api.call('createPrincipal', { body }));
    expect(await make({ kind: 'group', name: 'ghosts', members: ['nobody-here'] })).toBe('400 unknown-member');
    expect(await make({ kind: 'location', name: 'attic', members: [boss.name] })).toBe('400 no-group');
    expect(await make({ kind: 'location', name: boss.name })).toBe('409 name-taken');
    const names = (await api.call('listPrincipals')).items.map((each) => each.name);
    expect(names).not.toContain('ghosts');
    expect(names).not.toContain('attic');
  });

  it('of another organisation look like missing, and a user is none of them', async () => {
    const other = await signIn(server, (await anAdministrator(server)).name);
    const { id } = await api.call('createPrincipal', { body: { kind: 'resource', name: 'beamer' } });
    const foreign = other.call('changePrincipal', { parameters: { id }, body: { displayName: 'Ours' } });
    expect(await refusalOf(foreign)).toBe('404 no-such-principal');
    const query = { confirm: boss.name };
    const user = api.call('deletePrincipal', { parameters: { id: boss.principalId }, query });
    expect(await refusalOf(user)).toBe('404 no-such-principal');
  });
});
