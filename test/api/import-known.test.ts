/** An import says what is there already, and as which card, so that the two can be merged. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ApiPerson, addCard, mergeNow, newPerson, vcardOf } from '../support/api-person.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const ANNA = ['FN:Anna Berger', 'N:Berger;Anna;;;', 'TEL;TYPE=CELL:+49 170 1234567'];

const importFile = ({ api, book }: ApiPerson, raw: string, policy: 'skip' | 'replace' | 'keep-both' = 'skip') =>
  api.call('importObjects', {
    parameters: { id: book },
    query: { policy },
    raw,
    headers: { 'Content-Type': 'text/vcard' },
  });

it('names the card whose UID an object of the file has, and leaves the object out', async () => {
  const person = await newPerson(server);
  const anna = await addCard(person, 'anna', ...ANNA);
  const report = await importFile(person, vcardOf('bob', 'FN:Bob') + vcardOf('anna', ...ANNA, 'NOTE:from the file'));
  expect(report).toMatchObject({ created: 1, skipped: 1, copies: 0 });
  expect(report.known).toEqual([
    {
      index: 2,
      line: 6,
      uid: 'anna',
      reason: 'same-uid',
      objectId: anna.id,
      displayName: 'Anna Berger',
      importedId: null,
    },
  ]);
});

it('stores a card that holds the same as another, of the book or of the file itself, says as which, and the two can be merged', async () => {
  const person = await newPerson(server);
  const anna = await addCard(person, 'anna', ...ANNA);
  const bob = ['FN:Bob Carpenter', 'EMAIL:bob@example.org'];
  const file = [vcardOf('anna-2', ...ANNA), vcardOf('bob-1', ...bob), vcardOf('bob-2', ...bob)].join('');
  const report = await importFile(person, file);
  expect(report).toMatchObject({ created: 3, skipped: 0, copies: 2 });
  expect(report.known.map(({ uid, reason, displayName }) => [uid, reason, displayName])).toEqual([
    ['anna-2', 'same-content', 'Anna Berger'],
    ['bob-2', 'same-content', 'Bob Carpenter'],
  ]);
  const [copy] = report.known;
  expect(copy!.objectId).toBe(anna.id);
  await mergeNow(person.api, [copy!.objectId, copy!.importedId!]);
  const { items } = await person.api.call('listCards');
  expect(items.map((card) => card.uid).sort()).toEqual(['anna', 'bob-1', 'bob-2']);
});

it('finds copies in the other books of the same user, and in no book of others', async () => {
  const [person, other] = [await newPerson(server), await newPerson(server)];
  await addCard(other, 'strange', ...ANNA);
  const work = await person.api.call('createCollection', { body: { kind: 'addressbook', displayName: 'Work' } });
  expect(await importFile(person, vcardOf('anna', ...ANNA))).toMatchObject({ copies: 0, known: [] });
  const again = await importFile({ ...person, book: work.id }, vcardOf('anna-2', ...ANNA));
  expect(again).toMatchObject({
    created: 1,
    copies: 1,
    known: [{ reason: 'same-content', displayName: 'Anna Berger' }],
  });
});

it('leaves out what was merged away before, and names the card that holds it; with keep-both it is stored', async () => {
  const person = await newPerson(server);
  const kept = await addCard(person, 'kept', ...ANNA, 'NOTE:kept');
  const gone = await addCard(person, 'gone', ...ANNA, 'NOTE:gone');
  await mergeNow(person.api, [kept.id, gone.id]);
  const report = await importFile(person, vcardOf('gone-again', ...ANNA, 'NOTE:gone'));
  expect(report).toMatchObject({ created: 0, skipped: 1 });
  expect(report.known).toMatchObject([{ reason: 'merged-before', objectId: kept.id, displayName: 'Anna Berger' }]);
  const both = await importFile(person, vcardOf('gone-again', ...ANNA, 'NOTE:gone'), 'keep-both');
  expect(both).toMatchObject({ created: 1, known: [] });
});
