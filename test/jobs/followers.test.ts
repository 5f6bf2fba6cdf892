/** The background follows what changes: birthdays after cards were written, subscriptions when they are due. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFollowers } from '../../src/jobs/followers.ts';
import { repeat } from '../../src/jobs/repeat.ts';
import { apiClient, basic } from '../support/api-client.ts';
import { ANN, aCard, BOOK, type DavServer, startDavServer, VCARD } from '../support/dav-server.ts';

let server: DavServer;
beforeAll(async () => {
  server = await startDavServer();
});
afterAll(() => server.stop());

describe('the followers', () => {
  it('put a birthday into the calendar soon after its card was written', async () => {
    const api = apiClient(server.url, basic(ANN.name, ANN.password));
    await api.call('changeAccount', { body: { birthdayCalendar: true } });
    const followers = startFollowers({ ...server.context, birthdayPauseMs: 20 });
    await server.ann('PUT', `${BOOK}ida.vcf`, aCard('ida', 'Ida Roth', 'BDAY:1985-04-12'), VCARD);
    const count = async () =>
      (await api.call('listCollections')).items.find(({ fedBy }) => fedBy === 'birthdays')!.count;
    await expect.poll(count, { timeout: 20_000 }).toBe(1);
    await followers.stop();
  });
});

describe('repeated work', () => {
  it('goes on after a failure, one round at a time, and stops when it is told to', async () => {
    let rounds = 0;
    let running = 0;
    const failures: unknown[] = [];
    const work = async () => {
      rounds++;
      expect(++running).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running--;
      if (rounds === 1) throw new Error('once');
    };
    const repetition = repeat(1, work, (error) => failures.push(error));
    await expect.poll(() => rounds, { timeout: 20_000 }).toBeGreaterThan(2);
    await repetition.stop();
    const before = rounds;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(rounds).toBe(before);
    expect(failures).toEqual([new Error('once')]);
  });
});
