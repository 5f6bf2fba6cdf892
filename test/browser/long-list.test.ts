/** The list of clusters at a length that no test server fills: the page is given ten thousand. */
import type { Route } from 'playwright-core';
import { expect, it } from 'vitest';
import type { SuggestionPage } from '../../src/api/contract/suggestions.ts';
import { here, inBrowser, signIn } from '../support/browser.ts';

const CLUSTERS = 10_000;
/** Rows that fit a window of 860 pixels, with those kept ready above and below. */
const MOST_ROWS = 40;

/** Scrolls on, frame by frame, until no more rows come; gives the most rows that were in the document at once. */
const SCROLL_TO_THE_END = `(async () => {
  const list = document.querySelector('.endless');
  let most = 0;
  while (document.querySelector('.endless-rows').offsetHeight < ${CLUSTERS} * document.querySelector('.endless-row').offsetHeight) {
    list.scrollTop = list.scrollHeight;
    await new Promise((drawn) => requestAnimationFrame(drawn));
    most = Math.max(most, document.querySelectorAll('.cluster-row').length);
  }
  list.scrollTop = list.scrollHeight;
  return most;
})()`;

const id = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;

function member(number: number, copy: number): SuggestionPage['items'][number]['members'][number] {
  return {
    id: id(2 * number + copy),
    collectionId: id(0),
    name: `${number}-${copy}.vcf`,
    uid: `${number}-${copy}`,
    kind: 'individual',
    displayName: `Person ${number}`,
    organisation: null,
    emails: [],
    phones: [],
    hasPhoto: false,
    etag: '"1"',
    modifiedAt: '2026-01-01T00:00:00Z',
  };
}

function suggestion(number: number): SuggestionPage['items'][number] {
  return {
    id: id(number),
    rank: number,
    tier: 'likely',
    probability: 0.9,
    members: [member(number, 0), member(number, 1)],
    collectionIds: [id(0)],
    sharedBooks: [],
    mergeable: true,
    referenceId: id(2 * number),
    reasons: [{ code: 'given.same.rare', weight: 2, params: {} }],
    weakest: null,
    exact: false,
    copies: 0,
    confirm: false,
    reopened: false,
    createdAt: '2026-01-01T00:00:00Z',
  };
}

async function answerPage(route: Route): Promise<void> {
  const query = new URL(route.request().url()).searchParams;
  const start = Number(query.get('cursor') ?? 0);
  const end = Math.min(start + Number(query.get('limit')), CLUSTERS);
  const page: SuggestionPage = {
    items: Array.from({ length: end - start }, (_, index) => suggestion(start + index + 1)),
    nextCursor: end < CLUSTERS ? String(end) : null,
    counts: { certain: 0, likely: CLUSTERS, possible: 0 },
    sharedBooks: [],
    leftOutBooks: [],
    total: CLUSTERS,
    lastRun: null,
  };
  await route.fulfill({ json: page });
}

inBrowser('ten thousand clusters', { width: 800 }, () => {
  it('are loaded as the reader scrolls, with only the rows in sight in the document', async () => {
    const { page } = here;
    await page.route('**/duplicates/suggestions?*', answerPage);
    await signIn(page, here.reader);
    const rows = page.locator('.cluster-row');
    await rows.first().waitFor();
    expect(await page.locator('.tier-tab').first().innerText()).toMatch(/^10,000/);
    const most = await page.evaluate(SCROLL_TO_THE_END);
    expect(most).toBeLessThanOrEqual(MOST_ROWS);
    await rows.filter({ hasText: `Person ${CLUSTERS}` }).waitFor();
    expect(await rows.last().locator('..').getAttribute('aria-posinset')).toBe(String(CLUSTERS));
  });
});
