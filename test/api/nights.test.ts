/** Nights through the API: what the account wants of them, their report, and the undo of what they merged. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrganisation, createPrincipal } from '../../src/commands/accounts.ts';
import { performRun } from '../../src/commands/run-dedup.ts';
import { runNight } from '../../src/jobs/nightly.ts';
import { claimNight } from '../../src/store/nights.ts';
import { type ApiClient, ApiFailure, apiClient, basic } from '../support/api-client.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let people = 0;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

interface Person {
  readonly api: ApiClient;
  readonly book: string;
  readonly organisationId: string;
  readonly ownerId: string;
}

async function newPerson(emails: readonly string[] = []): Promise<Person> {
  const name = `night${++people}`;
  const organisationId = await createOrganisation(server.context, name);
  const ownerId = await createPrincipal(server.context, {
    organisationId,
    kind: 'user',
    name,
    emails,
    password: 'correct horse',
  });
  const api = apiClient(server.url, basic(name, 'correct horse'));
  const { items } = await api.call('listCollections');
  return { api, book: items.find((item) => item.kind === 'addressbook')!.id, organisationId, ownerId };
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof ApiFailure ? error.problem.code : Promise.reject(error)),
  );

describe('what an account wants of its nights', () => {
  it('is nothing at first, and is changed part by part', async () => {
    const { api } = await newPerson();
    const preset = { unattended: 'none', mostNew: 20, mail: false, mailTo: null, mailOffered: false };
    expect(await api.call('showNightSettings')).toEqual(preset);
    expect(await api.call('changeNightSettings', { body: { unattended: 'exact' } })).toMatchObject({
      unattended: 'exact',
    });
    await api.call('changeNightSettings', { body: { mostNew: 5 } });
    expect(await api.call('showNightSettings')).toEqual({ ...preset, unattended: 'exact', mostNew: 5 });
  });

  it.each([
    { unattended: 'everything' },
    { mostNew: 0 },
    { mostNew: 1.5 },
    { mailTo: 'nobody' },
    { mailTo: 'a@b.ch\r\nBcc: c@d.ch' },
  ])('is refused when it reads %o', async (body) => {
    const { api } = await newPerson();
    expect(await codeOf(api.call('changeNightSettings', { body: body as never }))).toBe('invalid-input');
  });

  it('takes a mail only with an address to write to', async () => {
    const [without, having] = [await newPerson(), await newPerson(['ida@example.org'])];
    const body = { mail: true };
    expect(await codeOf(without.api.call('changeNightSettings', { body }))).toBe('no-mail-address');
    expect((await without.api.call('showNightSettings')).mail).toBe(false);
    const named = { mail: true, mailTo: 'ida@example.net' };
    expect(await without.api.call('changeNightSettings', { body: named })).toMatchObject(named);
    expect(await having.api.call('changeNightSettings', { body })).toMatchObject(body);
  });
});

describe('a night in the API', () => {
  it('reports what it merged, and one call undoes it', async () => {
    const { api, book, organisationId, ownerId } = await newPerson();
    await api.call('changeNightSettings', { body: { unattended: 'exact' } });
    const card = (uid: string) =>
      `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:${uid}\r\nFN:Ida Roth\r\nN:Roth;Ida;;;\r\nEMAIL:ida@example.org\r\nEND:VCARD\r\n`;
    for (const uid of ['a', 'b']) await api.call('createCard', { body: { collectionId: book, vcard: card(uid) } });
    const nightAt = new Date(server.clock.now());
    const key = { organisationId, ownerId, nightAt };
    await claimNight(server.context.db, key, nightAt);
    await runNight(server.context, key, (request) => performRun(server.context, request));
    expect((await api.call('listCards')).total).toBe(1);
    const [night] = (await api.call('listNights')).items;
    expect(night).toMatchObject({
      nightAt: nightAt.toISOString(),
      state: 'done',
      numbers: { merges: 1, new: 0 },
      standing: 1,
    });
    const undone = await api.call('undoRun', { parameters: { id: night!.mergeRunId! }, body: {} });
    expect([undone.undone.length, undone.refused]).toEqual([1, []]);
    expect((await api.call('listCards')).total).toBe(2);
    expect((await api.call('listNights')).items[0]).toMatchObject({ mergeRunId: night!.mergeRunId, standing: 0 });
  });

  it('is nobody else’s', async () => {
    const { api } = await newPerson();
    expect((await api.call('listNights')).items).toEqual([]);
  });
});
