/** Books and calendars in a real browser: sharing, links for others, calendars from elsewhere, birthdays, the way back to a moment. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPrincipal } from '../../src/commands/accounts.ts';
import { basic } from '../support/api-client.ts';
import { dialog, eventually, here, inBrowser, seriousFindings, signIn, toast } from '../support/browser.ts';
import { type CalendarHost, startCalendarHost } from '../support/calendar-host.ts';
import { davClient } from '../support/dav-client.ts';

const SERVER = { allowInternalFetch: true, limits: { brake: { objects: 2, percent: 10, minutes: 60 } } };
let host: CalendarHost;

const card = (uid: string, name: string, more = '') =>
  `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:${uid}\r\nFN:${name}\r\nN:;${name};;;\r\n${more}END:VCARD\r\n`;
const addCard = (uid: string, name: string, more = '') =>
  here.reader.api.call('createCard', { body: { collectionId: here.reader.bookId, vcard: card(uid, name, more) } });
const feed = (...titles: string[]) => {
  const events = titles.map(
    (title) =>
      `BEGIN:VEVENT\r\nUID:${title}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260601T100000Z\r\nSUMMARY:${title}\r\nEND:VEVENT\r\n`,
  );
  return `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//t//EN\r\nX-WR-CALNAME:Club\r\n${events.join('')}END:VCALENDAR\r\n`;
};

/** Opens what stands behind the three dots of a book or calendar. */
async function chosen(deed: string, name: string): Promise<void> {
  await here.page.getByLabel(`More: ${name}`).click();
  await here.page.getByRole('button', { name: `${deed}: ${name}` }).click();
}

