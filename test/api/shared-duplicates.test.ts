/** Duplicates over all books that a user may read: own ones and those that others share (RFC 3744). */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrganisation, createPrincipal } from '../../src/commands/accounts.ts';
import type { EngineRun } from '../../src/commands/engine-run.ts';
import { replaceGrants } from '../../src/commands/grant-access.ts';
import { DEFAULT_LIMITS } from '../../src/commands/limits.ts';
import { mergeUnattended } from '../../src/commands/merge-unattended.ts';
import { rescoreStale } from '../../src/commands/rescore-cards.ts';
import { performRun, runNow } from '../../src/commands/run-dedup.ts';
import { startRescoreQueue } from '../../src/jobs/rescore-queue.ts';
import { type Collection, findCollectionById } from '../../src/store/collections.ts';
import { type ApiClient, apiClient, basic } from '../support/api-client.ts';
import { aPerson, failureOf, PASSWORD, type Person } from '../support/people.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { listPairs } from '../support/stored-pairs.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

interface User extends Person {
  readonly api: ApiClient;
  readonly book: Collection;
}

async function aUser(organisationId?: string): Promise<User> {
  const person = await aPerson(server, organisationId ? { organisationId } : {});
  const api = apiClient(server.url, basic(person.name, PASSWORD));
  const { items } = await api.call('listCollections');
  const id = items.find((item) => item.kind === 'addressbook')!.id;
  return { ...person, api, book: (await findCollectionById(server.context.db, person.organisationId, id))! };
}

const ANNA = ['FN:Anna Berger', 'N:Berger;Anna;;;', 'TEL;TYPE=CELL:+49 170 1234567', 'EMAIL:anna.berger@example.org'];
const vcard = (uid: string, ...lines: string[]) =>
  ['BEGIN:VCARD', 'VERSION:3.0', `UID:${uid}`, ...lines, 'END:VCARD', ''].join('\r\n');

const add = (user: User, uid: string, ...lines: string[]) =>
  user.api.call('createCard', { body: { collectionId: user.book.collection_id, vcard: vcard(uid, ...lines) } });

/** People nobody is like: with them one card more or less does not move the scale that rarity is measured by. */
async function addStrangers(user: User): Promise<void> {
  for (const name of ['Ilse Quarck', 'Oda Wirtz', 'Pim Zander', 'Ruud Xander']) await add(user, name, `FN:${name}`);
}

const share = (owner: User, grantee: User | null, ...privileges: string[]) =>
  replaceGrants(server.context, owner.book, [{ granteeId: grantee?.principalId ?? null, privileges }]);

async function search({ api }: User): Promise<void> {
  const run = await api.call('startRun');
  await expect
    .poll(async () => (await api.call('showRun', { parameters: { id: run.id } })).state, { timeout: 30_000 })
    .toBe('done');
}

const suggestions = async ({ api }: User) => (await api.call('listSuggestions')).items;
const uidsOf = (item: Awaited<ReturnType<typeof suggestions>>[number]) =>
  item.members.map((member) => member.uid).sort();

/** Two users of one organisation, each with a card of Anna; the second shares the book with the first. */
async function sharing(...privileges: string[]) {
  const organisationId = await createOrganisation(server.context, `shared ${Math.random()}`);
  const [reader, owner] = [await aUser(organisationId), await aUser(organisationId)];
  const mine = await add(reader, 'mine', ...ANNA, 'NOTE:private');
  const theirs = await add(owner, 'theirs', ...ANNA, 'TITLE:Baker');
  await share(owner, reader, ...privileges);
  return { reader, owner, mine, theirs };
}

async function mergeInto(user: User, referenceId: string, memberId: string) {
  const wish = { referenceId, memberIds: [memberId] };
  const { etags } = await user.api.call('previewMerge', { body: wish });
  return user.api.call('mergeCards', { body: { ...wish, etags } });
}

