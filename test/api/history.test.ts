import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ObjectVersionPage } from '../../src/api/contract/history.ts';
import { createOrganisation, createPrincipal } from '../../src/commands/accounts.ts';
import { pruneVersions } from '../../src/store/history-pruning.ts';
import { findLogin } from '../../src/store/principals.ts';
import { type ApiClient, ApiFailure, apiClient, basic } from '../support/api-client.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let people = 0;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

async function newPerson(): Promise<{ api: ApiClient; name: string; book: string }> {
  const name = `person${++people}`;
  const organisationId = await createOrganisation(server.context, name);
  await createPrincipal(server.context, { organisationId, kind: 'user', name, password: 'correct horse' });
  const api = apiClient(server.url, basic(name, 'correct horse'));
  const { items } = await api.call('listCollections');
  return { api, name, book: items.find((item) => item.kind === 'addressbook')!.id };
}

const vcard = (name: string) => `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:a\r\nFN:${name}\r\nN:;${name};;;\r\nEND:VCARD\r\n`;
const statusOf = (work: Promise<unknown>) =>
  work.then(
    () => 200,
    (error: unknown) => (error instanceof ApiFailure ? error.status : Promise.reject(error)),
  );

describe('history', () => {
  it('lists what a card was, shows it and puts it back', async () => {
    const { api, book } = await newPerson();
    const first = await api.call('createCard', { body: { collectionId: book, vcard: vcard('Ann') } });
    const parameters = { id: first.id };
    await api.call('changeCard', { parameters, body: { vcard: vcard('Anna'), etag: first.etag } });
    const { items } = await api.call('listVersions', { parameters });
    expect(items).toMatchObject([{ displayName: 'Ann', reason: 'replaced' }]);
    const version = { id: book, seq: items[0]!.seq };
    expect((await api.call('showVersion', { parameters: version })).text).toBe(vcard('Ann'));
    await api.call('restoreVersion', { parameters: version });
    expect((await api.call('showCard', { parameters })).vcard).toBe(vcard('Ann'));
  });

  it('keeps what was deleted in the bin until it is there again', async () => {
    const { api, book } = await newPerson();
    const card = await api.call('createCard', { body: { collectionId: book, vcard: vcard('Ann') } });
    await api.call('deleteCard', { parameters: { id: card.id }, query: {} });
    const bin = await api.call('listDeleted', { parameters: { id: book } });
    expect(bin.items).toMatchObject([{ displayName: 'Ann', reason: 'deleted' }]);
    await api.call('restoreVersion', { parameters: { id: book, seq: bin.items[0]!.seq } });
    expect((await api.call('listDeleted', { parameters: { id: book } })).items).toEqual([]);
    expect((await api.call('listCards')).items.map((item) => item.displayName)).toEqual(['Ann']);
  });

  it('pages the bin, each entry once, also where a whole batch went at the same moment', async () => {
    const { api, book } = await newPerson();
    for (const name of ['Ann', 'Ben', 'Cem', 'Dora', 'Eve']) {
      const card = await api.call('createCard', {
        body: { collectionId: book, vcard: vcard(name).replace('UID:a', `UID:${name}`) },
      });
      await api.call('deleteCard', { parameters: { id: card.id }, query: {} });
      if (name === 'Ben') server.clock.advance(1000);
    }
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query = { limit: 2, ...(cursor === '' ? {} : { cursor }) };
      const page: ObjectVersionPage = await api.call('listDeleted', { parameters: { id: book }, query });
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map((item) => item.displayName));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(['Eve', 'Dora', 'Cem', 'Ben', 'Ann']);
  });

  it('calls what was deleted from a calendar by its title', async () => {
    const { api, name } = await newPerson();
    const calendar = (await api.call('listCollections')).items.find((item) => item.kind === 'calendar')!;
    const url = `${server.url}${calendar.path.slice(1)}lunch.ics`;
    const headers = { ...basic(name, 'correct horse'), 'Content-Type': 'text/calendar' };
    const stamp = 'DTSTAMP:20260101T000000Z\r\nDTSTART:20260101T120000Z\r\n';
    const event = `BEGIN:VEVENT\r\nUID:lunch\r\n${stamp}SUMMARY:Lunch\\, late\r\nEND:VEVENT\r\n`;
    const body = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//t//EN\r\n${event}END:VCALENDAR\r\n`;
    expect((await fetch(url, { method: 'PUT', headers, body })).status).toBe(201);
    expect((await fetch(url, { method: 'DELETE', headers })).status).toBe(204);
    const { items } = await api.call('listDeleted', { parameters: { id: calendar.id } });
    expect(items).toMatchObject([{ displayName: 'Lunch, late', name: 'lunch.ics' }]);
  });

  it('takes a whole book back to a moment, after saying what that changes', async () => {
    const { api, book } = await newPerson();
    const card = (uid: string, name: string) => vcard(name).replace('UID:a', `UID:${uid}`);
    const create = (uid: string, name: string) =>
      api.call('createCard', { body: { collectionId: book, name: `${uid}.vcf`, vcard: card(uid, name) } });
    const [edited, deleted] = [await create('edited', 'Ann'), await create('deleted', 'Ben')];
    await create('same', 'Cem');
    server.clock.advance(60_000);
    const moment = new Date(server.clock.now()).toISOString();
    server.clock.advance(60_000);
    const change = { vcard: card('edited', 'Anna'), etag: edited.etag };
    await api.call('changeCard', { parameters: { id: edited.id }, body: change });
    await api.call('deleteCard', { parameters: { id: deleted.id }, query: {} });
    await create('new', 'Dora');
    const names = async () => (await api.call('listCards')).items.map((item) => item.displayName);
    const plan = await api.call('restoreCollection', { parameters: { id: book }, body: { moment } });
    expect(plan).toEqual({
      dryRun: true,
      brought: { count: 2, names: ['deleted.vcf', 'edited.vcf'], titles: ['Ben', 'Ann'] },
      removed: { count: 1, names: ['new.vcf'], titles: ['Dora'] },
      lost: { count: 0, names: [], titles: [] },
      locked: { count: 0, names: [], titles: [] },
      unchanged: 1,
    });
    expect(await names()).toEqual(['Anna', 'Cem', 'Dora']);
    const body = { moment, dryRun: false };
    const done = await api.call('restoreCollection', { parameters: { id: book }, body });
    expect(done).toMatchObject({ dryRun: false, brought: { count: 2 }, removed: { count: 1 }, unchanged: 1 });
    expect(await names()).toEqual(['Ann', 'Ben', 'Cem']);
    expect((await api.call('listDeleted', { parameters: { id: book } })).items).toMatchObject([{ name: 'new.vcf' }]);
  });

  it('leaves alone what was there at that moment but whose state of then has been pruned', async () => {
    const { api, name, book } = await newPerson();
    const { id, etag } = await api.call('createCard', { body: { collectionId: book, vcard: vcard('Ann') } });
    const moment = new Date(server.clock.now()).toISOString();
    server.clock.advance(60_000);
    await api.call('changeCard', { parameters: { id }, body: { vcard: vcard('Anna'), etag } });
    const { organisation_id } = (await findLogin(server.context.db, name))!;
    await pruneVersions(server.context.db, organisation_id, new Date(server.clock.now() + 1), 100);
    const body = { moment, dryRun: false };
    const plan = await api.call('restoreCollection', { parameters: { id: book }, body });
    expect(plan).toMatchObject({ removed: { count: 0 }, lost: { count: 1 } });
    expect((await api.call('listCards')).items.map((item) => item.displayName)).toEqual(['Anna']);
  });

  it('takes no book back to a moment to come, nor one of somebody else', async () => {
    const [mine, theirs] = [await newPerson(), await newPerson()];
    const to = (moment: number) => ({ moment: new Date(moment).toISOString(), dryRun: false });
    const restore = (id: string, moment: number) =>
      statusOf(mine.api.call('restoreCollection', { parameters: { id }, body: to(moment) }));
    expect(await restore(mine.book, server.clock.now() + 1000)).toBe(400);
    expect(await restore(theirs.book, server.clock.now() - 1000)).toBe(404);
  });

  it('is nobody else’s', async () => {
    const [mine, theirs] = [await newPerson(), await newPerson()];
    const card = await theirs.api.call('createCard', { body: { collectionId: theirs.book, vcard: vcard('Ann') } });
    expect(await statusOf(mine.api.call('listVersions', { parameters: { id: card.id } }))).toBe(404);
    expect(await statusOf(mine.api.call('listDeleted', { parameters: { id: theirs.book } }))).toBe(404);
    expect(await statusOf(mine.api.call('restoreVersion', { parameters: { id: theirs.book, seq: 1 } }))).toBe(404);
  });
});