inBrowser('books and calendars in the browser', { server: SERVER }, () => {
  beforeAll(async () => {
    host = await startCalendarHost();
  });
  afterAll(() => host?.stop());

  it('makes a secret link that anybody can read, and revokes it', async () => {
    const { page } = here;
    await addCard('ann', 'Ann Example');
    await signIn(page, here.reader, '#/books');
    await chosen('Publish', 'Contacts');
    await page.getByLabel('Who is it for?').fill('grandma');
    await page.getByRole('button', { name: 'Make link' }).click();
    const url = await page.getByLabel('Link', { exact: true }).inputValue();
    await page.getByRole('img', { name: 'QR code of the link' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(await (await fetch(url)).text()).toContain('FN:Ann Example');
    await page.getByRole('button', { name: 'Revoke: grandma' }).click();
    await eventually(() => page.getByRole('button', { name: 'Revoke: grandma' }).count()).toBe(0);
    expect((await fetch(url)).status).toBe(404);
  });

  it('shares a book with somebody, lets them write, and ends it', async () => {
    const { page, reader, stage } = here;
    const { context } = stage.server;
    const name = `friend-of-${reader.name}`;
    await createPrincipal(context, { organisationId: reader.organisationId, kind: 'user', name, displayName: 'Bea' });
    const sharedFor = async () =>
      (await reader.api.call('listShares', { parameters: { id: reader.bookId } })).items.map((each) => each.may);
    await signIn(page, reader, '#/books');
    await chosen('Share', 'Contacts');
    await page.getByText('Not shared with anybody.').waitFor();
    const share = page.getByRole('dialog').getByRole('button', { name: 'Share', exact: true });
    await page.getByLabel('User name, or name of a group').fill('nobody');
    await share.click();
    await page.getByText('There is no user or group of this name here.').waitFor();
    await page.getByLabel('User name, or name of a group').fill(name);
    await share.click();
    await page.getByText('Bea', { exact: true }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByLabel('May: Bea').selectOption('write');
    await eventually(sharedFor).toEqual(['write']);
    await page.getByRole('button', { name: 'Stop sharing: Bea' }).click();
    await eventually(sharedFor).toEqual([]);
    await page.getByText('Not shared with anybody.').waitFor();
  });

  it('asks, wherever the reader is, about what a device wanted to delete in one go, and keeps it', async () => {
    const { page } = here;
    for (const name of ['ann', 'bob', 'cem', 'dan', 'eve']) await addCard(name, name);
    const device = davClient(here.stage.server.url, here.reader);
    const book = `/dav/addressbooks/${here.reader.name}/contacts/`;
    const names = [
      ...(await device('PROPFIND', book, undefined, { depth: '1', prefer: 'depth-noroot' })).responses().keys(),
    ];
    for (const name of names) await device('DELETE', name);
    await signIn(page, here.reader, '#/contacts');
    const notice = page.getByRole('complementary', { name: 'Deletions are held.' });
    await notice.getByText('wanted to delete 3 entries of “Contacts”').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await notice.getByRole('button', { name: 'Keep everything' }).click();
    await toast('5 entries are kept or back again.').waitFor();
    await eventually(() => notice.count()).toBe(0);
    expect((await here.reader.api.call('listCards')).total).toBe(5);
  });

  it('subscribes to a calendar, says why fetching it failed, fetches it again, and ends it', async () => {
    const { page } = here;
    await signIn(page, here.reader, '#/books');
    await page.getByRole('button', { name: 'Subscribe to a calendar' }).click();
    await page.getByLabel('Address of the calendar').fill(`${host.url}/club.ics`);
    await page.getByRole('button', { name: 'Subscribe', exact: true }).click();
    await page.getByRole('dialog').getByRole('alert').waitFor();
    host.answer('/club.ics', { body: feed('Practice') });
    await page.getByRole('button', { name: 'Subscribe', exact: true }).click();
    await page.getByText(/^1 entry · fetched/).waitFor();
    host.answer('/club.ics', { status: 500 });
    await page.getByRole('button', { name: 'Fetch now: Club' }).click();
    await page.getByText(/^The last attempt failed, the calendar stays as it was/).waitFor();
    host.answer('/club.ics', { body: feed('Practice', 'Match') });
    await page.getByRole('button', { name: 'Fetch now: Club' }).click();
    await page.getByText(/^2 entries · fetched/).waitFor();
    await chosen('Unsubscribe', 'Club');
    await page.getByRole('dialog').getByRole('button', { name: 'Unsubscribe' }).click();
    await toast('Club was deleted.').waitFor();
    expect((await here.reader.api.call('listSubscriptions')).items).toEqual([]);
  });

  it('makes the calendar of birthdays, and takes it away again', async () => {
    const { page } = here;
    await addCard('ann', 'Ann Example', 'BDAY:1985-04-12\r\n');
    await signIn(page, here.reader, '#/books');
    await page.getByRole('checkbox', { name: /^Calendar of birthdays/ }).check();
    await toast('The calendar of birthdays is there.').waitFor();
    await page.getByText('Birthdays', { exact: true }).waitFor();
    await page.getByRole('checkbox', { name: /^Calendar of birthdays/ }).uncheck();
    await toast('The calendar of birthdays is gone.').waitFor();
    expect((await here.reader.api.call('listCollections')).items.map(({ fedBy }) => fedBy)).toEqual([null, null]);
  });

  it('takes a book back to a moment, after saying by name what that changes', async () => {
    const { page } = here;
    const { clock } = here.stage.server;
    const now = Date.now();
    clock.set(now - 3_600_000);
    const ann = await addCard('ann', 'Ann Example');
    clock.set(now);
    await here.reader.api.call('deleteCard', { parameters: { id: ann.id }, query: {} });
    await addCard('ben', 'Ben Example');
    await signIn(page, here.reader, '#/books');
    await chosen('Back to a moment', 'Contacts');
    const halfAnHourAgo = new Date(now - 1_800_000 - new Date(now).getTimezoneOffset() * 60_000);
    await page.locator('#restore-moment').fill(halfAnHourAgo.toISOString().slice(0, 16));
    await page.getByRole('button', { name: 'See what would change' }).click();
    await page.getByText('1 entry would be as it was').click();
    await page.getByText('Ann Example', { exact: true }).waitFor();
    await page.getByText('1 newer entry would go to the bin').waitFor();
    await page.getByRole('button', { name: 'Do it' }).click();
    await toast('Contacts is as it was.').waitFor();
    expect((await here.reader.api.call('listCards')).items.map(({ displayName }) => displayName)).toEqual([
      'Ann Example',
    ]);
  });

  it('opens and leaves the menu of a book by the keyboard', async () => {
    const { page } = here;
    await signIn(page, here.reader, '#/books');
    await page.getByLabel('More: Contacts').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Edit');
    await page.keyboard.press('Escape');
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe('More: Contacts');
    expect(await page.getByRole('button', { name: 'Edit: Contacts' }).isVisible()).toBe(false);
  });

  it('keeps what a device sent too late: compared, taken back, or discarded', async () => {
    const { page } = here;
    await addCard('ann', 'Ann Example');
    const late = (name: string) =>
      fetch(`${here.stage.server.url}dav/addressbooks/${here.reader.name}/contacts/ann.vcf`, {
        method: 'PUT',
        headers: {
          ...basic(here.reader.name, here.reader.password),
          'Content-Type': 'text/vcard',
          'If-Match': '"old"',
        },
        body: card('ann', name),
      });
    for (const name of ['Anna Example', 'Wrong Example']) expect((await late(name)).status).toBe(412);
    await signIn(page, here.reader, '#/history/conflicts');
    const entry = (name: string) => page.getByRole('listitem').filter({ hasText: name });
    await entry('Anna Example').getByRole('button', { name: 'Compare' }).click();
    const row = page.getByRole('row').filter({ hasText: 'Ann Example' }).first();
    await eventually(() => row.getByRole('cell').allInnerTexts()).toEqual(['Ann Example', 'Anna Example']);
    expect(await seriousFindings(page)).toEqual([]);
    await entry('Wrong Example').getByRole('button', { name: 'Discard: Wrong Example' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
    await toast('Discarded.').waitFor();
    await page.getByRole('button', { name: 'Take back: Anna Example' }).click();
    await page.getByText('Nothing was refused.').waitFor();
    expect((await here.reader.api.call('listCards')).items.map(({ displayName }) => displayName)).toEqual([
      'Anna Example',
    ]);
  });

  it('brings a deleted book back with its cards, and forgets another for good', async () => {
    const { page } = here;
    for (const displayName of ['Choir', 'Club']) {
      const { id } = await here.reader.api.call('createCollection', { body: { kind: 'addressbook', displayName } });
      await here.reader.api.call('createCard', { body: { collectionId: id, vcard: card(displayName, 'Ann Example') } });
      await here.reader.api.call('deleteCollection', { parameters: { id } });
    }
    await signIn(page, here.reader, '#/history/bin');
    await page.getByRole('button', { name: 'Restore: Choir' }).click();
    await toast('Choir is back').waitFor();
    await page.getByRole('button', { name: 'Forget for good: Club' }).click();
    await dialog().getByRole('button', { name: 'Forget for good' }).click();
    await page.getByText('Club', { exact: true }).waitFor({ state: 'detached' });
    const { items } = await here.reader.api.call('listCollections');
    expect(
      items.filter(({ kind }) => kind === 'addressbook').map(({ displayName, count }) => [displayName, count]),
    ).toEqual([
      ['Choir', 1],
      ['Contacts', 0],
    ]);
  });

  it('shows the bin page by page, and puts an entry of the second page back', async () => {
    const { page } = here;
    for (let n = 0; n < 52; n++) {
      const { id } = await addCard(`card${n}`, `Card ${n}`);
      await here.reader.api.call('deleteCard', { parameters: { id }, query: {} });
      here.stage.server.clock.advance(1000);
    }
    await signIn(page, here.reader, '#/history/bin');
    await page.getByText('Card 51', { exact: true }).waitFor();
    expect(await page.getByText('Card 1', { exact: true }).count()).toBe(0);
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.getByRole('button', { name: /^Restore Card 1,/ }).click();
    await toast('Card 1 is back as it was.').waitFor();
    expect((await here.reader.api.call('listCards')).total).toBe(1);
  });
});
