/** One device deleting much of a book in a short time is held until the owner confirms it: the promise that nothing is lost. */

import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Observer } from '../../src/base/observer.ts';
import { sendHeldDeletions } from '../../src/jobs/held-deletion-mails.ts';
import { keepHouse } from '../../src/jobs/housekeeping.ts';
import type { Delivery, Letter, Mailer } from '../../src/mail/letter.ts';
import { dav } from '../../src/xml/names.ts';
import { type ApiClient, apiClient, basic } from '../support/api-client.ts';
import { refusal } from '../support/api-person.ts';
import { type DavClient, davClient, foundText, syncTokenOf } from '../support/dav-client.ts';
import { aCard, PREFIXES, propfindBody, VCARD } from '../support/dav-server.ts';
import { aDevice, aPerson, PASSWORD } from '../support/people.ts';
import { startServer, type TestServer } from '../support/server.ts';

const MINUTE = 60_000;
let server: TestServer;
beforeAll(async () => {
  server = await startServer({ limits: { brake: { objects: 3, percent: 40, minutes: 10 } } });
});
afterAll(() => server.stop());

interface Owner {
  readonly api: ApiClient;
  readonly phone: DavClient;
  readonly laptop: DavClient;
  readonly book: string;
  readonly bookId: string;
}

/** Somebody with ten cards, a phone and a laptop. */
async function anOwner(cards = 10): Promise<Owner> {
  const person = await aPerson(server);
  const [phone, laptop] = await Promise.all(
    [1, 2].map(async () => davClient(server.url, { name: person.name, password: await aDevice(server, person) })),
  );
  const api = apiClient(server.url, basic(person.name, PASSWORD));
  const book = `/dav/addressbooks/${person.name}/contacts/`;
  const bookId = (await api.call('listCollections')).items.find(({ kind }) => kind === 'addressbook')!.id;
  for (let i = 0; i < cards; i++) await laptop!('PUT', `${book}${i}.vcf`, aCard(`u${i}`, `Person ${i}`), VCARD);
  return { api, phone: phone!, laptop: laptop!, book, bookId };
}

const deleteAll = async (device: DavClient, book: string, from: number, to: number) => {
  const statuses: number[] = [];
  for (let i = from; i < to; i++) statuses.push((await device('DELETE', `${book}${i}.vcf`)).status);
  return statuses;
};

async function names({ laptop, book }: Owner): Promise<string[]> {
  const answer = await laptop('PROPFIND', book, propfindBody('D:getetag'), { depth: '1', prefer: 'depth-noroot' });
  return [...answer.responses().keys()].map((href) => href.slice(book.length)).sort();
}

const sync = (device: DavClient, book: string, token = '') =>
  device(
    'REPORT',
    book,
    `<D:sync-collection ${PREFIXES}><D:sync-token>${token}</D:sync-token><D:sync-level>1</D:sync-level><D:prop><D:getetag/></D:prop></D:sync-collection>`,
  );

const TEN = Array.from({ length: 10 }, (_, i) => `${i}.vcf`);

