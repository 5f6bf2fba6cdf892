/** Cards and events of others under Contacts and Calendar: seen, written and taken away as far as their owner lets (RFC 3744 §5.5). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOrganisation } from '../../src/commands/accounts.ts';
import { type ApiClient, apiClient, basic } from '../support/api-client.ts';
import { davClient } from '../support/dav-client.ts';
import { anEvent, PREFIXES } from '../support/dav-server.ts';
import { aPerson, PASSWORD, refusalOf } from '../support/people.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

interface User {
  readonly name: string;
  readonly api: ApiClient;
  readonly book: string;
  readonly calendar: string;
}

async function aUser(organisationId: string): Promise<User> {
  const { name } = await aPerson(server, { organisationId });
  const api = apiClient(server.url, basic(name, PASSWORD));
  const { items } = await api.call('listCollections');
  const idOf = (kind: string) => items.find((each) => each.kind === kind)!.id;
  return { name, api, book: idOf('addressbook'), calendar: idOf('calendar') };
}

const vcard = (uid: string, ...lines: string[]) =>
  ['BEGIN:VCARD', 'VERSION:3.0', `UID:${uid}`, ...lines, 'END:VCARD', ''].join('\r\n');
const named = (name: string) => vcard(name, `FN:${name}`, `N:;${name};;;`);
const add = ({ api }: User, collectionId: string, text: string) =>
  api.call('createCard', { body: { collectionId, vcard: text } });

let owner: User;
let guest: User;
beforeEach(async () => {
  const organisationId = await createOrganisation(server.context, `cards ${Math.random()}`);
  [owner, guest] = [await aUser(organisationId), await aUser(organisationId)];
});

const share = (may: 'read' | 'write' | 'nothing', id = owner.book) =>
  owner.api.call('shareCollection', { parameters: { id }, body: { name: guest.name, may } });

const namesSeen = async (query: Parameters<typeof guest.api.call<'listCards'>>[1] = {}) => {
  const { items, total } = await guest.api.call('listCards', query);
  return [items.map(({ displayName }) => displayName), total];
};

describe('the cards of a shared book', () => {
  it('are listed among the own ones by name, in pages, searched, and as one book', async () => {
    for (const name of ['Ann', 'Cid', 'Eva']) await add(owner, owner.book, named(name));
    for (const name of ['Bob', 'Dan']) await add(guest, guest.book, named(name));
    expect(await namesSeen()).toEqual([['Bob', 'Dan'], 2]);
    await share('read');
    expect(await namesSeen()).toEqual([['Ann', 'Bob', 'Cid', 'Dan', 'Eva'], 5]);
    const first = await guest.api.call('listCards', { query: { limit: 3 } });
    expect(first.items.map(({ collectionId }) => collectionId)).toEqual([owner.book, guest.book, owner.book]);
    const rest = await guest.api.call('listCards', { query: { limit: 3, cursor: first.nextCursor! } });
    expect([rest.items.map(({ displayName }) => displayName), rest.nextCursor]).toEqual([['Dan', 'Eva'], null]);
    expect(await namesSeen({ query: { search: 'cid' } })).toEqual([['Cid'], 1]);
    expect(await namesSeen({ query: { collectionId: owner.book } })).toEqual([['Ann', 'Cid', 'Eva'], 3]);
    await share('nothing');
    expect(await namesSeen()).toEqual([['Bob', 'Dan'], 2]);
    expect(await refusalOf(guest.api.call('listCards', { query: { collectionId: owner.book } }))).toBe(
      '404 no-such-collection',
    );
  });

  it('are told with whose they are, how many, and what may be done with them', async () => {
    await add(owner, owner.book, named('Ann'));
    await share('write');
    await share('read', owner.calendar);
    const { items } = await guest.api.call('listSharedCollections');
    expect(items.map(({ id, ownerName, may, readable, count }) => [id, ownerName, may, readable, count])).toEqual([
      [owner.book, owner.name, 'write', true, 1],
      [owner.calendar, owner.name, 'read', true, 0],
    ]);
    expect((await guest.api.call('showSession')).shared).toEqual(items);
    expect((await owner.api.call('showSession')).shared).toEqual([]);
  });

  it('can be read whole, and nothing else, by who may read', async () => {
    const card = await add(owner, owner.book, named('Ann'));
    await share('read');
    const parameters = { id: card.id };
    expect((await guest.api.call('showCard', { parameters })).vcard).toBe(card.vcard);
    const { form, etag } = await guest.api.call('showCardForm', { parameters });
    const changes = [
      () => add(guest, owner.book, named('Bob')),
      () => guest.api.call('createCardFromForm', { body: { collectionId: owner.book, form } }),
      () => guest.api.call('changeCard', { parameters, body: { vcard: named('Bob'), etag } }),
      () => guest.api.call('editCard', { parameters, body: { form, etag } }),
      () => guest.api.call('moveCard', { parameters, body: { collectionId: guest.book, etag } }),
      () => guest.api.call('deleteCard', { parameters, query: {} }),
    ];
    for (const change of changes) expect(await refusalOf(change())).toBe('403 need-privileges');
    const own = await add(guest, guest.book, named('Own'));
    const there = { collectionId: owner.book, etag: own.etag };
    expect(await refusalOf(guest.api.call('moveCard', { parameters: { id: own.id }, body: there }))).toBe(
      '403 need-privileges',
    );
    expect((await owner.api.call('listCards')).items.map(({ etag: now }) => now)).toEqual([card.etag]);
  });

  it('are added, edited, moved and deleted by who may write', async () => {
    await share('write');
    const card = await add(guest, owner.book, named('Ann'));
    const parameters = { id: card.id };
    const { form, etag } = await guest.api.call('showCardForm', { parameters });
    const edited = await guest.api.call('editCard', {
      parameters,
      body: { form: { ...form, organisation: 'Example' }, etag },
    });
    expect((await owner.api.call('showCard', { parameters })).organisation).toBe('Example');
    await guest.api.call('moveCard', { parameters, body: { collectionId: guest.book, etag: edited.etag } });
    expect(await refusalOf(owner.api.call('showCard', { parameters }))).toBe('404 no-such-card');
    await guest.api.call('moveCard', { parameters, body: { collectionId: owner.book, etag: edited.etag } });
    await guest.api.call('deleteCard', { parameters, query: { etag: edited.etag } });
    expect((await owner.api.call('listCards')).total).toBe(0);
    const bin = await owner.api.call('listDeleted', { parameters: { id: owner.book }, query: {} });
    expect(bin.items.map(({ objectId }) => objectId)).toEqual([card.id]);
  });

  it('show their groups, of that book alone', async () => {
    await share('read');
    const group = ['FN:Choir', 'X-ADDRESSBOOKSERVER-KIND:group', 'X-ADDRESSBOOKSERVER-MEMBER:Ann'];
    const card = await add(owner, owner.book, named('Ann'));
    const choir = await add(owner, owner.book, vcard('choir', ...group));
    await add(guest, guest.book, vcard('other', ...group));
    const of = (id: string) => guest.api.call('listCardGroups', { parameters: { id } });
    expect((await of(card.id)).groups.map(({ id }) => id)).toEqual([choir.id]);
    expect((await of(choir.id)).members.map(({ id }) => id)).toEqual([card.id]);
  });

  it('keep their earlier versions, their bin and the import for their owner', async () => {
    const card = await add(owner, owner.book, named('Ann'));
    await share('write');
    const id = owner.book;
    const refused = [
      () => guest.api.call('listVersions', { parameters: { id: card.id }, query: {} }),
      () => guest.api.call('listDeleted', { parameters: { id }, query: {} }),
      () => guest.api.call('importObjects', { parameters: { id }, query: {}, raw: named('Bob') }),
    ];
    for (const call of refused) expect(await refusalOf(call())).toBe('404 no-such-collection');
  });

  it('keep what they were to themselves also where somebody else takes them away', async () => {
    const card = await add(owner, owner.book, vcard('was', 'FN:Before It Was Shared'));
    const parameters = { id: card.id };
    const body = { vcard: vcard('was', 'FN:Now'), etag: card.etag };
    const { etag } = await owner.api.call('changeCard', { parameters, body });
    await share('write');
    const moved = await guest.api.call('moveCard', { parameters, body: { collectionId: guest.book, etag } });
    expect((await guest.api.call('listVersions', { parameters })).items).toEqual([]);
    await guest.api.call('changeCard', { parameters, body: { vcard: vcard('was', 'FN:Later'), etag: moved.etag } });
    expect((await guest.api.call('listVersions', { parameters })).items).toMatchObject([{ displayName: 'Now' }]);
  });

  it('do not tell what their owner keeps in other books, when one that was merged away is added', async () => {
    const other = await owner.api.call('createCollection', { body: { kind: 'addressbook', displayName: 'Private' } });
    const gone = await add(owner, owner.book, vcard('gone', 'FN:Ann Dyk', 'EMAIL:ann@dyk.example'));
    const kept = await add(owner, other.id, vcard('kept', 'FN:Ann Dyk', 'EMAIL:ann@dyk.example', 'NOTE:secret'));
    const wish = { referenceId: kept.id, memberIds: [gone.id] };
    const { etags } = await owner.api.call('previewMerge', { body: wish });
    await owner.api.call('mergeCards', { body: { ...wish, etags } });
    await share('write');
    expect(await refusalOf(add(guest, owner.book, gone.vcard))).toBe('409 merged-elsewhere');
    expect((await add(owner, owner.book, gone.vcard)).id).toBe(kept.id);
  });

  it('are given back by who no longer wants to see them, where they were shared by name', async () => {
    await add(owner, owner.book, named('Ann'));
    await share('read');
    const parameters = { id: owner.book };
    await guest.api.call('leaveSharedCollection', { parameters });
    expect(await namesSeen()).toEqual([[], 0]);
    expect((await owner.api.call('listShares', { parameters })).items).toEqual([]);
    expect((await owner.api.call('listCards')).total).toBe(1);
    const leave = () => guest.api.call('leaveSharedCollection', { parameters });
    expect(await refusalOf(leave())).toBe('404 no-such-collection');
    await owner.api.call('shareCollection', { parameters, body: { name: null, may: 'read' } });
    expect(await refusalOf(leave())).toBe('403 shared-with-many');
  });

  it('are no longer there once their owner is disabled', async () => {
    const card = await add(owner, owner.book, named('Ann'));
    await share('read');
    const { db } = server.context;
    await db.updateTable('principal').set({ disabled_at: new Date() }).where('name', '=', owner.name).execute();
    expect(await namesSeen()).toEqual([[], 0]);
    expect(await refusalOf(guest.api.call('showCard', { parameters: { id: card.id } }))).toBe('404 no-such-card');
  });
});

describe('the events of a shared calendar', () => {
  const window = { from: '2026-06-01T00:00:00Z', to: '2026-08-31T00:00:00Z' };
  const events = async (query = {}) => {
    const { items } = await guest.api.call('listEvents', { query: { ...window, ...query } });
    return items.map(({ collectionId }) => collectionId);
  };

  it('are listed among the own ones, and not where only busy times were granted (RFC 4791 §6.1.1)', async () => {
    const dav = davClient(server.url, { name: owner.name, password: PASSWORD });
    const calendar = `/dav/calendars/${owner.name}/calendar/`;
    await dav('PUT', `${calendar}e.ics`, anEvent('e'), { 'content-type': 'text/calendar' });
    const busy = `<D:acl ${PREFIXES}><D:ace><D:principal><D:authenticated/></D:principal><D:grant><D:privilege><C:read-free-busy/></D:privilege></D:grant></D:ace></D:acl>`;
    expect((await dav('ACL', calendar, busy)).status).toBe(200);
    expect(await events()).toEqual([]);
    expect(await refusalOf(guest.api.call('listEvents', { query: { ...window, collectionId: owner.calendar } }))).toBe(
      '404 no-such-collection',
    );
    expect((await guest.api.call('listSharedCollections')).items).toMatchObject([{ readable: false, count: 0 }]);
    await share('read', owner.calendar);
    expect(await events()).toEqual([owner.calendar]);
    expect(await events({ collectionId: guest.calendar })).toEqual([]);
  });
});
