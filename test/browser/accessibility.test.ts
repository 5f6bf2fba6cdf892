/** Every page by axe-core: nothing serious, in light and dark, at the width of a phone and of a desk. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_BOOK } from '../fixtures/sample-book.ts';
import {
  type BrowserStage,
  CHROMIUM,
  newReader,
  openStage,
  type Reader,
  seriousFindings,
  signIn,
} from '../support/browser.ts';

let stage: BrowserStage;
let reader: Reader;

const SIGHTS = [
  { name: 'a phone in light', colorScheme: 'light', viewport: { width: 375, height: 740 } },
  { name: 'a tablet in dark', colorScheme: 'dark', viewport: { width: 820, height: 1100 } },
  { name: 'a desk in light', colorScheme: 'light', viewport: { width: 1360, height: 860 } },
] as const;

/** Pages by address, and what shows that they are whole. */
const PAGES = [
  { route: '#/duplicates', ready: '.cluster-row' },
  { route: '#/contacts', ready: '.contact-row' },
  { route: '#/contacts/new', ready: '.form-list' },
  { route: '#/calendar', ready: '.month' },
  { route: '#/books', ready: '.entry' },
  { route: '#/history', ready: '.empty, .entry' },
  { route: '#/history/nights', ready: '#most-new' },
  { route: '#/history/conflicts', ready: '.empty' },
  { route: '#/history/bin', ready: '#bin-of' },
  { route: '#/set-up', ready: '.client-card' },
  { route: '#/account', ready: '#display-name' },
  { route: '#/security', ready: '.mark-good' },
  { route: '#/administration', ready: '.entry-link' },
  { route: '#/administration/invitations', ready: '.section, .entry' },
  { route: '#/administration/groups', ready: '.section, .entry' },
  { route: '#/administration/runs', ready: '.entry' },
  { route: '#/administration/audit', ready: '.entry' },
  { route: '#/administration/organisation', ready: '#organisation-name' },
] as const;

describe.skipIf(CHROMIUM === undefined)('accessibility', { timeout: 240_000 }, () => {
  beforeAll(async () => {
    stage = await openStage();
    reader = await newReader(stage.server, SAMPLE_BOOK, 'administrator');
  });
  afterAll(() => stage?.close());

  it('would find a picture without words and text too pale to read', async () => {
    const { page, close } = await stage.open();
    await page.setContent('<main><img src="x.png"><p style="color:#eee;background:#fff">pale</p></main>');
    const findings = (await seriousFindings(page)).join('\n');
    expect(findings).toContain('image-alt');
    expect(findings).toContain('color-contrast');
    await close();
  });

  it.each(SIGHTS)('has no serious finding on any page on $name', async ({ viewport, colorScheme }) => {
    const { page, close } = await stage.open({ viewport, colorScheme, reducedMotion: 'reduce' });
    await page.goto('/');
    await page.locator('#name').waitFor();
    const findings = (await seriousFindings(page)).map((finding) => `sign-in: ${finding}`);
    await signIn(page, reader);
    for (const { route, ready } of PAGES) {
      await page.goto(`/${route}`);
      await page.locator(ready).first().waitFor();
      findings.push(...(await seriousFindings(page)).map((finding) => `${route}: ${finding}`));
    }
    expect(findings).toEqual([]);
    await close();
  });

  it.each(SIGHTS)('has no serious finding in an opened cluster and in dialogs on $name', async (sight) => {
    const { page, close } = await stage.open(sight);
    await signIn(page, reader);
    await page.locator('.cluster-row').filter({ hasText: 'Anna Berger' }).click();
    await page.getByRole('button', { name: 'Merge 3 cards', disabled: false }).waitFor();
    const findings = await seriousFindings(page);
    await page.goto('/#/books');
    await page.getByRole('button', { name: 'New address book' }).click();
    await page.getByRole('dialog').waitFor();
    findings.push(...(await seriousFindings(page)));
    expect(findings).toEqual([]);
    await close();
  });

  it.each([320, 375, 820, 1360])('needs no sideways scrolling of the page itself at %i pixels', async (width) => {
    const { page, close } = await stage.open({ viewport: { width, height: 740 } });
    await signIn(page, reader);
    for (const { route, ready } of PAGES) {
      await page.goto(`/${route}`);
      await page.locator(ready).first().waitFor();
      const overflow = await page.evaluate(
        'Math.max(...[document.documentElement, document.querySelector("main")].map((e) => e.scrollWidth - e.clientWidth))',
      );
      expect(overflow, route).toBeLessThanOrEqual(0);
    }
    await close();
  });
});