describe.each([
  ['', DEFAULT_LIMITS.mostUnkeyed],
  [', of people whose books keep rows of keys,', 0],
])('a book that somebody shares for reading%s', (_, mostUnkeyed) => {
  beforeAll(() => void Object.assign(server.context.limits, { mostUnkeyed }));
  afterAll(() => void Object.assign(server.context.limits, DEFAULT_LIMITS));

  it('is searched, too: a cluster with a card of it is shown with whose it is, and is not to be merged', async () => {
    const { reader, owner, mine, theirs } = await sharing('read');
    await search(reader);
    const [found, ...others] = await suggestions(reader);
    expect(others).toEqual([]);
    expect(uidsOf(found!)).toEqual(['mine', 'theirs']);
    expect(found).toMatchObject({ mergeable: false, referenceId: mine.id });
    expect(found!.sharedBooks).toMatchObject([
      { id: owner.book.collection_id, ownerName: owner.name, mayMerge: false },
    ]);
    const detail = await reader.api.call('showSuggestion', { parameters: { id: found!.id } });
    expect(detail.cards.map((card) => card.uid).sort()).toEqual(['mine', 'theirs']);
    await reader.api.call('showCard', { parameters: { id: theirs.id } });
    const wish = { referenceId: mine.id, memberIds: [theirs.id] };
    const preview = await failureOf(reader.api.call('previewMerge', { body: wish }));
    expect(preview.status).toBe(403);
    expect(preview.problem).toMatchObject({
      code: 'read-only-book',
      cards: [theirs.id],
      books: [owner.book.collection_id],
    });
    const etags = { [mine.id]: mine.etag, [theirs.id]: theirs.etag };
    const merge = await failureOf(reader.api.call('mergeCards', { body: { ...wish, etags } }));
    expect(merge.problem.code).toBe('read-only-book');
  });

  it('shows its owner nothing of the reader’s cards', async () => {
    const { reader, owner } = await sharing('read');
    await search(reader);
    await search(owner);
    expect(await suggestions(owner)).toEqual([]);
  });

  it('does not tell about duplicates within it, which the reader could not mend', async () => {
    const { reader, owner } = await sharing('read');
    await add(owner, 'bob-1', 'FN:Bob Carpenter', 'N:Carpenter;Bob;;;', 'TEL;TYPE=CELL:+1 212 555 0143');
    await add(owner, 'bob-2', 'FN:Bob Carpenter', 'N:Carpenter;Bob;;;', 'TEL;TYPE=CELL:+1 212 555 0143');
    await search(reader);
    expect((await suggestions(reader)).map(uidsOf)).toEqual([['mine', 'theirs']]);
  });

  it('still lets two own cards of such a cluster be merged', async () => {
    const { reader, mine } = await sharing('read');
    const again = await add(reader, 'mine-2', ...ANNA, 'ORG:Example');
    await search(reader);
    const [found] = await suggestions(reader);
    expect(uidsOf(found!)).toEqual(['mine', 'mine-2', 'theirs']);
    expect(found!.mergeable).toBe(true);
    expect([mine.id, again.id]).toContain(found!.referenceId);
    await mergeInto(reader, mine.id, again.id);
    expect((await suggestions(reader)).map(uidsOf)).toEqual([['mine', 'theirs']]);
  });

  it('is out of sight at once when the right is taken back, and after the next scoring nothing of it is kept', async () => {
    const { reader, owner, theirs } = await sharing('read');
    await search(reader);
    expect(await suggestions(reader)).toHaveLength(1);
    const { id } = (await suggestions(reader))[0]!;
    await replaceGrants(server.context, owner.book, []);
    expect(await suggestions(reader)).toEqual([]);
    expect((await reader.api.call('listSuggestions')).counts).toEqual({ certain: 0, likely: 0, possible: 0 });
    for (const attempt of [
      () => reader.api.call('showSuggestion', { parameters: { id } }),
      () => reader.api.call('showCard', { parameters: { id: theirs.id } }),
    ])
      expect((await failureOf(attempt())).status).toBe(404);
    expect(await rescoreStale(server.context, reader)).toBe('needs a full run');
    await search(reader);
    expect(await listPairs(server.context.db, reader.organisationId, reader.principalId)).toEqual([]);
  });

  it('is searched soon after it was shared, by name or with a group, without anybody asking', async () => {
    const { reader, owner } = await sharing();
    const actor = { organisationId: reader.organisationId };
    const group = await createPrincipal(server.context, { ...actor, kind: 'group', name: `group of ${reader.name}` });
    const members = { organisation_id: reader.organisationId, group_id: group, member_id: reader.principalId };
    await server.context.db.insertInto('group_member').values(members).execute();
    await replaceGrants(server.context, owner.book, [{ granteeId: group, privileges: ['read'] }]);
    // one that looks by itself, too, may have begun the run that is waited for here
    const runEngine: EngineRun = (request) => performRun(server.context, request);
    const queue = startRescoreQueue(server.context, { pauseMs: 3_600_000, runEngine });
    await queue.drain();
    expect((await suggestions(reader)).map(uidsOf)).toEqual([['mine', 'theirs']]);
    await replaceGrants(server.context, owner.book, []);
    await queue.drain();
    expect(await listPairs(server.context.db, reader.organisationId, reader.principalId)).toEqual([]);
    await queue.drain();
    await queue.stop();
  });

  it('is asked who is like a card before it is saved', async () => {
    const { reader } = await sharing('read');
    await search(reader);
    const { items } = await reader.api.call('similarCards', { body: { vcard: vcard('new', ...ANNA) } });
    expect(items.map((item) => item.card.uid).sort()).toEqual(['mine', 'theirs']);
  });

  it('is followed: what its owner changes moves the reader’s pairs as a full run would', async () => {
    const { reader, owner, theirs } = await sharing('read');
    await addStrangers(reader);
    await search(reader);
    const changed = vcard('theirs', 'FN:Zoe Quist', 'N:Quist;Zoe;;;', 'TEL:+46 8 123456');
    const body = { vcard: changed, etag: theirs.etag };
    const { etag } = await owner.api.call('changeCard', { parameters: { id: theirs.id }, body });
    expect(await rescoreStale(server.context, reader)).toBe('done');
    expect(await suggestions(reader)).toEqual([]);
    const back = { vcard: vcard('theirs', ...ANNA), etag };
    await owner.api.call('changeCard', { parameters: { id: theirs.id }, body: back });
    await add(owner, 'theirs-2', ...ANNA, 'NOTE:once more');
    expect(await rescoreStale(server.context, reader)).toBe('done');
    const incremental = await listPairs(server.context.db, reader.organisationId, reader.principalId);
    expect((await suggestions(reader)).map(uidsOf)).toEqual([['mine', 'theirs', 'theirs-2']]);
    await search(reader);
    expect(await listPairs(server.context.db, reader.organisationId, reader.principalId)).toEqual(incremental);
    await owner.api.call('deleteCard', { parameters: { id: theirs.id }, query: {} });
    expect(await rescoreStale(server.context, reader)).toBe('done');
    expect((await suggestions(reader)).map(uidsOf)).toEqual([['mine', 'theirs-2']]);
  });

  it('no longer counts for a card that moves into a book that is not shared', async () => {
    const { reader, owner, theirs } = await sharing('read');
    await addStrangers(reader);
    await search(reader);
    const hidden = await owner.api.call('createCollection', { body: { kind: 'addressbook', displayName: 'Hidden' } });
    const body = { collectionId: hidden.id, etag: theirs.etag };
    await owner.api.call('moveCard', { parameters: { id: theirs.id }, body });
    expect(await suggestions(reader)).toEqual([]);
    expect(await rescoreStale(server.context, reader)).toBe('done');
    expect(await listPairs(server.context.db, reader.organisationId, reader.principalId)).toEqual([]);
  });
});

