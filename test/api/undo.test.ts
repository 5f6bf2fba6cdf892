/** Undo of merges where much has happened since: names and UIDs taken again, the merged card gone, merges upon merges. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basic } from '../support/api-client.ts';
import { type ApiPerson, addCard, mergeNow, newPerson, vcardOf } from '../support/api-person.ts';
import { failureOf } from '../support/people.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const ANNA = ['FN:Anna Berger', 'N:Berger;Anna;;;'];
const MEMBERS = ['kept', 'gone'].map((uid) => `X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:${uid}`);

/** A person with two cards of Anna in a group, merged into the one called `kept`. */
async function merged() {
  const person = await newPerson(server);
  const kept = await addCard(person, 'kept', ...ANNA, 'NOTE:one');
  const gone = await addCard(person, 'gone', ...ANNA, 'EMAIL:anna@example.org');
  const group = await addCard(person, 'group', 'FN:Friends', 'N:;;;;', 'X-ADDRESSBOOKSERVER-KIND:group', ...MEMBERS);
  const before = await contents(person);
  server.clock.advance(1000);
  const { merge } = await mergeNow(person.api, [kept.id, gone.id]);
  return { person, kept, gone, group, before, merge };
}

/** Octets by URL name. */
async function contents({ api }: ApiPerson): Promise<Record<string, string>> {
  const { items } = await api.call('listCards');
  const cards = await Promise.all(items.map(({ id }) => api.call('showCard', { parameters: { id } })));
  return Object.fromEntries(cards.map((card) => [card.name, card.vcard]));
}

const put = ({ name }: ApiPerson, file: string, body: string) =>
  fetch(`${server.url}dav/addressbooks/${name}/contacts/${file}`, {
    method: 'PUT',
    body,
    headers: { ...basic(name, 'correct horse'), 'Content-Type': 'text/vcard' },
  });

const undo = (person: ApiPerson, id: string, onConflict: 'ask' | 'keep-edits' | 'restore' = 'ask') =>
  person.api.call('undoMerge', { parameters: { id }, body: { onConflict } });

describe('undo of a merge', () => {
  it('gives the same bytes, names and ETags, groups included', async () => {
    const { person, kept, gone, group, before, merge } = await merged();
    await undo(person, merge.id);
    expect(await contents(person)).toEqual(before);
    for (const card of [kept, gone, group])
      expect((await person.api.call('showCard', { parameters: { id: card.id } })).etag).toBe(card.etag);
  });

  it('brings a card back under another name where its own has been taken by another card', async () => {
    const { person, gone, merge } = await merged();
    expect((await put(person, 'gone.vcf', vcardOf('somebody', 'FN:Some Body'))).status).toBe(201);
    expect((await undo(person, merge.id)).restored).toEqual([gone.id]);
    const after = await contents(person);
    expect(after['gone.vcf']).toContain('FN:Some Body');
    expect(Object.values(after)).toContain(gone.vcard);
  });

  it('leaves a card alone that a device has brought back under its UID, changed', async () => {
    const { person, merge } = await merged();
    const changed = vcardOf('gone', ...ANNA, 'EMAIL:anna@example.org', 'TITLE:Baker');
    expect((await put(person, 'gone.vcf', changed)).status).toBe(201);
    expect((await undo(person, merge.id)).restored).toEqual([]);
    const after = await contents(person);
    expect(after['gone.vcf']).toBe(changed);
    expect(after['kept.vcf']).not.toContain('anna@example.org');
    expect(after['group.vcf']).toContain('urn:uuid:gone');
  });

  it('brings the others back when the merged card was deleted, whose own octets the bin holds', async () => {
    const { person, kept, gone, merge } = await merged();
    await person.api.call('deleteCard', { parameters: { id: kept.id }, query: {} });
    expect((await undo(person, merge.id)).restored).toEqual([gone.id]);
    expect((await contents(person))['gone.vcf']).toBe(gone.vcard);
    const { items } = await person.api.call('listDeleted', { parameters: { id: person.book } });
    expect(items.map((item) => item.name)).toContain('kept.vcf');
  });

  it('tells what an edit did to a merged value, changes nothing until it is told how to settle it, then does so', async () => {
    const { person, kept, gone, before, merge } = await merged();
    const now = await person.api.call('showCard', { parameters: { id: kept.id } });
    const vcard = now.vcard.replace('anna@example.org', 'anna2@example.org');
    await person.api.call('changeCard', { parameters: { id: kept.id }, body: { vcard, etag: now.etag } });
    const between = await contents(person);
    const refused = await failureOf(undo(person, merge.id));
    expect([refused.status, refused.problem.code]).toEqual([409, 'undo-conflict']);
    const conflict = {
      kind: 'edited-merged-value',
      property: 'EMAIL',
      cardId: gone.id,
      before: null,
      merged: 'anna@example.org',
      now: 'anna2@example.org',
    };
    expect(refused.problem.conflicts).toEqual([conflict]);
    expect(await contents(person)).toEqual(between);
    expect((await undo(person, merge.id, 'restore')).conflicts).toEqual([conflict]);
    expect(await contents(person)).toEqual(before);
  });
});

describe('a merge upon a merge', () => {
  it('is undone first: the earlier one names it, and both in that order give the same bytes', async () => {
    const { person, kept, before, merge } = await merged();
    const third = await addCard(person, 'third', ...ANNA, 'TITLE:Baker');
    server.clock.advance(1000);
    const later = (await mergeNow(person.api, [third.id, kept.id])).merge;
    const refused = await failureOf(undo(person, merge.id));
    expect(refused.problem).toMatchObject({ status: 409, code: 'merged-again', merges: [later.id] });
    await undo(person, later.id);
    await undo(person, merge.id);
    expect(await contents(person)).toEqual({ ...before, 'third.vcf': third.vcard });
  });

  it('can be done again after its undo, and that undone, to the same bytes', async () => {
    const { person, before, merge } = await merged();
    const after = await contents(person);
    await undo(person, merge.id);
    server.clock.advance(1000);
    const again = (await person.api.call('redoMerge', { parameters: { id: merge.id } })).merge;
    expect(await contents(person)).toEqual(after);
    await undo(person, again.id);
    expect(await contents(person)).toEqual(before);
  });
});
