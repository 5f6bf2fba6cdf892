/** WebDAV locks before everything that writes without a token: the API, merges, undo, imports, restores, nights (RFC 4918 §7). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deleteObject } from '../../src/commands/delete-object.ts';
import { mergeUnattended } from '../../src/commands/merge-unattended.ts';
import { dropOldWindows } from '../../src/commands/settle-deletions.ts';
import { findCollectionById } from '../../src/store/collections.ts';
import { findLogin } from '../../src/store/principals.ts';
import { type ApiPerson, addCard, mergeNow, newPerson, search, vcardOf } from '../support/api-person.ts';
import { type DavClient, davClient } from '../support/dav-client.ts';
import { PREFIXES } from '../support/dav-server.ts';
import { failureOf, refusalOf } from '../support/people.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const LOCK_INFO = `<D:lockinfo ${PREFIXES}><D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype></D:lockinfo>`;
const IDA = ['FN:Ida Roth', 'N:Roth;Ida;;;', 'EMAIL:ida@example.org'];

interface Holder extends ApiPerson {
  readonly dav: DavClient;
  readonly home: string;
}

/** A person whose other program speaks WebDAV. */
async function aHolder(): Promise<Holder> {
  const person = await newPerson(server);
  const dav = davClient(server.url, { name: person.name, password: 'correct horse' });
  return { ...person, dav, home: `/dav/addressbooks/${person.name}/contacts/` };
}

/** Locks a member of the address book, or the book itself; returns what ends the lock. */
async function lock({ dav, home }: Holder, name = '', depth = '0'): Promise<() => Promise<void>> {
  const held = await dav('LOCK', home + name, LOCK_INFO, { depth, timeout: 'Second-600' });
  expect(held.status).toBe(200);
  return async () => {
    const token = held.headers['lock-token']!;
    expect((await dav('UNLOCK', home + name, undefined, { 'lock-token': token })).status).toBe(204);
  };
}

const shown = ({ api }: Holder, id: string) => api.call('showCard', { parameters: { id } });
const stateOf = async ({ api }: Holder) =>
  (await api.call('listCards')).items.map(({ id, etag }) => `${id} ${etag}`).sort();

const retitle = ({ api }: Holder, id: string, etag: string, title: string) =>
  api.call('changeCard', { parameters: { id }, body: { vcard: vcardOf('ida', ...IDA, `TITLE:${title}`), etag } });

/** Two copies of Ida, merged; with a group that holds both. */
async function merged() {
  const person = await aHolder();
  const [kept, gone] = [await addCard(person, 'kept', ...IDA), await addCard(person, 'gone', ...IDA, 'NOTE:two')];
  const members = ['kept', 'gone'].map((uid) => `X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:${uid}`);
  await addCard(person, 'group', 'FN:Friends', 'N:;;;;', 'X-ADDRESSBOOKSERVER-KIND:group', ...members);
  const { merge } = await mergeNow(person.api, [kept.id, gone.id]);
  return { person, kept, gone, merge };
}

