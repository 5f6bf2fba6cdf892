import { createDAVClient, type DAVCollection } from 'tsdav';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANN, aCard, anEvent, type DavServer, startDavServer } from '../support/dav-server.ts';

type Client = Awaited<ReturnType<typeof createDAVClient>>;

let server: DavServer;
const login = (defaultAccountType: 'carddav' | 'caldav'): Promise<Client> =>
  createDAVClient({
    serverUrl: server.url,
    credentials: { username: ANN.name, password: ANN.password },
    authMethod: 'Basic',
    defaultAccountType,
  });
beforeAll(async () => {
  server = await startDavServer();
});
afterAll(() => server.stop());

const named = <T extends { displayName?: unknown }>(all: readonly T[], name: string): T =>
  all.find((each) => each.displayName === name) ?? all[0]!;

describe('tsdav with contacts', () => {
  let client: Client;
  let book: DAVCollection;
  beforeAll(async () => {
    client = await login('carddav');
    book = named(await client.fetchAddressBooks(), 'Contacts');
  });

  it('finds the address book from the bare server address (RFC 6764)', () => {
    expect(book.url).toBe(`${server.url}dav/addressbooks/ann/contacts/`);
    expect(book.reports).toContain('syncCollection');
  });

  it('creates, reads, updates with ETags, and deletes', async () => {
    const created = await client.createVCard({
      addressBook: book,
      filename: 'ts.vcf',
      vCardString: aCard('ts', 'Tess Script'),
    });
    expect(created.status).toBe(201);
    const [card] = await client.fetchVCards({ addressBook: book });
    // tsdav cuts the white space around texts of XML
    expect(card).toMatchObject({ data: aCard('ts', 'Tess Script').trim() });
    const vCard = { ...card!, data: aCard('ts', 'Tess Typed') };
    expect((await client.updateVCard({ vCard })).status).toBe(204);
    // the first ETag is stale now
    expect((await client.updateVCard({ vCard: { ...vCard, data: aCard('ts', 'Tess Lost') } })).status).toBe(412);
    const [fresh] = await client.fetchVCards({ addressBook: book });
    expect(fresh?.data).toContain('Tess Typed');
    expect((await client.deleteVCard({ vCard: fresh! })).status).toBe(204);
    expect(await client.fetchVCards({ addressBook: book })).toEqual([]);
  });

  it('sees a change, an addition and a deletion through sync-collection (RFC 6578)', async () => {
    for (const name of ['stays', 'changes', 'goes']) {
      await client.createVCard({ addressBook: book, filename: `${name}.vcf`, vCardString: aCard(name) });
    }
    // with the sync token of this moment
    book = named(await client.fetchAddressBooks(), 'Contacts');
    const all = await client.fetchVCards({ addressBook: book });
    const path = (name: string) => `/dav/addressbooks/ann/contacts/${name}.vcf`;
    const vcard = { 'content-type': 'text/vcard' };
    await server.ann('PUT', path('changes'), aCard('changes', 'Changed'), vcard);
    await server.ann('PUT', path('new'), aCard('new'), vcard);
    await server.ann('DELETE', path('goes'));
    const account = await client.createAccount({ account: { serverUrl: server.url, accountType: 'carddav' } });
    const known = { ...book, objects: all, objectMultiGet: client.addressBookMultiGet };
    const { created, updated, deleted } = (
      await client.smartCollectionSync({
        collection: known,
        method: 'webdav',
        account,
        detailedResult: true,
      })
    ).objects as {
      created: { url: string }[];
      updated: { url: string }[];
      deleted: { url: string }[];
    };
    const names = (list: { url: string }[]) => list.map(({ url }) => url.split('/').at(-1)).sort();
    expect({ created: names(created), updated: names(updated), deleted: names(deleted) }).toEqual({
      created: ['new.vcf'],
      updated: ['changes.vcf'],
      deleted: ['goes.vcf'],
    });
  });
});

describe('tsdav with calendars', () => {
  let client: Client;
  beforeAll(async () => {
    client = await login('caldav');
  });

  it('makes a calendar and finds it with its components (RFC 4791 §5.3.1)', async () => {
    await client.makeCalendar({ url: `${server.url}dav/calendars/ann/made/`, props: { displayname: 'Made' } });
    const made = named(await client.fetchCalendars(), 'Made');
    expect(made).toMatchObject({ displayName: 'Made', components: expect.arrayContaining(['VEVENT']) });
  });

  it('stores events and finds them by time, recurring ones expanded (RFC 4791 §7.8, §9.6.5)', async () => {
    const calendar = named(await client.fetchCalendars(), 'Calendar');
    const weekly = anEvent(
      'weekly',
      'DTSTART:20260105T090000Z',
      'DTEND:20260105T100000Z',
      'RRULE:FREQ=WEEKLY;COUNT=20',
    );
    await client.createCalendarObject({ calendar, filename: 'weekly.ics', iCalString: weekly });
    await client.createCalendarObject({ calendar, filename: 'once.ics', iCalString: anEvent('once') });
    const timeRange = { start: '2026-03-01T00:00:00Z', end: '2026-03-15T00:00:00Z' };
    const found = await client.fetchCalendarObjects({ calendar, timeRange });
    expect(found.map(({ url }) => url.split('/').at(-1))).toEqual(['weekly.ics']);
    const [expanded] = await client.fetchCalendarObjects({ calendar, timeRange, expand: true });
    expect(String(expanded?.data).match(/RECURRENCE-ID:20260(302|309)T090000Z/g)).toHaveLength(2);
  });
});
