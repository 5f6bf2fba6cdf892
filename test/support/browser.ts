/** The page in a real browser: Debian's Chromium driven by playwright-core, against a server of the test's own. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { expect } from 'vitest';
import { createOrganisation, createPrincipal } from '../../src/commands/accounts.ts';
import type { Role } from '../../src/store/schema.ts';
import { type ApiClient, apiClient, basic } from './api-client.ts';
import { type ServerOptions, startServer, type TestServer } from './server.ts';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Path of a Chromium; undefined where there is none. */
export const CHROMIUM = [process.env.DOUBLON_TEST_CHROMIUM ?? '', ...PLACES].find((place) => existsSync(place));

if (CHROMIUM === undefined) {
  console.warn('Skipped: tests in a real browser, because no Chromium was found. On Debian: apt-get install chromium');
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

/** Builds the page, starts a server that serves it, and a browser. Call in beforeAll, `close` in afterAll. */
export async function openStage(options: ServerOptions = {}): Promise<BrowserStage> {
  const webFolder = mkdtempSync(path.join(os.tmpdir(), 'doublon-page-'));
  const configFile = path.resolve(import.meta.dirname, '../../src/web/vite.config.ts');
  await build({ configFile, logLevel: 'error', build: { outDir: webFolder, emptyOutDir: true } });
  // The browser judges cookies by the machine's clock, so the server begins at the same time.
  const server = await startServer({ webFolder, now: Date.now(), ...options });
  const browser = await chromium.launch({ executablePath: CHROMIUM!, args: ['--no-sandbox'] });
  return {
    server,
    open: (options) => openPage(browser, server.url, options),
    async close() {
      await browser.close();
      await server.stop();
      rmSync(webFolder, { recursive: true, force: true });
    },
  };
}

async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Stand> {
  const context = await browser.newContext({ baseURL: url, locale: 'en-GB', ...options });
  const page = await context.newPage();
  // A guard against hanging, not a measure: the machine may be busy.
  page.setDefaultTimeout(45_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) complaints.push(message.text());
  });
  const close = async () => {
    await context.close();
    expect(complaints).toEqual([]);
  };
  return { page, close };
}

export interface Reader {
  readonly name: string;
  readonly password: string;
  readonly api: ApiClient;
  readonly bookId: string;
}

let readers = 0;

/** A user with `vcards` in the address book, in which duplicates were looked for; alone in its organisation. */
export async function newReader(server: TestServer, vcards = '', role: Role = 'member'): Promise<Reader> {
  const account = { name: `reader${++readers}`, password: 'correct horse battery' };
  const organisationId = await createOrganisation(server.context, `organisation of ${account.name}`);
  await createPrincipal(server.context, { organisationId, kind: 'user', displayName: 'Rita Reader', role, ...account });
  const api = apiClient(server.url, basic(account.name, account.password));
  const { items } = await api.call('listCollections');
  const bookId = items.find((item) => item.kind === 'addressbook')!.id;
  if (vcards !== '') {
    const raw = { raw: vcards, headers: { 'Content-Type': 'text/vcard' } };
    await api.call('importObjects', { parameters: { id: bookId }, query: { policy: 'skip' }, ...raw });
    const run = await api.call('startRun');
    while ((await api.call('showRun', { parameters: { id: run.id } })).state === 'running') await setTimeout(50);
  }
  return { ...account, api, bookId };
}

/** Signs in through the form and waits for the first page. */
export async function signIn(page: Page, reader: Pick<Reader, 'name' | 'password'>, route = ''): Promise<void> {
  await page.goto(`/${route}`);
  await page.locator('#name').fill(reader.name);
  await page.locator('#password').fill(reader.password);
  await page.locator('form button[type=submit]').click();
  await page.locator('.top-bar [aria-current=page]').waitFor();
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds on the page as it is now that hinders people: one line each, serious and critical ones. */
export async function seriousFindings(page: Page): Promise<string[]> {
  // Half-faded colours are not what the reader ends up with.
  await page.evaluate('Promise.all(document.getAnimations().map((animation) => animation.finished))');
  await page.evaluate(AXE);
  const results = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as AxeResults;
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