describe('a locked card', () => {
  it('is not edited, and the refusal says which card, held by whom, until when', async () => {
    const person = await aHolder();
    const card = await addCard(person, 'ida', ...IDA);
    await lock(person, 'ida.vcf');
    const change = { vcard: vcardOf('ida', ...IDA, 'TITLE:Baker'), etag: card.etag };
    const { status, problem } = await failureOf(
      person.api.call('changeCard', { parameters: { id: card.id }, body: change }),
    );
    const until = new Date(server.clock.now() + 600_000).toISOString();
    expect({ status, ...problem }).toMatchObject({ status: 423, code: 'locked', label: 'Ida Roth', until });
    expect(problem.locks).toEqual([
      { cardId: card.id, collectionId: person.book, name: 'ida.vcf', label: 'Ida Roth', heldBy: person.name, until },
    ]);
    expect((await shown(person, card.id)).etag).toBe(card.etag);
  });

  it('is edited once the lock has ended, by UNLOCK or by its time', async () => {
    const person = await aHolder();
    const card = await addCard(person, 'ida', ...IDA);
    const change = (etag: string, title: string) => retitle(person, card.id, etag, title);
    const unlock = await lock(person, 'ida.vcf');
    await unlock();
    const { etag } = await change(card.etag, 'Baker');
    await lock(person, 'ida.vcf');
    server.clock.advance(601_000);
    expect((await change(etag, 'Cook')).vcard).toContain('TITLE:Cook');
  });

  it.each(['ida.vcf', ''])('is not deleted, nor moved to another book, with the lock on "%s"', async (name) => {
    const person = await aHolder();
    const card = await addCard(person, 'ida', ...IDA);
    const other = await person.api.call('createCollection', { body: { kind: 'addressbook', displayName: 'Other' } });
    await lock(person, name);
    const parameters = { id: card.id };
    expect(await refusalOf(person.api.call('deleteCard', { parameters, query: {} }))).toBe('423 locked');
    const body = { collectionId: other.id, etag: card.etag };
    expect(await refusalOf(person.api.call('moveCard', { parameters, body }))).toBe('423 locked');
    expect((await shown(person, card.id)).collectionId).toBe(person.book);
  });

  it.each(['kept.vcf', 'gone.vcf', 'group.vcf', ''])(
    'stops a merge and its undo with the lock on "%s"',
    async (name) => {
      const { person, kept, gone, merge } = await merged();
      const undo = () => person.api.call('undoMerge', { parameters: { id: merge.id }, body: {} });
      const after = await stateOf(person);
      if (name !== 'gone.vcf') {
        const unlock = await lock(person, name);
        expect(await refusalOf(undo())).toBe('423 locked');
        expect(await stateOf(person)).toEqual(after);
        await unlock();
      }
      await undo();
      const before = await stateOf(person);
      const unlock = await lock(person, name);
      expect(await refusalOf(mergeNow(person.api, [kept.id, gone.id]))).toBe('423 locked');
      expect(await refusalOf(person.api.call('redoMerge', { parameters: { id: merge.id } }))).toBe('423 locked');
      expect(await stateOf(person)).toEqual(before);
      await unlock();
      await person.api.call('redoMerge', { parameters: { id: merge.id } });
      expect(await stateOf(person)).toHaveLength(2);
    },
  );

  it('leaves its group to a later night when a member is deleted', async () => {
    const { person, kept } = await merged();
    await lock(person, 'group.vcf');
    const group = (await person.api.call('listCards')).items.find(({ name }) => name === 'group.vcf')!;
    await person.api.call('deleteCard', { parameters: { id: kept.id }, query: {} });
    expect((await shown(person, group.id)).etag).toBe(group.etag);
  });

  it('is not put back from its history', async () => {
    const person = await aHolder();
    const card = await addCard(person, 'ida', ...IDA);
    const parameters = { id: card.id };
    const body = { vcard: vcardOf('ida', ...IDA, 'TITLE:Baker'), etag: card.etag };
    await person.api.call('changeCard', { parameters, body });
    const [version] = (await person.api.call('listVersions', { parameters })).items;
    const unlock = await lock(person, 'ida.vcf');
    const restore = () => person.api.call('restoreVersion', { parameters: { id: person.book, seq: version!.seq } });
    expect(await refusalOf(restore())).toBe('423 locked');
    await unlock();
    expect((await restore()).etag).toBe(card.etag);
  });
});

