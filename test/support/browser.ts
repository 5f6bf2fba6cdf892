/** The page in a real browser: Debian's Chromium driven by playwright-core, against a server of the test file's own. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject } from 'vitest';
import { createOrganisation, createPrincipal } from '../../src/commands/accounts.ts';
import type { Role } from '../../src/store/schema/accounts.ts';
import { type ApiClient, apiClient, basic } from './api-client.ts';
import { search } from './api-person.ts';
import { type BrowserFarm, CHROMIUM } from './browser-farm.ts';
import { type ServerOptions, startServer, type TestServer } from './server.ts';

if (CHROMIUM === undefined) {
  console.warn(
    'Skipped: tests in a real browser, because no Chromium was found. On Debian: apt-get install chromium-headless-shell',
  );
}

export interface BrowserStage {
  readonly server: TestServer;
  /** A page of its own session; what it complains about is collected until `close`. */
  open(options?: BrowserContextOptions): Promise<Stand>;
  close(): Promise<void>;
}

export interface Stand {
  readonly page: Page;
  /** Closes the page; fails when it threw, or when the Content-Security-Policy refused something. */
  close(): Promise<void>;
}

/** Starts a server that serves the page, and joins the browser of the run. Call in beforeAll, `close` in afterAll. */
export async function openStage(options: ServerOptions = {}): Promise<BrowserStage> {
  const { webFolder, endpoint } = (await (await fetch(new URL('browser', inject('farm')))).json()) as BrowserFarm;
  // The browser judges cookies by the machine's clock, so the server begins at the same time.
  const server = await startServer({ webFolder, now: Date.now(), ...options });
  const browser = await chromium.connect(endpoint);
  return {
    server,
    open: standsOf(browser, server.url),
    async close() {
      await browser.close();
      await server.stop();
    },
  };
}

/** Opens pages; one that was closed is emptied and given out again, since a fresh context costs more than most tests. */
function standsOf(browser: Browser, url: string): BrowserStage['open'] {
  const idle = new Map<string, ListeningPage[]>();
  return async (options = {}) => {
    const settings: BrowserContextOptions = { baseURL: url, locale: 'en-GB', ...options };
    const kind = JSON.stringify(settings);
    const listening = idle.get(kind)?.pop() ?? (await openPage(browser, settings));
    const close = async () => {
      await emptied(listening.page, settings);
      idle.set(kind, [...(idle.get(kind) ?? []), listening]);
      expect(listening.complaints.splice(0)).toEqual([]);
    };
    return { page: listening.page, close };
  };
}

interface ListeningPage {
  readonly page: Page;
  readonly complaints: string[];
}

async function openPage(browser: Browser, settings: BrowserContextOptions): Promise<ListeningPage> {
  const page = await (await browser.newContext(settings)).newPage();
  // A guard against hanging, not a measure: the machine may be busy.
  page.setDefaultTimeout(45_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) complaints.push(message.text());
  });
  return { page, complaints };
}

/** Nothing of the last test is left: no session, no preference, no intercepted request, no other width or scheme. */
async function emptied(page: Page, { viewport, colorScheme }: BrowserContextOptions): Promise<void> {
  await page.unrouteAll();
  // A page that shows no document of the server's has no storage to be asked for.
  await page.evaluate('try { localStorage.clear(); sessionStorage.clear(); } catch {}');
  await page.goto('about:blank');
  await page.context().clearCookies();
  if (viewport) await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme: colorScheme ?? null, reducedMotion: null });
}

export interface Suite {
  readonly server?: ServerOptions;
  /** What each test's reader has in the address book. */
  readonly vcards?: string;
  readonly role?: Role;
  /** Of the window, in pixels. */
  readonly width?: number;
}

const TIMEOUT = 240_000;
let stage: BrowserStage;
let stand: Stand;
let reader: Reader;

