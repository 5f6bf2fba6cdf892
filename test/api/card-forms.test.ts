/** Editing cards by form over HTTP, and moving them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPerson, refusal } from '../support/api-person.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const ODD = ['X-ODD;P="a;b":1', 'item1.TEL:1', 'item1.X-ABLabel:boat', 'PHOTO;ENCODING=b;TYPE=JPEG:AAEC'];
const vcard = ['BEGIN:VCARD', 'VERSION:3.0', 'UID:a', 'FN:Ann', 'N:;Ann;;;', ...ODD, 'END:VCARD', ''].join('\r\n');

describe('the form of a card', () => {
  it('changes what was edited and nothing else, in the version that was read', async () => {
    const { api, book } = await newPerson(server);
    const card = await api.call('createCard', { body: { collectionId: book, vcard } });
    const parameters = { id: card.id };
    const { form, etag } = await api.call('showCardForm', { parameters });
    const body = { form: { ...form, displayName: 'Ann Dyk', name: ['Dyk', 'Ann', '', '', ''] }, etag };
    const changed = await api.call('editCard', { parameters, body });
    expect(changed.vcard).toBe(vcard.replace('FN:Ann', 'FN:Ann Dyk').replace('N:;Ann', 'N:Dyk;Ann'));
    expect(await refusal(api.call('editCard', { parameters, body }))).toEqual([409, 'card-changed']);
    const wrong = { form: { ...form, birthday: 'soon' }, etag: changed.etag };
    expect(await refusal(api.call('editCard', { parameters, body: wrong }))).toEqual([400, 'invalid-birthday']);
    const shown = await api.call('showCardForm', { parameters });
    const same = await api.call('editCard', { parameters, body: shown });
    expect(same.etag).toBe(changed.etag);
  });

  it('makes a new card, in address books only', async () => {
    const { api, book, calendar } = await newPerson(server);
    const seed = await api.call('createCard', { body: { collectionId: book, vcard } });
    const { form } = await api.call('showCardForm', { parameters: { id: seed.id } });
    const blank = { ...form, phones: [], displayName: 'Bea' };
    const made = await api.call('createCardFromForm', { body: { collectionId: book, form: blank } });
    expect(made).toMatchObject({ displayName: 'Bea', collectionId: book });
    const refused = api.call('createCardFromForm', { body: { collectionId: calendar, form: blank } });
    expect(await refusal(refused)).toEqual([400, 'not-an-address-book']);
  });

  it('tells who is like the card that is being filled in, and stores nothing', async () => {
    const { api, book } = await newPerson(server);
    const seed = await api.call('createCard', { body: { collectionId: book, vcard } });
    const { form } = await api.call('showCardForm', { parameters: { id: seed.id } });
    const email = { line: null, value: 'bea.lang@example.org', kind: '' as const, label: null };
    const bea = { ...form, phones: [], displayName: 'Bea Lang', name: ['Lang', 'Bea', '', '', ''], emails: [email] };
    const made = await api.call('createCardFromForm', { body: { collectionId: book, form: bea } });
    const { items } = await api.call('similarToForm', { body: { form: { ...bea, note: 'met in Bern' } } });
    expect(items.map((item) => item.card.id)).toEqual([made.id]);
    const stranger = { ...bea, displayName: 'Cem Oz', name: ['Oz', 'Cem', '', '', ''], emails: [] };
    expect((await api.call('similarToForm', { body: { form: stranger } })).items).toEqual([]);
    expect((await api.call('listCards')).total).toBe(2);
  });

  it('is nobody else’s', async () => {
    const [ann, bob] = [await newPerson(server), await newPerson(server)];
    const card = await ann.api.call('createCard', { body: { collectionId: ann.book, vcard } });
    const parameters = { id: card.id };
    expect(await refusal(bob.api.call('showCardForm', { parameters }))).toEqual([404, 'no-such-card']);
    const move = { collectionId: bob.book, etag: card.etag };
    expect(await refusal(bob.api.call('moveCard', { parameters, body: move }))).toEqual([404, 'no-such-card']);
    expect((await refusal(ann.api.call('moveCard', { parameters, body: move })))[0]).toBe(404);
  });
});

describe('the groups of a card', () => {
  const group = (uid: string, ...members: string[]) =>
    `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:${uid}\r\nFN:Group ${uid}\r\nN:;;;;\r\nX-ADDRESSBOOKSERVER-KIND:group\r\n${members
      .map((member) => `X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:${member}\r\n`)
      .join('')}END:VCARD\r\n`;

  it('are those that name it; a group names its members, and says how many are missing (RFC 6350 §6.6.5)', async () => {
    const { api, book } = await newPerson(server);
    const put = (text: string) => api.call('createCard', { body: { collectionId: book, vcard: text } });
    const ann = await put(vcard);
    const club = await put(group('club', 'A', 'nobody'));
    await put(group('choir', 'nobody'));
    const of = (id: string) => api.call('listCardGroups', { parameters: { id } });
    expect(await of(ann.id)).toMatchObject({ groups: [{ id: club.id }], members: [], missing: 0 });
    await api.call('changeCard', {
      parameters: { id: club.id },
      body: { vcard: group('club', 'a', 'nobody'), etag: club.etag },
    });
    expect(await of(club.id)).toMatchObject({ groups: [], members: [{ id: ann.id }], missing: 1 });
  });
});

describe('moving a card', () => {
  it('keeps its identity and octets, and gives way to a file name that is taken', async () => {
    const { api, book } = await newPerson(server);
    const work = await api.call('createCollection', { body: { kind: 'addressbook', displayName: 'Work' } });
    const card = await api.call('createCard', { body: { collectionId: book, vcard } });
    const other = vcard.replace('UID:a', 'UID:b');
    await api.call('createCard', { body: { collectionId: work.id, vcard: other, name: card.name } });
    const parameters = { id: card.id };
    const stale = { collectionId: work.id, etag: 'old' };
    expect(await refusal(api.call('moveCard', { parameters, body: stale }))).toEqual([409, 'card-changed']);
    const moved = await api.call('moveCard', { parameters, body: { collectionId: work.id, etag: card.etag } });
    expect(moved).toMatchObject({ id: card.id, collectionId: work.id, vcard, etag: card.etag });
    expect(moved.name).not.toBe(card.name);
    expect((await api.call('listCards', { query: { collectionId: book } })).total).toBe(0);
  });

  it('is refused where the card is already', async () => {
    const { api, book } = await newPerson(server);
    const work = await api.call('createCollection', { body: { kind: 'addressbook', displayName: 'Work' } });
    const card = await api.call('createCard', { body: { collectionId: book, vcard } });
    await api.call('createCard', { body: { collectionId: work.id, vcard } });
    const body = { collectionId: work.id, etag: card.etag };
    expect(await refusal(api.call('moveCard', { parameters: { id: card.id }, body }))).toEqual([
      409,
      'no-uid-conflict',
    ]);
  });
});