describe('a locked book', () => {
  it('takes no new card, and is neither renamed nor deleted, as long as the lock lasts (RFC 4918 §7.4)', async () => {
    const person = await aHolder();
    const unlock = await lock(person);
    const parameters = { id: person.book };
    const attempts = [
      () => addCard(person, 'new', ...IDA),
      () => person.api.call('changeCollection', { parameters, body: { displayName: 'New' } }),
      () => person.api.call('deleteCollection', { parameters }),
    ];
    for (const attempt of attempts) expect(await refusalOf(attempt())).toBe('423 locked');
    await unlock();
    for (const attempt of attempts) await attempt();
  });

  it('lets a card of it be edited under a lock of depth 0, and none under an infinite one', async () => {
    const person = await aHolder();
    const card = await addCard(person, 'ida', ...IDA);
    const change = (etag: string, title: string) => retitle(person, card.id, etag, title);
    const unlock = await lock(person, '', '0');
    const { etag } = await change(card.etag, 'Baker');
    await unlock();
    await lock(person, '', 'infinity');
    expect(await refusalOf(change(etag, 'Cook'))).toBe('423 locked');
  });

  it('cannot be deleted while one of its cards is locked', async () => {
    const person = await aHolder();
    await addCard(person, 'ida', ...IDA);
    await lock(person, 'ida.vcf');
    const attempt = person.api.call('deleteCollection', { parameters: { id: person.book } });
    expect(await refusalOf(attempt)).toBe('423 locked');
  });
});

describe('what is done to many at once', () => {
  it('imports all but what is locked, which it names', async () => {
    const person = await aHolder();
    for (const uid of ['a', 'b']) await addCard(person, uid, ...IDA);
    await lock(person, 'a.vcf');
    const raw = ['a', 'b', 'c'].map((uid) => vcardOf(uid, ...IDA, 'TITLE:Baker')).join('');
    const parameters = { id: person.book };
    const query = { policy: 'replace' } as const;
    const headers = { 'Content-Type': 'text/vcard' };
    const report = await person.api.call('importObjects', { parameters, query, raw, headers });
    expect(report).toMatchObject({ read: 3, created: 1, replaced: 1, refusedCount: 1 });
    expect(report.refused).toMatchObject([{ index: 1, uid: 'a', code: 'locked' }]);
    await lock(person);
    const more = await person.api.call('importObjects', { parameters, query, raw: vcardOf('d', ...IDA), headers });
    expect(more).toMatchObject({ created: 0, refused: [{ uid: 'd', code: 'locked' }] });
  });

  it('takes a book back to a moment but for what is locked, also where a locked card bears the UID of one to come', async () => {
    const person = await aHolder();
    const { dav, home, api } = person;
    const put = (name: string, uid: string, ...lines: string[]) =>
      dav('PUT', home + name, vcardOf(uid, ...IDA, ...lines), { 'content-type': 'text/vcard' });
    for (const name of ['edited', 'held', 'renamed']) await put(`${name}.vcf`, name);
    server.clock.advance(60_000);
    const moment = new Date(server.clock.now()).toISOString();
    server.clock.advance(60_000);
    for (const name of ['edited', 'held']) await put(`${name}.vcf`, name, 'TITLE:Baker');
    await dav('MOVE', `${home}renamed.vcf`, undefined, { destination: `${home}other.vcf` });
    await put('new.vcf', 'new');
    for (const name of ['held.vcf', 'other.vcf']) await lock(person, name);
    const parameters = { id: person.book };
    for (const dryRun of [true, false]) {
      const plan = await api.call('restoreCollection', { parameters, body: { moment, dryRun } });
      expect([plan.brought.names, plan.removed.names]).toEqual([['edited.vcf'], ['new.vcf']]);
      expect(plan.locked.names.toSorted()).toEqual(['held.vcf', 'other.vcf', 'renamed.vcf']);
    }
    const names = (await api.call('listCards')).items.map(({ name }) => name).toSorted();
    expect(names).toEqual(['edited.vcf', 'held.vcf', 'other.vcf']);
  });

  it('merges the exact copies but for those that are locked, by night, too, and undoes a run likewise', async () => {
    const person = await aHolder();
    for (const uid of ['a1', 'a2']) await addCard(person, uid, ...IDA);
    for (const uid of ['b1', 'b2']) await addCard(person, uid, 'FN:Bo Berg', 'N:Berg;Bo;;;', 'EMAIL:bo@example.org');
    await search(person.api);
    const unlock = await lock(person, 'a2.vcf');
    const batch = await person.api.call('mergeExact', { body: {} });
    expect(batch).toMatchObject({ merged: 1, refused: [{ code: 'locked' }] });
    const { organisation_id: organisationId, principal_id: principalId } = (await findLogin(
      server.context.db,
      person.name,
    ))!;
    const actor = { organisationId, principalId, name: person.name, role: 'member' as const };
    const night = await mergeUnattended(server.context, actor, 'exact', crypto.randomUUID());
    expect(night).toEqual({ merges: 0, refused: 1 });
    await unlock();
    await lock(person);
    const undone = await person.api.call('undoRun', { parameters: { id: batch.run.id }, body: {} });
    expect(undone).toMatchObject({ undone: [], refused: [{ code: 'locked' }] });
  });

  it('gives back held deletions, and drops old ones, only once what they need is free', async () => {
    const person = await aHolder();
    const { api, dav, home } = person;
    await api.call('changeDeletionSettings', { body: { objects: 1, percent: 1 } });
    for (const uid of ['a', 'b', 'c']) await addCard(person, uid, ...IDA);
    expect((await dav('DELETE', `${home}a.vcf`)).status).toBe(204);
    expect((await dav('DELETE', `${home}b.vcf`)).status).toBe(202);
    const [held] = (await api.call('listHeldDeletions')).items;
    const parameters = { id: held!.id };
    const unlock = await lock(person);
    expect(await refusalOf(api.call('confirmDeletions', { parameters }))).toBe('423 locked');
    expect(await refusalOf(api.call('discardDeletions', { parameters }))).toBe('423 locked');
    const { organisation_id } = (await findLogin(server.context.db, person.name))!;
    const drop = () => dropOldWindows(server.context, organisation_id, new Date(server.clock.now() + 1), 100);
    expect(await drop()).toBe(0);
    await unlock();
    expect(await drop()).toBe(1);
    expect((await api.call('listCards')).items.map(({ name }) => name)).toContain('a.vcf');
  });
});

