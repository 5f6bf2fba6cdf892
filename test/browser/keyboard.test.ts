/** The duplicates page by keyboard alone: no pointer is used anywhere here. */
import type { Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { SAMPLE_BOOK, SAMPLE_COUNT } from '../fixtures/sample-book.ts';
import { eventually, here, inBrowser } from '../support/browser.ts';

const cardCount = async () => (await here.reader.api.call('listCards')).total;
const opened = (page: Page) => page.locator('#cluster-name').innerText();

/** Tabs until the element with this accessible role and name has the focus. */
async function tabTo(page: Page, role: 'button' | 'radio' | 'link', name: string | RegExp): Promise<void> {
  const wanted = page.getByRole(role, { name }).and(page.locator(':focus'));
  for (let step = 0; step < 80; step++) {
    if ((await wanted.count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${role} ${String(name)}`);
}

inBrowser('duplicates by keyboard alone', { vcards: SAMPLE_BOOK, width: 1280 }, () => {
  beforeEach(async () => {
    const { page } = here;
    await page.goto('/');
    await page.locator('#name').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type(here.reader.name);
    await page.keyboard.press('Tab');
    await page.keyboard.type(here.reader.password);
    await page.keyboard.press('Enter');
    await page.locator('#cluster-name').waitFor();
  });

  it('steps through the clusters, chooses the reference by number, merges and undoes by single keys', async () => {
    const { page } = here;
    for (let step = 0; step < 3 && (await opened(page)) !== 'Anna Berger'; step++) {
      const before = await page.evaluate('location.hash');
      await page.keyboard.press('j');
      await eventually(() => page.evaluate('location.hash')).not.toBe(before);
      await page.locator('#cluster-name').waitFor();
    }
    expect(await opened(page)).toBe('Anna Berger');
    await page.keyboard.press('2');
    await eventually(() => page.getByRole('radio', { name: /^Make card 2/ }).isChecked()).toBe(true);
    await page.keyboard.press('Shift+Digit3');
    await eventually(() => page.getByRole('checkbox', { name: /^Merge card 3/ }).isChecked()).toBe(false);
    await page.getByRole('button', { name: 'Merge 2 cards', disabled: false }).waitFor();
    await page.keyboard.press('m');
    await page
      .locator('.toast')
      .getByText(/merged into/)
      .waitFor();
    expect(await cardCount()).toBe(SAMPLE_COUNT - 1);
    await page.keyboard.press('u');
    await page.locator('.toast').getByText('Undone.').waitFor();
    expect(await cardCount()).toBe(SAMPLE_COUNT);
  });

  it('reaches every control by Tab and arrows, and returns the focus where a dialog took it', async () => {
    const { page } = here;
    await tabTo(page, 'radio', /^Make card 1/);
    await page.keyboard.press('ArrowDown');
    await eventually(() => page.getByRole('radio', { name: /^Make card 2/ }).isChecked()).toBe(true);
    await tabTo(page, 'button', 'Keyboard shortcuts');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await eventually(() => page.getByRole('dialog').count()).toBe(0);
    const focused = page.locator(':focus');
    await eventually(() => focused.getAttribute('aria-label')).toBe('Keyboard shortcuts');
    await tabTo(page, 'button', 'Not duplicates');
    await page.keyboard.press('Enter');
    await page
      .locator('.toast')
      .getByText(/not the same person/)
      .waitFor();
  });

  it('lists its shortcuts on "?", and leaves single keys alone once they are turned off', async () => {
    const { page } = here;
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await dialog.waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    expect(await dialog.getByRole('checkbox').isChecked()).toBe(false);
    await page.keyboard.press('Escape');
    const before = await page.evaluate('location.hash');
    await page.keyboard.press('j');
    await page.keyboard.press('m');
    await page.keyboard.press('?');
    expect(await page.evaluate('location.hash')).toBe(before);
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await cardCount()).toBe(SAMPLE_COUNT);
  });
});
