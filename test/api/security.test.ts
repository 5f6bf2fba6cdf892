/** What the owner of an account sees of its sign-ins and devices, and can do against a stranger. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiClient, basic } from '../support/api-client.ts';
import { aDevice, aPerson, PASSWORD, refusalOf, signIn } from '../support/people.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

describe('sign-ins', () => {
  it('are told to the owner of the account, good and refused ones, in pages', async () => {
    const person = await aPerson(server);
    const api = await signIn(server, person.name);
    server.clock.advance(5);
    await refusalOf(signIn(server, person.name, { password: 'a guess' }));
    server.clock.advance(5);
    await refusalOf(signIn(server, person.name, { password: 'another guess' }));
    const first = await api.call('listSignIns', { query: { limit: 2 } });
    expect(first.items).toMatchObject([
      { succeeded: false, reason: 'wrong-credentials', way: null, address: expect.stringContaining('127.0.0.1') },
      { succeeded: false, reason: 'wrong-credentials' },
    ]);
    const second = await api.call('listSignIns', { query: { limit: 2, cursor: first.nextCursor! } });
    expect(second).toMatchObject({ items: [{ succeeded: true, way: 'password' }], nextCursor: null });
  });

  it('of others are not told, in the same organisation neither', async () => {
    const person = await aPerson(server);
    const other = await aPerson(server, { organisationId: person.organisationId });
    await refusalOf(signIn(server, person.name, { password: 'a guess' }));
    const api = await signIn(server, other.name);
    expect((await api.call('listSignIns')).items).toHaveLength(1);
  });
});

describe('wrong own passwords of somebody who is signed in', () => {
  it('keep nobody else from changing theirs', async () => {
    const guesser = await signIn(server, (await aPerson(server)).name);
    const other = await signIn(server, (await aPerson(server)).name);
    const change = (current: string) => ({ body: { current, next: 'battery staple' } });
    for (let i = 0; i < 102; i++) {
      expect(await refusalOf(guesser.call('changePassword', change(`guess ${i}`)))).toBe('403 wrong-password');
      server.clock.advance(5 * 60_000);
    }
    expect(await refusalOf(guesser.call('changePassword', change('another')))).toBe('403 wrong-password');
    expect(await refusalOf(guesser.call('changePassword', change('another')))).toBe('429 too-many-attempts');
    expect((await other.call('changePassword', change(PASSWORD))).account.name).toBeDefined();
  });
});

describe('devices', () => {
  it('are renamed, and tell where they were last used from', async () => {
    const person = await aPerson(server);
    const secret = await aDevice(server, person);
    await apiClient(server.url, basic(person.name, secret)).call('listCollections');
    const api = await signIn(server, person.name);
    const { id } = (await api.call('listAppPasswords')).items[0]!;
    const renamed = await api.call('renameAppPassword', { parameters: { id }, body: { name: 'Old phone' } });
    expect(renamed).toMatchObject({ name: 'Old phone', lastUsedFrom: expect.stringContaining('127.0.0.1') });
    const other = await signIn(server, (await aPerson(server)).name);
    const attempt = other.call('renameAppPassword', { parameters: { id }, body: { name: 'Mine' } });
    expect(await refusalOf(attempt)).toBe('404 not-found');
  });

  it('are shut out all at once', async () => {
    const person = await aPerson(server);
    const devices = [await aDevice(server, person), await aDevice(server, person)];
    const clients = devices.map((secret) => apiClient(server.url, basic(person.name, secret)));
    for (const client of clients) await client.call('listCollections');
    const api = await signIn(server, person.name);
    await api.call('revokeAppPasswords');
    for (const client of clients) expect(await refusalOf(client.call('listCollections'))).toBe('401 wrong-credentials');
  });

  it('can neither change the password nor guess it', async () => {
    const person = await aPerson(server);
    const device = apiClient(server.url, basic(person.name, await aDevice(server, person)));
    const attempt = device.call('changePassword', { body: { current: PASSWORD, next: 'taken over now' } });
    expect(await refusalOf(attempt)).toBe('403 app-password');
  });
});

describe('the present password', () => {
  it('cannot be guessed by whoever sits at an open page', async () => {
    const person = await aPerson(server);
    const api = await signIn(server, person.name);
    const guess = () => refusalOf(api.call('changePassword', { body: { current: 'guess', next: 'taken over now' } }));
    for (let i = 0; i < 10; i++) expect(await guess()).toBe('403 wrong-password');
    expect(await guess()).toBe('429 too-many-attempts');
    server.clock.advance(2_000);
    await api.call('changePassword', { body: { current: PASSWORD, next: 'four quiet words' } });
  });
});
