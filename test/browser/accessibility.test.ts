/** Every page by axe-core: nothing serious at the width of a phone and of a desk, in light and dark; and no sideways scrolling. */
import { expect, it } from 'vitest';
import { SAMPLE_BOOK } from '../fixtures/sample-book.ts';
import { fillSignInForm, here, inBrowser, seriousFindings, signIn } from '../support/browser.ts';

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

const PHONE = 375;
const WIDTHS = [320, PHONE, 820, 1360];
/** What a reader finds otherwise at another width or in other colours; all else holds for the document itself. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];
const OF_THE_LAYOUT = [...OF_COLOURS, 'target-size', 'scrollable-region-focusable'];
const OVERFLOW =
  'Math.max(...[document.documentElement, document.querySelector("main")].map((e) => e.scrollWidth - e.clientWidth))';

/** All rules on a phone in light; those that can differ also on a desk in light and in dark. Leaves the page as on a phone in light. */
async function findingsEverywhere(): Promise<string[]> {
  const { page } = here;
  const findings = await seriousFindings(page);
  await page.setViewportSize({ width: 1360, height: 860 });
  findings.push(...(await seriousFindings(page, OF_THE_LAYOUT)).map((finding) => `desk: ${finding}`));
  await page.emulateMedia({ colorScheme: 'dark' });
  findings.push(...(await seriousFindings(page, OF_COLOURS)).map((finding) => `dark: ${finding}`));
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: PHONE, height: 740 });
  return findings;
}

inBrowser('accessibility', { vcards: SAMPLE_BOOK, role: 'administrator', width: PHONE }, () => {
  it('would find a picture without words, text too pale to read, and that only in the dark', async () => {
    const { page } = here;
    await page.setContent('<main><img src="x.png"><p style="color:#eee;background:#fff">pale</p></main>');
    const findings = (await seriousFindings(page)).join('\n');
    expect(findings).toContain('image-alt');
    expect(findings).toContain('color-contrast');
    await page.setContent(
      '<html lang="en"><title>t</title><style>p{color:#000;background:#fff}@media(prefers-color-scheme:dark){p{color:#ddd}}</style><main><p>pale</p></main>',
    );
    expect((await findingsEverywhere()).map((finding) => finding.slice(0, 20))).toEqual(['dark: color-contrast']);
  });

  it('has no serious finding on any page, and none scrolls sideways', async () => {
    const { page } = here;
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto('/');
    await page.locator('#name').waitFor();
    const findings = (await findingsEverywhere()).map((finding) => `sign-in: ${finding}`);
    await fillSignInForm(page, here.reader);
    await page.locator('.top-bar').waitFor();
    for (const { route, ready } of PAGES) {
      await page.goto(`/${route}`);
      await page.locator(ready).first().waitFor();
      findings.push(...(await findingsEverywhere()).map((finding) => `${route}: ${finding}`));
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 740 });
        const overflow = (await page.evaluate(OVERFLOW)) as number;
        if (overflow > 0) findings.push(`${route}: ${overflow} pixels too wide at ${width}`);
      }
    }
    expect(findings).toEqual([]);
  });

  it.each(['de-DE', 'fr-FR'])(
    'scrolls sideways nowhere on the narrowest phone, whose words are longest in %s',
    async (locale) => {
      const { page, close } = await here.stage.open({ locale, viewport: { width: 320, height: 740 } });
      await signIn(page, here.reader);
      const wide: string[] = [];
      for (const { route, ready } of PAGES) {
        await page.goto(`/${route}`);
        await page.locator(ready).first().waitFor();
        const overflow = (await page.evaluate(OVERFLOW)) as number;
        if (overflow > 0) wide.push(`${route}: ${overflow} pixels too wide`);
      }
      expect(wide).toEqual([]);
      await close();
    },
  );

  it('has no serious finding in an opened cluster and in dialogs', async () => {
    const { page } = here;
    await signIn(page, here.reader);
    await page.locator('.cluster-row').filter({ hasText: 'Anna Berger' }).click();
    await page.getByRole('button', { name: 'Merge 3 cards', disabled: false }).waitFor();
    const findings = await findingsEverywhere();
    await page.goto('/#/books');
    await page.getByRole('button', { name: 'New address book' }).click();
    await page.getByRole('dialog').waitFor();
    findings.push(...(await findingsEverywhere()));
    expect(findings).toEqual([]);
  });
});