describe('a lock that is granted while a write is under way', () => {
  it('is seen by it under the lock of the row', async () => {
    const person = await aHolder();
    await addCard(person, 'ida', ...IDA);
    const { organisation_id } = (await findLogin(server.context.db, person.name))!;
    const seen = (await findCollectionById(server.context.db, organisation_id, person.book))!;
    await lock(person, 'ida.vcf');
    // the writer has read the collection before the lock was granted
    const attempt = deleteObject(server.context, { collection: seen, name: 'ida.vcf' });
    await expect(attempt).rejects.toMatchObject({ code: 'locked' });
  });
});

describe('the locks of what goes', () => {
  it('go with it: a card made anew in its place is free (RFC 4918 §7.6)', async () => {
    const person = await aHolder();
    const { dav, home } = person;
    await addCard(person, 'ida', ...IDA);
    const held = await dav('LOCK', `${home}ida.vcf`, LOCK_INFO, { depth: '0', timeout: 'Second-600' });
    const token = held.headers['lock-token']!;
    expect((await dav('DELETE', `${home}ida.vcf`, undefined, { if: `(${token})` })).status).toBe(204);
    const { id } = await addCard(person, 'ida', ...IDA);
    await person.api.call('deleteCard', { parameters: { id }, query: {} });
  });

  it('end below a collection that MOVE overwrites, and stay on what a refused MOVE leaves', async () => {
    const { dav, name } = await aHolder();
    const files = `/dav/calendars/${name}/files/`;
    for (const path of ['', 'one/', 'two/']) expect((await dav('MKCOL', files + path)).status).toBe(201);
    for (const path of ['one/a', 'two/b']) expect((await dav('PUT', files + path, 'text')).status).toBe(201);
    const held = await dav('LOCK', `${files}two/b`, LOCK_INFO, { depth: '0', timeout: 'Second-600' });
    const token = held.headers['lock-token']!;
    const move = (headers: Record<string, string>) =>
      dav('MOVE', `${files}one/`, undefined, { destination: `${files}two/`, ...headers });
    expect((await move({})).status).toBe(423);
    expect((await dav('PUT', `${files}two/b`, 'changed')).status).toBe(423);
    expect((await move({ if: `<${server.url}${files.slice(1)}two/b> (${token})` })).status).toBe(204);
    expect((await dav('PUT', `${files}two/b`, 'new')).status).toBe(201);
  });
});