describe('a book that somebody shares for writing', () => {
  it('takes part in a merge: each book is one step, and undo gives both the same bytes', async () => {
    const { reader, owner, mine, theirs } = await sharing('read', 'write');
    await search(reader);
    const [found] = await suggestions(reader);
    expect(found!.mergeable).toBe(true);
    const { merge } = await mergeInto(reader, theirs.id, mine.id);
    const kept = await owner.api.call('showCard', { parameters: { id: theirs.id } });
    expect(kept.vcard).toContain('NOTE:private');
    const own = { collectionId: reader.book.collection_id };
    expect((await reader.api.call('listCards', { query: own })).items).toEqual([]);
    await reader.api.call('undoMerge', { parameters: { id: merge.id }, body: {} });
    expect((await reader.api.call('showCard', { parameters: { id: mine.id } })).vcard).toBe(mine.vcard);
    expect((await owner.api.call('showCard', { parameters: { id: theirs.id } })).vcard).toBe(theirs.vcard);
  });

  it('gives its owner the card back from the bin when a merge took it away, and it stays', async () => {
    const { reader, owner, mine, theirs } = await sharing('read', 'write');
    await mergeInto(reader, mine.id, theirs.id);
    expect((await owner.api.call('listCards')).items).toEqual([]);
    const id = owner.book.collection_id;
    const [deleted] = (await owner.api.call('listDeleted', { parameters: { id } })).items;
    await owner.api.call('restoreVersion', { parameters: { id, seq: deleted!.seq } });
    expect((await owner.api.call('listCards')).items.map((card) => card.uid)).toEqual(['theirs']);
    const merges = (await owner.api.call('listMerges')).items;
    expect(merges).toEqual([]);
  });

  it('does not swallow what its owner puts back: the card that stands in belongs to somebody else', async () => {
    const { reader, owner, mine, theirs } = await sharing('read', 'write');
    await mergeInto(reader, mine.id, theirs.id);
    const again = await add(owner, 'theirs', ...ANNA, 'TITLE:Baker');
    expect(again.uid).toBe('theirs');
    expect((await owner.api.call('listCards')).items).toHaveLength(1);
  });

  it('refuses the undo, whole, once the right is gone', async () => {
    const { reader, owner, mine, theirs } = await sharing('read', 'write');
    const { merge } = await mergeInto(reader, mine.id, theirs.id);
    const merged = await reader.api.call('showCard', { parameters: { id: mine.id } });
    await share(owner, reader, 'read');
    const refused = await failureOf(reader.api.call('undoMerge', { parameters: { id: merge.id }, body: {} }));
    expect(refused.problem).toMatchObject({ status: 403, code: 'read-only-book' });
    expect(await reader.api.call('showCard', { parameters: { id: mine.id } })).toEqual(merged);
  });

  it('keeps the verdicts of each user apart', async () => {
    const { reader, owner, mine, theirs } = await sharing('read', 'write');
    await share(reader, owner, 'read', 'write');
    await search(reader);
    await search(owner);
    expect([await suggestions(reader), await suggestions(owner)].map((list) => list.map(uidsOf))).toEqual([
      [['mine', 'theirs']],
      [['mine', 'theirs']],
    ]);
    await reader.api.call('hideCards', { body: { cardIds: [mine.id, theirs.id] } });
    expect(await suggestions(reader)).toEqual([]);
    expect(await suggestions(owner)).toHaveLength(1);
    expect((await owner.api.call('listDecisions')).items).toEqual([]);
  });

  it('is left alone by what merges many at once or by night, copies too', async () => {
    const organisationId = await createOrganisation(server.context, `copies ${Math.random()}`);
    const [reader, owner] = [await aUser(organisationId), await aUser(organisationId)];
    await add(reader, 'mine', ...ANNA);
    await add(owner, 'theirs', ...ANNA);
    await share(owner, reader, 'all');
    await search(reader);
    expect((await suggestions(reader))[0]).toMatchObject({ exact: true, mergeable: true });
    expect(await reader.api.call('listExactCopies')).toMatchObject({ clusters: 0, items: [] });
    expect(await reader.api.call('mergeExact', { body: {} })).toMatchObject({ merged: 0 });
    const actor = { ...reader, role: 'member' as const };
    const runId = crypto.randomUUID();
    expect(await mergeUnattended(server.context, actor, 'certain', runId)).toEqual({ merges: 0, refused: 0 });
  });
});

