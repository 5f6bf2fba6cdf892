/** The duplicates page in a real browser: find, open, choose, merge, undo, hide, and faults on the way. */
import { beforeEach, expect, it } from 'vitest';
import { createPrincipal } from '../../src/commands/accounts.ts';
import { replaceGrants } from '../../src/commands/grant-access.ts';
import { performRun } from '../../src/commands/run-dedup.ts';
import { runNight } from '../../src/jobs/nightly.ts';
import { findCollectionById } from '../../src/store/collections.ts';
import { claimNight } from '../../src/store/nights.ts';
import { SAMPLE_BOOK, SAMPLE_COUNT } from '../fixtures/sample-book.ts';
import { apiClient, basic } from '../support/api-client.ts';
import { dialog, eventually, fillBook, here, inBrowser, signIn, toast } from '../support/browser.ts';

const ZENO = 'FN:Zeno Quist\r\nN:Quist;Zeno;;;\r\nEMAIL:zeno@quist.example\r\n';
const cardCount = async () => (await here.reader.api.call('listCards')).total;
const clusters = () => here.page.locator('.cluster-row');
const cluster = (name: string) => clusters().filter({ hasText: name });
const rowOf = (name: string) => here.page.getByRole('row').filter({ has: here.page.getByRole('rowheader', { name }) });

async function openAnna(): Promise<void> {
  await cluster('Anna Berger').click();
  await here.page.getByRole('heading', { level: 2, name: 'Anna Berger' }).waitFor();
  await here.page.getByRole('button', { name: 'Merge 3 cards' }).waitFor();
}

/** The cards of the opened cluster, in the order of the columns. */
async function openedCards() {
  const id = new URL(here.page.url()).hash.split('/').at(-1)!;
  return (await here.reader.api.call('showSuggestion', { parameters: { id } })).cards;
}