describe('a device that deletes much of a book', () => {
  it('is let go so far, then answered 202 (RFC 9110 §9.3.5) while the rest stays for everybody', async () => {
    const owner = await anOwner();
    const { phone, book } = owner;
    const token = syncTokenOf(await sync(owner.laptop, book));
    expect(await deleteAll(phone, book, 0, 10)).toEqual([204, 204, 204, 204, 202, 202, 202, 202, 202, 202]);
    expect(await names(owner)).toEqual(TEN.slice(4));
    const told = (await sync(owner.laptop, book, token)).responses();
    expect([...told.keys()].sort()).toEqual(TEN.slice(0, 4).map((name) => book + name));
    expect((await phone('GET', `${book}9.vcf`)).status).toBe(200);
    const { items } = await owner.api.call('listHeldDeletions');
    expect(items).toMatchObject([{ collectionId: owner.bookId, device: 'Phone', count: 6, deletedBefore: 4 }]);
  });

  it('may delete what was made since its first deletion, however much', async () => {
    const { phone, laptop, book } = await anOwner();
    expect(await deleteAll(phone, book, 0, 1)).toEqual([204]);
    server.clock.advance(1000);
    for (let i = 10; i < 20; i++) await laptop('PUT', `${book}${i}.vcf`, aCard(`u${i}`, `Person ${i}`), VCARD);
    expect(await deleteAll(phone, book, 10, 20)).toEqual(Array(10).fill(204));
    expect(await deleteAll(phone, book, 1, 5)).toEqual([204, 204, 204, 202]);
  });

  it('deletes the rest once that is confirmed, in one step, and may go on for a while', async () => {
    const owner = await anOwner();
    const { phone, laptop, book, api } = owner;
    await deleteAll(phone, book, 0, 9);
    await laptop('PUT', `${book}8.vcf`, aCard('u8', 'Changed since'), VCARD);
    const [held] = (await api.call('listHeldDeletions')).items;
    expect(held!.count).toBe(4);
    expect(await api.call('confirmDeletions', { parameters: { id: held!.id } })).toEqual({ deleted: 4 });
    expect(await names(owner)).toEqual(['8.vcf', '9.vcf']);
    expect(await deleteAll(phone, book, 8, 10)).toEqual([204, 204]);
    expect((await api.call('listHeldDeletions')).items).toEqual([]);
    expect(await refusal(api.call('confirmDeletions', { parameters: { id: held!.id } }))).toEqual([
      404,
      'no-held-deletions',
    ]);
  });

  it('receives everything again when it is discarded, also what it had deleted before', async () => {
    const owner = await anOwner();
    const { phone, book, api } = owner;
    const before = (await sync(phone, book)).responses();
    await deleteAll(phone, book, 0, 10);
    const token = syncTokenOf(await sync(phone, book));
    const [held] = (await api.call('listHeldDeletions')).items;
    expect(await api.call('discardDeletions', { parameters: { id: held!.id } })).toEqual({ kept: 6, restored: 4 });
    const again = (await sync(phone, book, token)).responses();
    const etags = (found: typeof again) =>
      [...found].map(([href, each]) => [href, foundText(each, dav('getetag'))]).sort();
    expect(etags(again)).toEqual(etags(before));
    expect(await names(owner)).toEqual(TEN);
    // the window goes on: a device that is out of its mind does not get another try at once
    expect(await deleteAll(phone, book, 0, 2)).toEqual([202, 202]);
  });

  it('holds no other device back, nor that device in another book, nor what is done on the page', async () => {
    const owner = await anOwner();
    await deleteAll(owner.phone, owner.book, 0, 7);
    expect(await deleteAll(owner.laptop, owner.book, 9, 10)).toEqual([204]);
    const [card] = (await owner.api.call('listCards', { query: { collectionId: owner.bookId } })).items;
    await owner.api.call('deleteCard', { parameters: { id: card!.id }, query: {} });
    expect(await names(owner)).toHaveLength(4);
  });

  it('may delete as much again later, when nothing waits for an answer', async () => {
    const { phone, book } = await anOwner();
    expect(await deleteAll(phone, book, 0, 4)).toEqual([204, 204, 204, 204]);
    server.clock.advance(11 * MINUTE);
    expect(await deleteAll(phone, book, 4, 8)).toEqual([204, 204, 204, 202]);
    server.clock.advance(11 * MINUTE);
    expect(await deleteAll(phone, book, 8, 9)).toEqual([202]);
  });

  it('may not move it away instead: 403 says why', async () => {
    const { phone, book } = await anOwner();
    const other = book.replace('contacts', 'other');
    await phone(
      'MKCOL',
      other,
      `<D:mkcol ${PREFIXES}><D:set><D:prop><D:resourcetype><D:collection/><CR:addressbook/></D:resourcetype></D:prop></D:set></D:mkcol>`,
    );
    const move = (i: number) => phone('MOVE', `${book}${i}.vcf`, undefined, { destination: `${other}${i}.vcf` });
    for (let i = 0; i < 4; i++) expect((await move(i)).status).toBe(201);
    const refused = await move(4);
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('must confirm')]);
    expect((await phone('GET', `${book}4.vcf`)).status).toBe(200);
    const renamed = { destination: `${book}renamed.vcf` };
    expect((await phone('MOVE', `${book}5.vcf`, undefined, renamed)).status).toBe(201);
  });

  it('may delete the book itself: that is a deliberate act, and it can be brought back', async () => {
    const { phone, book, api, bookId } = await anOwner();
    expect((await phone('DELETE', book)).status).toBe(204);
    expect(await api.call('restoreDeletedCollection', { parameters: { id: bookId }, body: {} })).toMatchObject({
      count: 10,
    });
  });

  it('gets what it asked for refused by If-Match first (RFC 9110 §13.1.1)', async () => {
    const { phone, book } = await anOwner();
    await deleteAll(phone, book, 0, 5);
    expect((await phone('DELETE', `${book}9.vcf`, undefined, { 'if-match': '"other"' })).status).toBe(412);
  });
});

