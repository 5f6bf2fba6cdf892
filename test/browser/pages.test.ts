/** The pages around the duplicates in a real browser: first password, devices, books, import and export, contacts, languages. */
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { createOrganisation, createPrincipal } from '../../src/commands/accounts.ts';
import { SAMPLE_BOOK, SAMPLE_COUNT } from '../fixtures/sample-book.ts';
import { basic } from '../support/api-client.ts';
import { fillBook, here, inBrowser, signIn, toast } from '../support/browser.ts';

inBrowser('pages in the browser', {}, () => {
  it('asks for a password of one’s own after signing in with a one-time one', async () => {
    const { page } = here;
    const organisationId = await createOrganisation(here.stage.server.context, 'newcomers');
    const name = 'newcomer';
    await createPrincipal(here.stage.server.context, {
      organisationId,
      kind: 'user',
      name,
      password: 'one-time password',
      temporary: true,
    });
    await page.goto('/');
    await page.locator('#name').fill(name);
    await page.locator('#password').fill('one-time password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Choose your own password' }).waitFor();
    await page.locator('#current-password').fill('one-time password');
    await page.locator('#next-password').fill('four quiet words here');
    await page.locator('#again-password').fill('four quiet words');
    await page.getByText('The two new passwords differ.').waitFor();
    await page.locator('#again-password').fill('four quiet words here');
    await page.getByRole('button', { name: 'Change password' }).click();
    // nobody lands on an empty page: this says what to do first
    await page.getByRole('heading', { name: 'Bring your contacts in' }).waitFor();
    await page.getByRole('link', { name: 'Import a file' }).click();
    await page.getByRole('heading', { name: 'Address books' }).waitFor();
  });

  it('makes an app password that works for a device, names it, and revokes it', async () => {
    const { page } = here;
    await signIn(page, here.reader, '#/set-up');
    await page.getByText('vdirsyncer').click();
    await page.getByLabel('Name of the device').fill('laptop');
    await page.getByRole('button', { name: 'Make app password' }).click();
    const secret = await page.getByLabel('App password', { exact: true }).inputValue();
    expect(await page.getByRole('textbox', { name: 'Configuration to copy' }).inputValue()).toContain(
      JSON.stringify(secret),
    );
    const device = () =>
      fetch(new URL('/dav/', here.stage.server.url), {
        method: 'PROPFIND',
        headers: { ...basic(here.reader.name, secret), Depth: '0' },
      });
    expect((await device()).status).toBe(207);
    await page.getByRole('button', { name: 'Revoke: laptop' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
    await toast('laptop can no longer sign in.').waitFor();
    expect((await device()).status).toBe(401);
  });

  it('makes, renames and deletes an address book, deleting only once its name was typed', async () => {
    const { page } = here;
    await signIn(page, here.reader, '#/books');
    await page.getByRole('button', { name: 'New address book' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Choir');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByLabel('More: Choir').click();
    await page.getByRole('button', { name: 'Edit: Choir' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Old choir');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByLabel('More: Old choir').click();
    await page.getByRole('button', { name: 'Delete: Old choir' }).click();
    const confirm = page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true });
    expect(await confirm.isDisabled()).toBe(true);
    await page.getByLabel(/^Type the name to confirm/).fill('Old choir');
    await confirm.click();
    await toast('Old choir was deleted.').waitFor();
    expect(await page.getByText('Old choir', { exact: true }).count()).toBe(0);
  });

  it('imports a file, reports what was refused and why, and exports it again', async () => {
    const { page } = here;
    await signIn(page, here.reader, '#/books');
    await page
      .getByRole('button', { name: /^Import: / })
      .first()
      .click();
    const broken = 'BEGIN:VCARD\r\nVERSION:3.0\r\nUID:broken\r\n';
    await page.getByLabel('vCard file (.vcf)').setInputFiles({
      name: 'book.vcf',
      mimeType: 'text/vcard',
      buffer: Buffer.from(SAMPLE_BOOK + broken),
    });
    await page.getByRole('dialog').getByRole('button', { name: 'Import' }).click();
    await page.getByRole('status').getByText(`${SAMPLE_COUNT} new · 1 refused`).waitFor();
    await page.getByText(`No. ${SAMPLE_COUNT + 1}, line`).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Import' }).click();
    await page.getByRole('status').getByText(`${SAMPLE_COUNT} already there · 1 refused`).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page
        .getByRole('link', { name: /^Export: / })
        .first()
        .click(),
    ]);
    const exported = await text(await download.createReadStream());
    expect(exported.match(/^BEGIN:VCARD/gm)).toHaveLength(SAMPLE_COUNT);
  });

  it('searches contacts while typing and shows one with its fields', async () => {
    const { page } = here;
    await fillBook(here.reader, SAMPLE_BOOK);
    await signIn(page, here.reader, '#/contacts');
    await page.getByText(`${SAMPLE_COUNT} cards`).waitFor();
    await page.getByLabel('Search name, e-mail, phone, company').fill('clara');
    await page.getByText('2 cards', { exact: true }).waitFor();
    await page
      .getByRole('link', { name: /Clara Dubois/ })
      .first()
      .click();
    await page.getByRole('heading', { level: 2, name: 'Clara Dubois' }).waitFor();
    await page.locator('.card-fields a[href^="tel:"]').waitFor();
  });

  it.each([
    { locale: 'de-CH', words: 'Anmelden' },
    { locale: 'fr-FR', words: 'Se connecter' },
    { locale: 'it-IT', words: 'Accedi' },
    { locale: 'ja-JP', words: 'Sign in' },
  ])('speaks the language of the browser: $locale', async ({ locale, words }) => {
    const abroad = await here.stage.open({ locale });
    await abroad.page.goto('/');
    await abroad.page.getByRole('button', { name: words }).waitFor();
    await abroad.close();
  });

  it('keeps the language that the reader chose', async () => {
    const { page } = here;
    await signIn(page, here.reader, '#/account');
    await page.getByLabel('Language').selectOption('fr');
    await page.getByRole('button', { name: 'Se déconnecter' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Se déconnecter' }).waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('fr');
  });

  it('says so when the server cannot be reached, and goes on when it can', async () => {
    const { page } = here;
    await page.route('**/api/v1/session', (route) => route.abort());
    await page.goto('/');
    await page
      .getByRole('alert')
      .getByText(/cannot be reached/)
      .waitFor();
    await page.unroute('**/api/v1/session');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('#name').waitFor();
  });
});