inBrowser('duplicates in the browser', { vcards: SAMPLE_BOOK, width: 1280 }, () => {
  beforeEach(async () => {
    await signIn(here.page, here.reader);
    await clusters().first().waitFor();
  });

  it('refuses a wrong password in plain words, and signs out to the form again', async () => {
    const { page } = here;
    await page.getByRole('link', { name: 'Rita Reader' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.locator('#name').fill(here.reader.name);
    await page.locator('#password').fill('wrong wrong wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('User name or password is wrong.').waitFor();
  });

  it('ranks the clusters, counts them by tier, and narrows the list to one tier', async () => {
    const { page } = here;
    await eventually(() => clusters().count()).toBe(3);
    const tabs = page.locator('.tier-tab');
    expect(await tabs.first().innerText()).toMatch(/^3\s+Found$/);
    await tabs.filter({ hasText: 'Certain' }).click();
    const { counts } = await here.reader.api.call('listSuggestions');
    expect(counts.certain).toBeGreaterThan(0);
    await eventually(() => clusters().count()).toBe(counts.certain);
    expect(await tabs.first().innerText()).toMatch(/^3\s+Found$/);
  });

  it('searches anew when asked, and says when it has ended', async () => {
    await here.page.getByRole('button', { name: 'Search now' }).click();
    await here.page.getByText('Search finished: 3 clusters found.').waitFor({ state: 'attached' });
  });

  it('marks identical information in blue, with a sign and a word, and shows what the others add', async () => {
    const { page } = here;
    await openAnna();
    const phone = rowOf('Phone');
    expect(await phone.getByRole('rowheader').innerText()).toContain('identical');
    const background = await page.evaluate(
      'getComputedStyle(document.querySelector("tr.state-identical")).backgroundColor',
    );
    const [red, , blue] = String(background).match(/\d+/g)!.map(Number);
    expect(blue).toBeGreaterThan(red!);
    expect(await rowOf('Note').getByRole('cell').first().innerText()).toMatch(/^Will be added:\s+met in Bern/);
    await page.getByText(/values will be added$/).waitFor();
  });

  it('follows the reader to another reference, a card taken out, and a value chosen', async () => {
    const { page } = here;
    await openAnna();
    const cards = await openedCards();
    // Anywhere in a column, or its head.
    await rowOf('Phone').getByRole('cell').nth(2).click();
    await eventually(() => page.getByRole('radio', { name: /^Make card 3/ }).isChecked()).toBe(true);
    await page.getByRole('columnheader').nth(1).getByText('Make reference').click();
    await eventually(() => page.getByRole('radio', { name: /^Make card 2/ }).isChecked()).toBe(true);
    await page.getByRole('columnheader').nth(1).getByText('Reference', { exact: true }).waitFor();
    await page.getByRole('checkbox', { name: /^Merge card 3/ }).uncheck();
    await page.getByRole('button', { name: 'Merge 2 cards' }).waitFor();
    await page.getByRole('checkbox', { name: /^Merge card 3/ }).check();
    await rowOf('Birthday').getByRole('radio').nth(2).check();
    await page.getByRole('button', { name: 'Merge 3 cards' }).click();
    await toast('3 cards merged into Anna Berger.').waitFor();
    const { items } = await here.reader.api.call('listCards', { query: { search: 'Berger' } });
    expect(items.map((item) => item.uid)).toEqual([cards[1]!.uid]);
    const { vcard } = await here.reader.api.call('showCard', { parameters: { id: items[0]!.id } });
    expect(vcard).toContain(/^BDAY:.*$/m.exec(cards[2]!.vcard)![0]);
    expect(vcard).toContain('TITLE:Architect');
  });

  it('merges, goes on to the next cluster, and takes all back at once', async () => {
    const { page } = here;
    await openAnna();
    await page.getByRole('button', { name: 'Merge 3 cards' }).click();
    await toast(/merged into/).waitFor();
    await eventually(() => cluster('Anna Berger').count()).toBe(0);
    expect(await cardCount()).toBe(SAMPLE_COUNT - 2);
    await eventually(() => page.locator('.cluster-row[aria-current]').count()).toBe(1);
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await toast('Undone.').waitFor();
    expect(await cardCount()).toBe(SAMPLE_COUNT);
    await cluster('Anna Berger').waitFor();
  });

  it('undoes a merge from the history, and merges again from there', async () => {
    const { page } = here;
    await openAnna();
    await page.getByRole('button', { name: 'Merge 3 cards' }).click();
    await toast(/merged into/).waitFor();
    await page.getByRole('link', { name: 'History' }).click();
    await page.getByRole('button', { name: 'Undo the merge of Anna Berger' }).click();
    await page.getByText(/^Undone on /).waitFor();
    expect(await cardCount()).toBe(SAMPLE_COUNT);
    await page.getByRole('button', { name: 'Merge Anna Berger again' }).click();
    await toast('Merged again.').waitFor();
    expect(await cardCount()).toBe(SAMPLE_COUNT - 2);
  });

  it('hides a cluster for good, until the decision is taken back in the history', async () => {
    const { page } = here;
    await openAnna();
    await page.getByRole('button', { name: 'Not duplicates' }).click();
    await toast(/not the same person/).waitFor();
    await eventually(() => cluster('Anna Berger').count()).toBe(0);
    await page.getByRole('button', { name: 'Search now' }).click();
    await page.getByText('Search finished: 2 clusters found.').waitFor({ state: 'attached' });
    expect(await cluster('Anna Berger').count()).toBe(0);
    await page.getByRole('link', { name: 'History' }).click();
    await page.getByRole('button', { name: 'Hidden and put off' }).click();
    await page.getByRole('button', { name: 'Take back the decision on Anna Berger' }).click();
    await toast(/Taken back/).waitFor();
    await page.getByRole('link', { name: 'Duplicates' }).click();
    await page.getByRole('button', { name: 'Search now' }).click();
    await cluster('Anna Berger').waitFor();
  });

  it('lists exact copies before merging them all, and undoes them together', async () => {
    const { page } = here;
    await page.getByRole('button', { name: 'Merge all…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Exact copies' });
    await dialog.getByText('Ben Okafor').waitFor();
    await dialog.getByRole('button', { name: 'Merge 1 group' }).click();
    await toast('1 copy removed.').waitFor();
    expect(await cardCount()).toBe(SAMPLE_COUNT - 1);
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await toast('1 merge undone.').waitFor();
    expect(await cardCount()).toBe(SAMPLE_COUNT);
  });

  it('lets nights merge exact copies, shows what a night did, and undoes it as a whole', async () => {
    const { page } = here;
    const { context, clock } = here.stage.server;
    await page.goto('/#/history/nights');
    await page.getByRole('radio', { name: /^Exact copies ?Cards/ }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await toast('Saved.').waitFor();
    const nightAt = new Date(clock.now());
    const night = { organisationId: here.reader.organisationId, ownerId: here.reader.principalId, nightAt };
    await claimNight(context.db, night, nightAt);
    await runNight(context, night, (request) => performRun(context, request));
    expect(await cardCount()).toBe(SAMPLE_COUNT - 1);
    await page.reload();
    await page
      .getByText(/1 merge\b/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: /^Undo what the night of/ }).click();
    await toast('1 merge undone.').waitFor();
    await page.getByText(/1 undone/).waitFor();
    expect(await cardCount()).toBe(SAMPLE_COUNT);
  });

  it('narrows the list to a book that another shares until it no longer is, and warns before it is merged into', async () => {
    const { page } = here;
    const { server } = here.stage;
    const owner = { name: `${here.reader.name}-friend`, password: 'colleague words' };
    const { organisationId, principalId: granteeId } = here.reader;
    await createPrincipal(server.context, { organisationId, kind: 'user', displayName: 'Fay Friend', ...owner });
    const theirs = apiClient(server.url, basic(owner.name, owner.password));
    const book = (await theirs.call('listCollections')).items.find(({ kind }) => kind === 'addressbook')!;
    const mine = (await here.reader.api.call('listCards', { query: { search: 'Dubois' } })).items[0]!;
    const lines = (await here.reader.api.call('showCard', { parameters: { id: mine.id } })).vcard.replace(
      /UID:.*/,
      'UID:theirs',
    );
    await theirs.call('createCard', { body: { collectionId: book.id, vcard: lines } });
    const stored = (await findCollectionById(server.context.db, organisationId, book.id))!;
    await replaceGrants(server.context, stored, [
      { granteeId, privileges: ['read', 'write-content', 'bind', 'unbind'] },
    ]);
    await page.getByRole('button', { name: 'Search now' }).click();
    await page.getByText(/^Search finished/).waitFor({ state: 'attached' });
    await page.getByLabel('Address book', { exact: true }).selectOption({ label: 'Contacts (Fay Friend)' });
    await eventually(() => clusters().count()).toBe(1);
    await cluster('Clara Dubois').click();
    await page.getByText('Merging also changes books that others use: Contacts (Fay Friend).').waitFor();

    const choice = page.getByLabel('Address book', { exact: true });
    await page.reload();
    await eventually(() => clusters().count()).toBe(1);
    expect(await choice.inputValue()).toBe(book.id);
    await replaceGrants(server.context, stored, []);
    await page.reload();
    await eventually(() => choice.inputValue()).toBe('');
    await eventually(() => clusters().count()).toBeGreaterThan(1);
  });

  it('loses nothing when the network fails during a merge, and merges once when tried again', async () => {
    const { page } = here;
    await openAnna();
    await page.route('**/duplicates/merge', async (route) => {
      // The server merges, but its answer is lost on the way.
      await route.fetch();
      await route.abort();
    });
    await page.getByRole('button', { name: 'Merge 3 cards' }).click();
    await toast(/cannot be reached/).waitFor();
    await page.unroute('**/duplicates/merge');
    await page.locator('.toast').getByRole('button', { name: 'Try again' }).click();
    await toast('3 cards merged into Anna Berger.').waitFor();
    expect(await cardCount()).toBe(SAMPLE_COUNT - 2);
    expect((await here.reader.api.call('listMerges')).items).toHaveLength(1);
  });

  it('merges nothing when a card was changed in the meantime, shows what changed, and merges once that was seen', async () => {
    const { page } = here;
    await openAnna();
    const { items } = await here.reader.api.call('listCards', { query: { search: 'Berger' } });
    const changed = await here.reader.api.call('showCard', { parameters: { id: items[1]!.id } });
    await here.reader.api.call('changeCard', {
      parameters: { id: changed.id },
      body: { vcard: changed.vcard.replace('END:VCARD', 'NICKNAME:Anni\r\nEND:VCARD'), etag: changed.etag },
    });
    await page.getByRole('button', { name: 'Merge 3 cards' }).click();
    const note = page.getByRole('alert').filter({ hasText: 'Nothing was merged' });
    await note.getByText('Nickname: Anni').waitFor();
    expect(await note.innerText()).toMatch(/Card \d, Anna Berger/);
    expect(await cardCount()).toBe(SAMPLE_COUNT);
    await rowOf('Nickname').waitFor();
    await page.getByRole('button', { name: 'Merge 3 cards', disabled: false }).click();
    await toast('3 cards merged into Anna Berger.').waitFor();
    expect(await cardCount()).toBe(SAMPLE_COUNT - 2);
  });

  it('asks before it merges more cards than one person usually has, and names the weakest link', async () => {
    const { page } = here;
    const many = Array.from(
      { length: 11 },
      (_, n) =>
        `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:many${n}\r\nFN:Zeno Quist\r\nN:Quist;Zeno;;;\r\nEMAIL:zeno@quist.example\r\nNOTE:n${n}\r\nEND:VCARD\r\n`,
    ).join('');
    await fillBook(here.reader, many);
    await page.getByRole('button', { name: 'Search now' }).click();
    await cluster('Zeno Quist').click();
    await page.getByRole('button', { name: 'Merge 11 cards', disabled: false }).click();
    const dialog = page.getByRole('dialog', { name: 'Merge 11 cards?' });
    await dialog.getByText(/^Weakest link: cards \d+ and \d+/).waitFor();
    await eventually(() => dialog.getByRole('listitem').count()).toBe(11);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(await cardCount()).toBe(SAMPLE_COUNT + 11);
    await page.getByRole('button', { name: 'Merge 11 cards' }).click();
    await dialog.getByRole('button', { name: 'Merge 11 cards' }).click();
    await toast('11 cards merged into Zeno Quist.').waitFor();
    expect(await cardCount()).toBe(SAMPLE_COUNT + 1);
  });
});

inBrowser('cards of a reader who never asked for duplicates', { width: 390 }, () => {
  it('are looked through as soon as the page is opened, and again after a file brought more', async () => {
    const { page, reader } = here;
    const raw = { raw: SAMPLE_BOOK, headers: { 'Content-Type': 'text/vcard' } };
    await reader.api.call('importObjects', { parameters: { id: reader.bookId }, query: { policy: 'skip' }, ...raw });
    await signIn(page, reader);
    await eventually(() => clusters().count()).toBe(3);

    here.stage.server.clock.advance(1000);
    await page.goto('/#/books');
    await page
      .getByRole('button', { name: /^Import/ })
      .first()
      .click();
    const pair = ['one', 'two'].map((uid) => `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:${uid}\r\n${ZENO}END:VCARD\r\n`);
    const file = { name: 'more.vcf', mimeType: 'text/vcard', buffer: Buffer.from(pair.join('')) };
    await page.locator('input[type=file]').setInputFiles(file);
    await dialog().getByRole('button', { name: 'Import' }).click();
    await dialog().getByText('2 new').waitFor();
    await dialog().getByRole('button', { name: 'Import', exact: true, disabled: false }).waitFor();
    await page.goto('/#/duplicates');
    await cluster('Zeno Quist').waitFor();
  });
});
