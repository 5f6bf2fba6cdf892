/** The security page in a real browser: password, second factor, browsers, devices, sign-ins. */
import { expect, it } from 'vitest';
import { counterCode, fromBase32, timeStep } from '../../src/commands/time-based-code.ts';
import { apiClient, basic } from '../support/api-client.ts';
import { dialog, here, inBrowser, seriousFindings, signIn, toast } from '../support/browser.ts';

inBrowser('the security page', {}, () => {
  it('changes the password and shuts the devices out when that is chosen', async () => {
    const { page } = here;
    await signIn(page, here.reader, '#/security');
    const { secret } = await here.reader.api.call('createAppPassword', { body: { name: 'Phone' } });
    await page.getByLabel('Present password').fill(here.reader.password);
    await page.getByLabel('New password', { exact: true }).fill('four quiet words here');
    await page.getByLabel('New password, once more').fill('four quiet words here');
    await page.getByLabel('Also sign out all devices').check();
    await page.getByRole('button', { name: 'Change password' }).click();
    await toast('Password changed.').waitFor();
    const device = apiClient(here.stage.server.url, basic(here.reader.name, secret));
    await expect(device.call('listCollections')).rejects.toThrow('401');
    await apiClient(here.stage.server.url, basic(here.reader.name, 'four quiet words here')).call('listCollections');
  });

  it('sets the second factor up with the code to scan, gives recovery codes, signs in with both, turns it off', async () => {
    const { page } = here;
    await signIn(page, here.reader, '#/security');
    await page.getByRole('button', { name: 'Set up…' }).click();
    await dialog().getByLabel('Password', { exact: true }).fill(here.reader.password);
    await dialog().getByRole('button', { name: 'Next' }).click();
    await dialog().getByRole('img', { name: 'QR code for an authenticator app' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    const key = fromBase32((await dialog().getByRole('textbox', { name: 'Key' }).inputValue()).replaceAll(' ', ''));
    await dialog().getByLabel('Six-digit code of the app').fill('000000');
    await dialog().getByRole('button', { name: 'Turn on' }).click();
    await dialog().getByRole('alert').getByText('The code is wrong').waitFor();
    const code = (steps = 0) => counterCode(key, timeStep(here.stage.server.clock.now()) + steps);
    await dialog().getByLabel('Six-digit code of the app').fill(code());
    await dialog().getByRole('button', { name: 'Turn on' }).click();
    const codes = (await dialog().getByRole('textbox', { name: 'Recovery codes' }).inputValue()).split('\n');
    expect(codes).toHaveLength(10);
    expect(await seriousFindings(page)).toEqual([]);
    await dialog().getByRole('button', { name: 'I have kept them' }).click();
    await page.getByText('10 recovery codes are left.').waitFor();

    const elsewhere = await here.stage.open();
    await elsewhere.page.goto('/');
    await elsewhere.page.locator('#name').fill(here.reader.name);
    await elsewhere.page.locator('#password').fill(here.reader.password);
    await elsewhere.page.keyboard.press('Enter');
    await elsewhere.page.getByLabel('Code', { exact: true }).fill(codes[0]!);
    await elsewhere.page.keyboard.press('Enter');
    await elsewhere.page.locator('.top-bar').waitFor();
    await elsewhere.close();

    await page.getByRole('button', { name: 'New recovery codes…' }).click();
    await dialog().getByLabel('Password', { exact: true }).fill(here.reader.password);
    await dialog().getByRole('button', { name: 'Next' }).click();
    await dialog().getByRole('button', { name: 'I have kept them' }).click();
    await page.getByText('10 recovery codes are left.').waitFor();
    await page.getByRole('button', { name: 'Turn off…' }).click();
    await dialog().getByLabel('Password', { exact: true }).fill(here.reader.password);
    await dialog().getByRole('button', { name: 'Turn off…' }).click();
    await page.getByRole('button', { name: 'Set up…' }).waitFor();
  });

  it('shows where one is signed in, signs one browser out, then all and the devices', async () => {
    const { page } = here;
    const others = [await here.stage.open(), await here.stage.open()];
    for (const other of others) await signIn(other.page, here.reader);
    const { secret } = await here.reader.api.call('createAppPassword', { body: { name: 'Tablet' } });
    await signIn(page, here.reader, '#/security');
    const browsers = page.getByRole('list', { name: 'Signed-in browsers' }).getByRole('listitem');
    await browsers.nth(2).waitFor();
    expect(await browsers.first().textContent()).toContain('from 127.0.0.1');
    await page
      .getByRole('button', { name: /^Sign out: Chrome/ })
      .first()
      .click();
    await browsers.nth(2).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Sign out everywhere…' }).click();
    await dialog()
      .getByLabel(/Also revoke all app passwords/)
      .check();
    expect(await seriousFindings(page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Sign out everywhere' }).click();
    await browsers.nth(1).waitFor({ state: 'detached' });
    await page.getByText('No device has an app password yet.').waitFor();
    const device = apiClient(here.stage.server.url, basic(here.reader.name, secret));
    await expect(device.call('listCollections')).rejects.toThrow('401');
    for (const other of others) {
      await other.page.reload();
      await other.page.locator('#name').waitFor();
      await other.close();
    }
  });

  it('renames a device by keyboard alone', async () => {
    const { page } = here;
    await here.reader.api.call('createAppPassword', { body: { name: 'Phone' } });
    await signIn(page, here.reader, '#/security');
    await page.getByRole('button', { name: 'Rename: Phone' }).focus();
    await page.keyboard.press('Enter');
    await dialog().getByLabel('Name of the device').focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('Old phone');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Revoke: Old phone' }).waitFor();
  });

  it('tells of sign-ins that were refused', async () => {
    const { page } = here;
    const body = { name: here.reader.name, password: 'a guess' };
    await expect(apiClient(here.stage.server.url).call('signIn', { body })).rejects.toThrow('401');
    await signIn(page, here.reader, '#/security');
    await page.getByText('Refused: wrong password').waitFor();
    await page.getByText('Signed in with the password').first().waitFor();
  });
});