describe('a shared book that is too large to be compared', () => {
  it('is left out, and the answer says so', async () => {
    const { reader, owner } = await sharing('read');
    await fillUp(owner.book);
    await search(reader);
    const page = await reader.api.call('listSuggestions');
    expect(page).toMatchObject({ items: [], sharedBooks: [] });
    expect(page.leftOutBooks.map((book) => book.id)).toEqual([owner.book.collection_id]);
  });

  it('is compared from the next full run on where more cards of others are allowed', async () => {
    const { reader, owner } = await sharing('read');
    await fillUp(owner.book);
    await search(reader);
    const limits = { ...server.context.limits, mostSharedCards: 30_000 };
    await runNow({ ...server.context, limits }, reader, 'test');
    const page = await reader.api.call('listSuggestions');
    expect(page.leftOutBooks).toEqual([]);
    expect(page.sharedBooks.map((book) => book.id)).toEqual([owner.book.collection_id]);
    expect(page.items.map(uidsOf)).toEqual([['mine', 'theirs']]);
    await runNow({ ...server.context, limits: { ...limits, mostSharedCards: 0 } }, reader, 'test');
    expect(await suggestions(reader)).toEqual([]);
  });
});

/** Puts twenty thousand objects into a book that nothing but their number is asked of. */
async function fillUp({ organisation_id, collection_id }: Collection): Promise<void> {
  await sql`
    insert into object (organisation_id, collection_id, object_id, name, component, body, size, etag, seq, created_at, modified_at)
    select ${organisation_id}::uuid, ${collection_id}::uuid, gen_random_uuid(), 'filler' || n, 'VCARD', '', 0, '', 1000 + n, now(), now()
    from generate_series(1, 20000) as n`.execute(server.context.db);
}

describe('the walls of an organisation', () => {
  it('hold even where a book is granted to everybody', async () => {
    const { reader, owner } = await sharing('read');
    const stranger = await aUser();
    await add(stranger, 'strange', ...ANNA);
    await share(stranger, null, 'read');
    await share(owner, null, 'read', 'write');
    for (const user of [reader, owner, stranger]) await search(user);
    expect((await suggestions(reader)).map(uidsOf)).toEqual([['mine', 'theirs']]);
    expect(await suggestions(owner)).toEqual([]);
    expect(await suggestions(stranger)).toEqual([]);
  });
});
