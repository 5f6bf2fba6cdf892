/** The administrators' pages in a real browser: users one by one, by link and by file, groups, the organisation, runs, the audit log. */
import { expect, it } from 'vitest';
import { createPrincipal } from '../../src/commands/accounts.ts';
import { SAMPLE_BOOK } from '../fixtures/sample-book.ts';
import { apiClient } from '../support/api-client.ts';
import { dialog, fillBook, here, inBrowser, newReader, seriousFindings, signIn, toast } from '../support/browser.ts';

const openPart = (part: string) => signIn(here.page, here.reader, `#/administration/${part}`);

inBrowser('the administrators’ pages', { role: 'administrator' }, () => {
  async function aColleague(name: string): Promise<void> {
    const wanted = {
      organisationId: here.reader.organisationId,
      kind: 'user' as const,
      name,
      password: 'colleague words',
    };
    await createPrincipal(here.stage.server.context, wanted);
  }

  it('adds a user, shows the one-time password once, and the user chooses another', async () => {
    const { page } = here;
    await openPart('users');
    await page.getByRole('button', { name: 'Add user' }).click();
    await dialog().getByLabel('User name').fill('newbie');
    await dialog().getByLabel('Displayed name').fill('New Bie');
    await dialog().getByLabel('E-mail').fill('no address');
    await dialog().getByRole('button', { name: 'Add user' }).click();
    await dialog().getByRole('alert').getByText('An e-mail address has the form').waitFor();
    await dialog().getByLabel('E-mail').fill('new@example.org');
    await dialog().getByRole('button', { name: 'Add user' }).click();
    const password = await dialog().getByLabel('Password', { exact: true }).inputValue();
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'New Bie' }).waitFor();
    const session = await apiClient(here.stage.server.url).call('signIn', { body: { name: 'newbie', password } });
    expect(session.account).toMatchObject({ passwordTemporary: true, emails: ['new@example.org'] });
  });

  it('finds a user while typing, and changes, disables, enables and deletes it', async () => {
    const { page } = here;
    await aColleague('carla');
    await aColleague('dieter');
    await openPart('users');
    await page.getByRole('link', { name: 'dieter' }).waitFor();
    await page.getByLabel('Search name or e-mail').fill('car');
    await page.getByRole('link', { name: 'dieter' }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'carla' }).click();
    await page.getByLabel('Displayed name').fill('Carla Conti');
    await page.getByLabel('Quota in megabytes').fill('50');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Carla Conti' }).waitFor();
    await page.getByText('of 50 MB').first().waitFor();
    await page.getByLabel('New login name').fill('c.conti@example.org');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('button', { name: 'Remove: c.conti@example.org' }).waitFor();
    await page.getByRole('button', { name: 'Disable…' }).click();
    await dialog().getByRole('button', { name: 'Disable…' }).click();
    await page.getByRole('button', { name: 'Enable again' }).click();
    await toast('carla can sign in again.').waitFor();
    await page.getByRole('button', { name: 'Delete…' }).click();
    const deletes = dialog().getByRole('button', { name: 'Delete for good' });
    expect(await deletes.isDisabled()).toBe(true);
    await dialog().getByLabel('Type the name to confirm: carla').fill('carla');
    expect(await seriousFindings(page)).toEqual([]);
    await deletes.click();
    await toast('carla was deleted.').waitFor();
    await page.getByRole('link', { name: 'dieter' }).waitFor();
    expect(await page.getByRole('link', { name: 'Carla Conti' }).count()).toBe(0);
  });

  it('says why the last administrator cannot step down', async () => {
    const { page } = here;
    await openPart('users');
    await page.locator('main').getByRole('link', { name: 'Rita Reader' }).click();
    await page.getByLabel('Role').selectOption('member');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').getByText('last administrator').waitFor();
  });

  it('invites by a link, which another browser follows, and takes another one back', async () => {
    const { page } = here;
    await openPart('invitations');
    for (const email of ['ivo@example.org', 'ida@example.org']) {
      await page.getByRole('button', { name: 'Invite' }).click();
      await dialog().getByLabel('E-mail address, if known').fill(email);
      await dialog().getByRole('button', { name: 'Make a link' }).click();
      await dialog().getByRole('textbox', { name: 'Invitation link' }).waitFor();
      if (email.startsWith('ida')) break;
      await page.keyboard.press('Escape');
    }
    const link = await dialog().getByRole('textbox', { name: 'Invitation link' }).inputValue();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Take back: ivo@example.org' }).click();
    await toast('The invitation no longer works.').waitFor();
    const guest = await here.stage.open();
    await guest.page.goto(link);
    await guest.page.getByLabel('User name').fill(`ida-${here.reader.name}`);
    await guest.page.getByLabel('Password').fill('my own quiet words');
    await guest.page.getByRole('button', { name: 'Create account' }).click();
    await guest.page.locator('.top-bar').waitFor();
    await guest.close();
    const again = await here.stage.open();
    await again.page.goto(link);
    await again.page.getByRole('alert').getByText('was used').waitFor();
    await again.page.getByRole('link', { name: 'Sign in' }).click();
    await again.page.getByRole('button', { name: 'Sign in' }).waitFor();
    await again.close();
    await page.reload();
    await page.getByText(`accepted as ida-${here.reader.name}`).waitFor();
  });

  it('reads users from a CSV file and reports each line', async () => {
    const { page } = here;
    await openPart('users');
    await page.getByRole('button', { name: 'From a CSV file' }).click();
    const csv = `name,displayName,role\nfile-a,File A,\nbad/name,Bad,\n${here.reader.name},Rita Reader,member\n`;
    const file = { name: 'users.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) };
    await dialog().getByLabel('CSV file').setInputFiles(file);
    await dialog().getByRole('button', { name: 'Read the file' }).click();
    await dialog().getByText('1 new · 0 changed · 0 unchanged · 2 refused').waitFor();
    const lines = await dialog().getByRole('listitem').allTextContents();
    expect(lines.map((line) => line.slice(0, 6))).toEqual(['Line 2', 'Line 3', 'Line 4']);
    expect(lines[2]).toContain('last administrator');
    expect(await dialog().getByRole('textbox', { name: 'One-time passwords' }).inputValue()).toMatch(/^file-a\t\S+$/);
    expect(await seriousFindings(page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Close' }).last().click();
    await page.getByRole('link', { name: 'File A' }).waitFor();
  });

  it('makes, changes and deletes a group', async () => {
    const { page } = here;
    await openPart('groups');
    await page.getByRole('button', { name: 'New group or room' }).click();
    await dialog().getByLabel('Name', { exact: true }).fill(`choir-${here.reader.name}`);
    await dialog().getByLabel('Members by user name, one a line').fill('nobody-at-all');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await dialog().getByRole('alert').getByText('nobody-at-all').waitFor();
    await dialog().getByLabel('Members by user name, one a line').fill(here.reader.name);
    await dialog().getByRole('button', { name: 'Save' }).click();
    await page.getByText('1 member').waitFor();
    await page.getByRole('button', { name: `Edit choir-${here.reader.name}` }).click();
    await dialog().getByLabel('Displayed name').fill('The Choir');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Delete The Choir' }).click();
    await dialog().getByLabel(`Type the name to confirm: choir-${here.reader.name}`).fill(`choir-${here.reader.name}`);
    await dialog().getByRole('button', { name: 'Delete for good' }).click();
    await page.getByText('None yet.').waitFor();
  });

  it('renames the organisation, and shows runs and the audit log without what is on cards', async () => {
    const { page } = here;
    await fillBook(here.reader, SAMPLE_BOOK);
    await openPart('organisation');
    await page.getByLabel('Name', { exact: true }).fill('Berger AG');
    await page.getByLabel('Time zone, such as Europe/Zurich').fill('Mars/Base');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').getByText('There is no such time zone').waitFor();
    await page.getByLabel('Time zone, such as Europe/Zurich').fill('Europe/Zurich');
    await page.getByRole('button', { name: 'Save' }).click();
    await toast('Saved.').waitFor();
    await page.getByRole('link', { name: 'Runs' }).click();
    await page.getByRole('listitem').getByText('Search asked for').first().waitFor();
    await page.getByLabel('State').selectOption('failed');
    await page.getByText('No run yet.').waitFor();
    await page.getByRole('link', { name: 'Audit log' }).click();
    await page.getByText('Organisation changed: Berger AG').waitFor();
    await page.getByLabel('What').selectOption('collection-imported');
    await page.getByRole('listitem').getByText('File imported').first().waitFor();
    await page.getByText('Organisation changed: Berger AG').waitFor({ state: 'detached' });
    await page.getByLabel('User name').fill('nobody-at-all');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByRole('alert').getByText('There is no user of this name.').waitFor();
    expect(await page.locator('main').textContent()).not.toMatch(/Dubois|Berger, /);
  });

  it('is not offered to members, and refuses them', async () => {
    const { page } = here;
    const member = await newReader(here.stage.server);
    await signIn(page, member, '#/account');
    expect(await page.getByRole('link', { name: 'Administration' }).count()).toBe(0);
    await page.goto('/#/administration');
    await page.getByRole('alert').getByText('Only an administrator may do this.').waitFor();
  });
});
