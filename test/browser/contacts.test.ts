/** Contacts in a real browser: a new card, editing one, moving, deleting with a way back, earlier versions; and the calendar. */
import { expect, it } from 'vitest';
import { createPrincipal } from '../../src/commands/accounts.ts';
import { apiClient, basic } from '../support/api-client.ts';
import { eventually, here, inBrowser, seriousFindings, signIn, toast } from '../support/browser.ts';
import { readQrCode } from '../support/qr-code.ts';

const ODD = ['X-ODD;P="a;b":1', 'item1.TEL:+41 44 000 00 00', 'item1.X-ABLabel:boat'];
const vcard = ['BEGIN:VCARD', 'VERSION:3.0', 'UID:a', 'FN:Ann Dyk', 'N:Dyk;Ann;;;', ...ODD, 'END:VCARD', ''].join(
  '\r\n',
);

inBrowser('contacts in the browser', {}, () => {
  it('edits the common fields and keeps the others, shows the earlier version and brings it back', async () => {
    const { page } = here;
    const card = await here.reader.api.call('createCard', { body: { collectionId: here.reader.bookId, vcard } });
    await signIn(page, here.reader, `#/contacts/${card.id}`);
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByLabel('Last name').fill('Doe');
    await page.getByRole('button', { name: 'Add: E-mail' }).click();
    await page.getByLabel('E-mail 1', { exact: true }).fill('ann at example');
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await page
      .getByRole('alert')
      .getByText(/name@example\.org/)
      .waitFor();
    await page.getByLabel('E-mail 1', { exact: true }).fill('ann@example.org');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 2, name: 'Ann Doe' }).waitFor();
    const stored = (await here.reader.api.call('showCard', { parameters: { id: card.id } })).vcard;
    for (const line of ODD) expect(stored).toContain(`${line}\r\n`);
    expect(stored).toContain('N:Doe;Ann;;;');
    await page.getByText('Earlier versions').click();
    await page.getByRole('button', { name: /^Restore Ann Dyk/ }).click();
    await toast('Ann Dyk is back as it was.').waitFor();
    await page.getByRole('heading', { level: 2, name: 'Ann Dyk' }).waitFor();
    expect((await here.reader.api.call('showCard', { parameters: { id: card.id } })).vcard).toBe(vcard);
  });

  it('says so when the card was changed elsewhere, and loses nothing', async () => {
    const { page } = here;
    const card = await here.reader.api.call('createCard', { body: { collectionId: here.reader.bookId, vcard } });
    await signIn(page, here.reader, `#/contacts/${card.id}`);
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByRole('textbox', { name: 'Company', exact: true }).fill('Late Ltd');
    const changed = { vcard: vcard.replace('FN:Ann', 'FN:Anna'), etag: card.etag };
    await here.reader.api.call('changeCard', { parameters: { id: card.id }, body: changed });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(/changed in the meantime/).waitFor();
    await page.getByRole('button', { name: 'Reload' }).click();
    await eventually(() => page.getByLabel('Shown as').inputValue()).toBe('Anna Dyk');
  });

  it('makes a card, deletes it with a way back, and finds it in the bin', async () => {
    const { page } = here;
    await signIn(page, here.reader, '#/contacts');
    await page.getByRole('link', { name: 'New contact' }).click();
    await page.getByLabel('First name').fill('Bea');
    await page.getByLabel('Phone 1', { exact: true }).fill('+41 44 111 11 11');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 2, name: 'Bea' }).waitFor();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.locator('.toast').getByRole('button', { name: /^Undo/ }).click();
    await page.getByRole('link', { name: /Bea/ }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await toast('Bea was deleted.').waitFor();
    await page.getByRole('link', { name: 'Books' }).click();
    await page.getByLabel(/^More: Contacts/).click();
    await page.getByRole('button', { name: /^Bin: / }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Restore Bea/ })
      .click();
    await toast('Bea is back as it was.').waitFor();
    expect((await here.reader.api.call('listCards')).items.map((item) => item.displayName)).toEqual(['Bea']);
  });

  it('says before a new card is saved that one like it is there, and shows the groups of a card', async () => {
    const { page } = here;
    const put = (text: string) =>
      here.reader.api.call('createCard', { body: { collectionId: here.reader.bookId, vcard: text } });
    const cem = ['UID:cem', 'FN:Cem Oz', 'N:Oz;Cem;;;', 'EMAIL:cem@oz.example'];
    const choir = [
      'UID:choir',
      'FN:Choir',
      'N:;;;;',
      'X-ADDRESSBOOKSERVER-KIND:group',
      'X-ADDRESSBOOKSERVER-MEMBER:cem',
    ];
    for (const lines of [cem, choir]) {
      await put(['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n'));
    }
    await signIn(page, here.reader, '#/contacts/new');
    await page.getByLabel('First name').fill('Cem');
    await page.getByLabel('Last name').fill('Oz');
    await page.getByLabel('E-mail 1', { exact: true }).fill('cem@oz.example');
    await page.getByText('Already there?').waitFor();
    await page
      .locator('.similar-hint')
      .getByRole('link', { name: /Cem Oz/ })
      .click();
    await page.getByRole('heading', { level: 2, name: 'Cem Oz' }).waitFor();
    await page.getByRole('heading', { name: 'In these groups' }).waitFor();
    await page.locator('.card-links').getByRole('link', { name: 'Choir' }).click();
    await page.getByRole('heading', { name: 'Members' }).waitFor();
    // its members are no fields, and it has none of its own
    expect(await page.locator('.card-fields').count()).toBe(0);
    await page.locator('.card-links').getByRole('link', { name: 'Cem Oz' }).waitFor();
    expect((await here.reader.api.call('listCards')).total).toBe(2);
  });

  it('moves a card to another address book', async () => {
    const { page } = here;
    await here.reader.api.call('createCollection', { body: { kind: 'addressbook', displayName: 'Work' } });
    const card = await here.reader.api.call('createCard', { body: { collectionId: here.reader.bookId, vcard } });
    await signIn(page, here.reader, `#/contacts/${card.id}`);
    await page.getByRole('button', { name: 'Move…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Move', exact: true }).click();
    await toast('Moved to Work.').waitFor();
    await page.getByText(/· Work ·|Work ·/).waitFor();
  });

  it('lists what others share by its owner, to read or to write, and takes a deletion there back', async () => {
    const { page } = here;
    const { server } = here.stage;
    const { organisationId } = here.reader;
    const account = { name: 'orla', password: 'correct horse battery', displayName: 'Orla Owner' };
    await createPrincipal(server.context, { organisationId, kind: 'user', ...account });
    const owner = apiClient(server.url, basic(account.name, account.password));
    const book = (await owner.call('listCollections')).items.find((item) => item.kind === 'addressbook')!;
    const card = await owner.call('createCard', { body: { collectionId: book.id, vcard } });
    const share = (may: 'read' | 'write') =>
      owner.call('shareCollection', { parameters: { id: book.id }, body: { name: here.reader.name, may } });
    await share('read');
    await signIn(page, here.reader, '#/contacts');
    await page.getByRole('link', { name: /Ann Dyk.*Orla Owner/ }).click();
    await page.getByText('You may read this book, but not change it.').waitFor();
    expect(await page.getByRole('button', { name: 'Edit', exact: true }).count()).toBe(0);
    expect(await seriousFindings(page)).toEqual([]);
    await share('write');
    await page.reload();
    await page.getByLabel('Address book').selectOption({ label: `${book.displayName} (Orla Owner)` });
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.locator('.toast').getByRole('button', { name: /^Undo/ }).click();
    await toast('Ann Dyk is back as it was.').waitFor();
    const [back] = (await owner.call('listCards')).items;
    expect((await owner.call('showCard', { parameters: { id: back!.id } })).vcard).toBe(card.vcard);
    await page.getByRole('link', { name: 'Books' }).click();
    await page.getByRole('button', { name: /^Remove: / }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
    await toast(/is no longer shared with you/).waitFor();
    expect((await owner.call('listShares', { parameters: { id: book.id } })).items).toEqual([]);
  });

  it('shows a month, goes from day to day by keyboard, and lists it as an agenda', async () => {
    const { page } = here;
    const calendar = (await here.reader.api.call('listCollections')).items.find((item) => item.kind === 'calendar')!;
    const raw = [
      'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN',
      'BEGIN:VEVENT\r\nUID:a\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260610T090000\r\nDURATION:PT1H',
      'RRULE:FREQ=DAILY;COUNT=3\r\nSUMMARY:Choir\r\nLOCATION:Hall 3\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n',
    ].join('\r\n');
    const headers = { 'Content-Type': 'text/calendar' };
    await here.reader.api.call('importObjects', { parameters: { id: calendar.id }, query: {}, raw, headers });
    await signIn(page, here.reader, '#/calendar/2026-06-09');
    await page.getByRole('heading', { level: 1, name: 'June 2026' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: /^Tuesday, 9 June 2026, 0 entries/ }).focus();
    await page.keyboard.press('ArrowRight');
    await page.locator('.event summary').getByText('Choir').waitFor();
    expect(await page.evaluate('document.activeElement.textContent')).toContain('10 June 2026, 1 entry');
    await page.keyboard.press('PageDown');
    await page.getByRole('heading', { level: 1, name: 'July 2026' }).waitFor();
    await page.getByRole('button', { name: 'Previous month' }).click();
    await page.getByRole('button', { name: 'Agenda' }).click();
    await eventually(() => page.locator('.agenda-day').count()).toBe(3);
  });

  it('gives a phone a QR code and a profile that installs once', async () => {
    const { page } = here;
    await signIn(page, here.reader, '#/set-up');
    await page.getByRole('button', { name: 'Make app password' }).click();
    const code = (name: string) => page.getByRole('img', { name });
    const scanned = async (name: string) => readQrCode(await code(name).screenshot());
    await code('QR code of the link to the profile').waitFor();
    const link = await page.getByRole('link', { name: 'Open the profile here' }).getAttribute('href');
    expect([undefined, link]).toContain(await scanned('QR code of the link to the profile'));
    expect((await fetch(link!)).headers.get('Content-Type')).toContain('application/x-apple-aspen-config');
    await page.getByText('Android (DAVx⁵)').click();
    await code('QR code that opens the app').waitFor();
    const opens = await page.getByRole('link', { name: 'Open the app' }).getAttribute('href');
    expect([undefined, opens]).toContain(await scanned('QR code that opens the app'));
    expect(await seriousFindings(page)).toEqual([]);
  });
});