describe('the owner', () => {
  it('who has a mail address is told once for each window, in the language of the account', async () => {
    const owner = await anOwner();
    await sql`update principal set emails = '{ann@example.org}', language = 'de-CH' where name = ${owner.book.split('/').at(-3)}`.execute(
      server.context.db,
    );
    const letters: Letter[] = [];
    let outcome: Delivery = { outcome: 'failed', again: true, reason: 'busy' };
    const mailer: Mailer = {
      send: async (letter) => {
        letters.push(letter);
        return outcome;
      },
    };
    const ended: string[] = [];
    const observer = { mailEnded: (about: string, end: string) => void ended.push(`${about} ${end}`) } as Observer;
    const mails = { ...server.context, observer, mailer, pageUrl: 'https://contacts.example.org/' };
    const send = () => sendHeldDeletions(mails);
    await deleteAll(owner.phone, owner.book, 0, 4);
    await send();
    const mine = () => letters.filter(({ to }) => to === 'ann@example.org').map(({ subject }) => subject);
    expect(mine()).toEqual([]);
    await deleteAll(owner.phone, owner.book, 4, 7);
    await send();
    await deleteAll(owner.phone, owner.book, 7, 9);
    await send();
    expect(mine()).toEqual(['Doublon: 3 Löschungen warten auf Sie']);
    outcome = { outcome: 'sent' };
    server.clock.advance(16 * MINUTE);
    for (let n = 0; n < 3; n++) await send();
    expect(mine()[1]).toBe('Doublon: 5 Löschungen warten auf Sie');
    expect(mine()).toHaveLength(2);
    expect(letters.at(-1)!.text).toContain('„Phone“');
    expect(ended).toEqual(['held-deletions later', 'held-deletions sent']);
  });

  it('is written to eight times at most, later and later, while the mail server does not take it', async () => {
    const owner = await anOwner();
    await sql`update principal set emails = '{bob@example.org}' where name = ${owner.book.split('/').at(-3)}`.execute(
      server.context.db,
    );
    const sendings: number[] = [];
    const mailer: Mailer = {
      send: async ({ to }) => {
        if (to === 'bob@example.org') sendings.push(server.clock.now());
        return { outcome: 'failed', again: true, reason: 'busy' };
      },
    };
    await deleteAll(owner.phone, owner.book, 0, 7);
    for (let quarter = 0; quarter < 4 * 24 * 3; quarter++) {
      await sendHeldDeletions({ ...server.context, mailer, pageUrl: 'https://contacts.example.org/' });
      server.clock.advance(15 * MINUTE);
    }
    const pauses = sendings.slice(1).map((at, n) => (at - sendings[n]!) / (15 * MINUTE));
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 64]);
  });

  it('sets limits of its own, or releases the brake', async () => {
    const owner = await anOwner();
    expect(await owner.api.call('showDeletionSettings')).toEqual({ objects: 3, percent: 40, minutes: 10 });
    await owner.api.call('changeDeletionSettings', { body: { objects: 1, percent: 0 } });
    expect(await deleteAll(owner.phone, owner.book, 0, 3)).toEqual([204, 202, 202]);
    const off = await owner.api.call('changeDeletionSettings', { body: { objects: 0, percent: null } });
    expect(off).toEqual({ objects: 0, percent: 40, minutes: 10 });
    expect(await deleteAll(owner.phone, owner.book, 1, 10)).toEqual(Array.from({ length: 9 }, () => 204));
  });

  it('finds nothing of it in the list of somebody else, and cannot confirm for others', async () => {
    const [mine, theirs] = [await anOwner(), await anOwner()];
    await deleteAll(theirs.phone, theirs.book, 0, 8);
    const [held] = (await theirs.api.call('listHeldDeletions')).items;
    expect((await mine.api.call('listHeldDeletions')).items).toEqual([]);
    expect(await refusal(mine.api.call('confirmDeletions', { parameters: { id: held!.id } }))).toEqual([
      404,
      'no-held-deletions',
    ]);
  });

  it('who never answers keeps everything: after a month the deletions are dropped', async () => {
    const owner = await anOwner();
    await deleteAll(owner.phone, owner.book, 0, 10);
    server.clock.advance(31 * 24 * 60 * MINUTE);
    await keepHouse(server.context, { retention: { historyDays: 90, historyOctets: 0, undoDays: 90 } });
    expect((await owner.api.call('listHeldDeletions')).items).toEqual([]);
    expect(await names(owner)).toEqual(TEN);
  });
});
