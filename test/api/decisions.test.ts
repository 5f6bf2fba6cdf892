/** Verdicts of the user: they outlive edits, imports and merges, are asked again only for a new strong reason, and can be taken back. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ApiPerson, addCard, mergeNow, newPerson, search, vcardOf } from '../support/api-person.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const NAME = ['FN:Anna Berger', 'N:Berger;Anna;;;'];
const MAIL = 'EMAIL:anna.berger@example.org';
const MOBILE = 'TEL;TYPE=CELL:+49 170 1234567';

const shown = async ({ api }: ApiPerson) =>
  (await api.call('listSuggestions')).items.map((item) => item.members.map((member) => member.uid).sort());

/** A person with three cards of one Anna, all suggested together. */
async function three() {
  const person = await newPerson(server);
  const cards = [
    await addCard(person, 'a', ...NAME, MAIL),
    await addCard(person, 'b', ...NAME, MAIL, 'NOTE:b'),
    await addCard(person, 'c', ...NAME, MAIL, 'TITLE:Baker'),
  ] as const;
  await search(person.api);
  expect(await shown(person)).toEqual([['a', 'b', 'c']]);
  return { person, cards, ids: cards.map((card) => card.id) };
}

it('"not the same" holds for all pairs of the cluster', async () => {
  const { person, ids } = await three();
  const { id } = await person.api.call('hideCards', { body: { cardIds: ids } });
  await search(person.api);
  expect(await shown(person)).toEqual([]);
  await person.api.call('revokeDecision', { parameters: { id } });
  expect(await shown(person)).toEqual([['a', 'b', 'c']]);
});

it('a card taken out of a cluster leaves the others together', async () => {
  const { person, ids } = await three();
  const [a, b, c] = ids as [string, string, string];
  await person.api.call('hideCards', { body: { cardIds: [c], apart: [a, b] } });
  expect(await shown(person)).toEqual([['a', 'b']]);
  await search(person.api);
  expect(await shown(person)).toEqual([['a', 'b']]);
});

it('a verdict outlives an import that replaces the card, and its deletion and return under another name', async () => {
  const { person, ids } = await three();
  await person.api.call('hideCards', { body: { cardIds: ids } });
  const raw = vcardOf('b', ...NAME, MAIL, 'NOTE:imported');
  await person.api.call('importObjects', { parameters: { id: person.book }, query: { policy: 'replace' }, raw });
  await person.api.call('deleteCard', { parameters: { id: ids[2]! }, query: {} });
  await person.api.call('createCard', {
    body: { collectionId: person.book, name: 'other.vcf', vcard: vcardOf('c', ...NAME, MAIL, 'TITLE:Cook') },
  });
  await search(person.api);
  expect(await shown(person)).toEqual([]);
});

it('a verdict about a card that was merged away holds for the card it went into, and for the card itself after an undo', async () => {
  const { person, ids } = await three();
  const [a, b, c] = ids as [string, string, string];
  await person.api.call('hideCards', { body: { cardIds: [b], apart: [c] } });
  const { merge } = await mergeNow(person.api, [a, b]);
  await search(person.api);
  expect(await shown(person)).toEqual([]);
  const [decision] = (await person.api.call('listDecisions')).items;
  expect(decision!.cards.map(({ uid, card }) => [uid, card?.id])).toEqual([
    ['b', a],
    ['c', c],
  ]);
  await person.api.call('undoMerge', { parameters: { id: merge.id }, body: {} });
  await search(person.api);
  for (const cluster of await shown(person)) expect(cluster).not.toEqual(expect.arrayContaining(['b', 'c']));
});

it('is asked again only when the cards share a new strong identifier, and says so', async () => {
  const { person, cards, ids } = await three();
  await person.api.call('hideCards', { body: { cardIds: ids } });
  const change = async (at: number, line: string) => {
    const { id } = cards[at]!;
    const { vcard, etag } = await person.api.call('showCard', { parameters: { id } });
    const changed = vcard.replace('END:VCARD', `${line}\r\nEND:VCARD`);
    await person.api.call('changeCard', { parameters: { id }, body: { vcard: changed, etag } });
  };
  await change(0, MOBILE);
  await search(person.api);
  expect(await shown(person)).toEqual([]);
  await change(1, MOBILE);
  await search(person.api);
  const { items } = await person.api.call('listSuggestions');
  expect(items.map((item) => [item.members.map((member) => member.uid).sort(), item.reopened])).toEqual([
    [['a', 'b'], true],
  ]);
});

it('"later" comes back by itself, is listed until then, and a card that joins the cluster asks at once', async () => {
  const { person, ids } = await three();
  const until = new Date(server.clock.now() + 3_600_000).toISOString();
  await person.api.call('postponeCards', { body: { cardIds: ids, until } });
  expect(await shown(person)).toEqual([]);
  expect((await person.api.call('listDecisions')).items).toMatchObject([{ verdict: 'later', until }]);
  await addCard(person, 'd', ...NAME, MAIL, 'ORG:Example');
  await search(person.api);
  expect(await shown(person)).toEqual([['a', 'b', 'c', 'd']]);
  server.clock.advance(3_600_001);
  expect((await person.api.call('listDecisions')).items).toEqual([]);
});
