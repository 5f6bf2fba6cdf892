/** Two servers on one database, as two processes are: what one was told holds at once in the other, and nothing is lost. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiClient, basic } from '../support/api-client.ts';
import { davClient } from '../support/dav-client.ts';
import { aCard, VCARD } from '../support/dav-server.ts';
import { aDevice, aPerson, PASSWORD, signIn } from '../support/people.ts';
import { startServer, type TestServer } from '../support/server.ts';

let one: TestServer;
let other: TestServer;
beforeAll(async () => {
  one = await startServer();
  other = await startServer({ database: one.database });
});
afterAll(async () => {
  await other.stop();
  await one.stop();
});

describe('a revoked app password', () => {
  it('is refused by the very next request to every process, however often it was used there before', async () => {
    const person = await aPerson(one);
    const device = { name: person.name, password: await aDevice(one, person) };
    const clients = [one, other].map(({ url }) => davClient(url, device));
    const book = `/dav/addressbooks/${person.name}/contacts/`;
    for (const client of clients)
      expect((await client('PUT', `${book}a.vcf`, aCard('a'), VCARD)).status).toBeLessThan(300);
    await (await signIn(one, person.name)).call('revokeAppPasswords');
    for (const client of clients) {
      expect((await client('GET', `${book}a.vcf`)).status).toBe(401);
      expect((await client('PUT', `${book}b.vcf`, aCard('b'), VCARD)).status).toBe(401);
    }
  });

  it('is refused while many requests with it are under way', async () => {
    const person = await aPerson(one);
    const device = { name: person.name, password: await aDevice(one, person) };
    const client = davClient(other.url, device);
    const book = `/dav/addressbooks/${person.name}/contacts/`;
    const get = () => client('PROPFIND', book, undefined, { depth: '0' });
    expect((await get()).status).toBe(207);
    const before = Array.from({ length: 30 }, get);
    await (await signIn(one, person.name)).call('revokeAppPasswords');
    const after = await Promise.all(Array.from({ length: 10 }, get));
    // those under way may have failed already, so often that the device is told to wait
    expect(after.map(({ status }) => status).filter((status) => status !== 401 && status !== 429)).toEqual([]);
    await Promise.all(before);
  });
});

describe('a changed password', () => {
  it('holds at once in every process, and the old one no more', async () => {
    const person = await aPerson(one);
    const read = async (server: TestServer, password: string) => {
      const client = davClient(server.url, { name: person.name, password });
      return (await client('PROPFIND', '/dav/', undefined, { depth: '0' })).status;
    };
    expect([await read(one, PASSWORD), await read(other, PASSWORD)]).toEqual([207, 207]);
    const api = await signIn(other, person.name);
    await api.call('changePassword', { body: { current: PASSWORD, next: 'four quiet words' } });
    expect([await read(one, PASSWORD), await read(other, PASSWORD)]).toEqual([401, 401]);
    expect([await read(one, 'four quiet words'), await read(other, 'four quiet words')]).toEqual([207, 207]);
  });
});

describe('guesses of a password', () => {
  it('are counted together, whichever process they reach', async () => {
    const person = await aPerson(one);
    const guess = async (server: TestServer) => {
      const api = apiClient(server.url, basic(person.name, 'a guess'));
      return api.call('listCollections').then(
        () => 200,
        (failure: { status: number }) => failure.status,
      );
    };
    for (let i = 0; i < 5; i++) expect([await guess(one), await guess(other)]).toEqual([401, 401]);
    expect([await guess(one), await guess(other)]).toEqual([429, 429]);
  });
});

describe('writers of one card in several processes', () => {
  it('lose no update: every edit that was acknowledged is there', async () => {
    const person = await aPerson(one);
    const book = `/dav/addressbooks/${person.name}/contacts/`;
    const clients = [one, other].map(({ url }) => davClient(url, { name: person.name, password: PASSWORD }));
    await clients[0]!('PUT', `${book}shared.vcf`, aCard('shared', 'Ann Example', 'NOTE:0'), VCARD);
    let acknowledged = 0;
    const raise = async (number: number) => {
      const client = clients[number % 2]!;
      for (let edit = 0; edit < 5; ) {
        const current = await client('GET', `${book}shared.vcf`);
        const count = Number(/NOTE:(\d+)/.exec(current.text)![1]) + 1;
        const headers = { ...VCARD, 'if-match': String(current.headers.etag) };
        const put = await client('PUT', `${book}shared.vcf`, aCard('shared', 'Ann Example', `NOTE:${count}`), headers);
        expect([204, 412]).toContain(put.status);
        if (put.status === 204) {
          edit++;
          acknowledged++;
        }
      }
    };
    await Promise.all(Array.from({ length: 6 }, (_, number) => raise(number)));
    expect((await clients[1]!('GET', `${book}shared.vcf`)).text).toContain(`NOTE:${acknowledged}\r\n`);
  });
});