/** The test that runs now: where it plays, and who reads. */
export const here = {
  get stage() {
    return stage;
  },
  get page() {
    return stand.page;
  },
  get reader() {
    return reader;
  },
};

/** A message that the page shows for a while. */
export const toast = (text: string | RegExp) => here.page.locator('.toast').getByText(text);
export const dialog = () => here.page.getByRole('dialog');

/** Tests that share a server and have a reader and an open page each; skipped where there is no browser. */
export function inBrowser(name: string, suite: Suite, define: () => void): void {
  describe.skipIf(CHROMIUM === undefined)(name, { timeout: TIMEOUT }, () => {
    beforeAll(async () => {
      stage = await openStage(suite.server);
    });
    afterAll(() => stage?.close());
    beforeEach(async () => {
      reader = await newReader(stage.server, suite.vcards, suite.role);
      stand = await stage.open({ viewport: { width: suite.width ?? 1200, height: 860 } });
    });
    afterEach(() => stand.close());
    define();
  });
}

interface Account {
  readonly name: string;
  readonly password: string;
}

export interface Reader extends Account {
  readonly api: ApiClient;
  readonly bookId: string;
  readonly organisationId: string;
  readonly principalId: string;
}

let readers = 0;

/** A user with `vcards` in the address book, in which duplicates were looked for; alone in its organisation. */
export async function newReader(server: TestServer, vcards = '', role: Role = 'member'): Promise<Reader> {
  const account = { name: `reader${++readers}`, password: 'correct horse battery' };
  const organisationId = await createOrganisation(server.context, `organisation of ${account.name}`);
  const wanted = { organisationId, kind: 'user' as const, displayName: 'Rita Reader', role, ...account };
  const principalId = await createPrincipal(server.context, wanted);
  const api = apiClient(server.url, basic(account.name, account.password));
  const { items } = await api.call('listCollections');
  const bookId = items.find((item) => item.kind === 'addressbook')!.id;
  const reader = { ...account, api, bookId, organisationId, principalId };
  if (vcards !== '') await fillBook(reader, vcards);
  return reader;
}

/** Imports the cards into the reader's address book and looks for duplicates there. */
export async function fillBook({ api, bookId }: Reader, vcards: string): Promise<void> {
  const raw = { raw: vcards, headers: { 'Content-Type': 'text/vcard' } };
  await api.call('importObjects', { parameters: { id: bookId }, query: { policy: 'skip' }, ...raw });
  await search(api);
}

/** Signs in beside the page, whose form has tests of its own, opens it and waits until it is whole. */
export async function signIn(page: Page, { name, password }: Account, route = ''): Promise<void> {
  const answer = await page.request.post('/api/v1/session', { data: { name, password } });
  if (!answer.ok()) throw new Error(`${name} cannot sign in: ${await answer.text()}`);
  await page.goto(`/${route}`);
  await page.locator('.top-bar [aria-current=page]').waitFor();
}

/** Signs in through the form. */
export async function fillSignInForm(page: Page, { name, password }: Account): Promise<void> {
  await page.locator('#name').fill(name);
  await page.locator('#password').fill(password);
  await page.locator('form button[type=submit]').click();
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe-core finds on the page as it is now that hinders people: one line each, serious and critical ones. `rules`: only
 * these, such as those that depend on colours where all others were asked before.
 */
export async function seriousFindings(page: Page, rules?: readonly string[]): Promise<string[]> {
  // Half-faded colours are not what the reader ends up with.
  await page.evaluate('Promise.all(document.getAnimations().map((animation) => animation.finished))');
  // Reading it costs more than running it; it stays until another document is loaded.
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(AXE);
  const options = { resultTypes: ['violations'], ...(rules ? { runOnly: { type: 'rule', values: rules } } : {}) };
  const results = (await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`)) as AxeResults;
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary}`));
}

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string | null;
    readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary: string }[];
  }[];
}

/** Expects of what `read` gives that it comes true before long. */
export const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 45_000 });