describe('a body that came too late', () => {
  it('is listed, shown, and taken back or dropped', async () => {
    const { api, name, book } = await newPerson();
    await api.call('createCard', { body: { collectionId: book, vcard: vcard('Ann') } });
    const late = (text: string) =>
      fetch(`${server.url}dav/addressbooks/${name}/contacts/a.vcf`, {
        method: 'PUT',
        headers: { ...basic(name, 'correct horse'), 'Content-Type': 'text/vcard', 'If-Match': '"old"' },
        body: text,
      });
    expect((await late(vcard('Late'))).status).toBe(412);
    expect((await late(vcard('Later'))).status).toBe(412);
    const { items } = await api.call('listConflictCopies');
    expect(items).toHaveLength(2);
    const shown = await Promise.all(items.map((item) => api.call('showConflictCopy', { parameters: { id: item.id } })));
    const taken = shown.find((copy) => copy.text === vcard('Later'))!;
    expect(taken).toMatchObject({ displayName: 'Later', current: { text: vcard('Ann') } });
    const named = taken.rows.find((row) => row.property === 'FN')!;
    expect(named).toMatchObject({ state: 'different', cells: [{ text: 'Ann' }, { text: 'Later', cardId: taken.id }] });
    await api.call('takeBackConflictCopy', { parameters: { id: taken.id } });
    expect((await api.call('listCards')).items[0]!.displayName).toBe('Later');
    const rest = (await api.call('listConflictCopies')).items;
    expect(rest).toHaveLength(1);
    const other = await newPerson();
    expect(await statusOf(other.api.call('showConflictCopy', { parameters: { id: rest[0]!.id } }))).toBe(404);
    await api.call('dropConflictCopy', { parameters: { id: rest[0]!.id } });
    expect((await api.call('listConflictCopies')).items).toEqual([]);
  });
});
