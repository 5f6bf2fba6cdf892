/** What all browser tests of a run share: the page, built once, and one Chromium without a screen. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type BrowserServer, chromium } from 'playwright-core';
import { build } from 'vite';

/** The shell first: it is the same Chromium without windows, and takes less than half the processor time. */
const PLACES = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'];

/** Path of a Chromium; undefined where there is none. */
export const CHROMIUM = [
  process.env.DOUBLON_TEST_CHROMIUM ?? '',
  ...PLACES.map((name) => path.join('/usr/bin', name)),
].find((place) => existsSync(place));

export interface BrowserFarm {
  /** Folder of the built page. */
  readonly webFolder: string;
  /** Where playwright connects to. */
  readonly endpoint: string;
}

/** Builds the page and launches the browser; `close` ends and removes both. */
export async function openBrowserFarm(): Promise<BrowserFarm & { close(): Promise<void> }> {
  const webFolder = mkdtempSync(path.join(os.tmpdir(), 'doublon-page-'));
  const configFile = path.resolve(import.meta.dirname, '../../src/web/vite.config.ts');
  const launched = chromium.launchServer({ executablePath: CHROMIUM!, args: ['--no-sandbox'] });
  try {
    await build({ configFile, logLevel: 'error', build: { outDir: webFolder, emptyOutDir: true } });
    const browser = await launched;
    return { webFolder, endpoint: browser.wsEndpoint(), close: () => closing(webFolder, browser) };
  } catch (error) {
    await closing(webFolder, await launched.catch(() => undefined));
    throw error;
  }
}

async function closing(webFolder: string, browser: BrowserServer | undefined): Promise<void> {
  await browser?.close();
  rmSync(webFolder, { recursive: true, force: true });
}
