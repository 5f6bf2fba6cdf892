/** The built page: how much script comes before anything lazy, and nothing that a strict policy refuses. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Octets of gzipped script that the first sight of the page may need. */
const BUDGET = 60_000;
const CONFIG = path.resolve(import.meta.dirname, '../../src/web/vite.config.ts');

let folder = '';
const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8');

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'doublon-web-'));
  await build({ configFile: CONFIG, logLevel: 'error', build: { outDir: folder, emptyOutDir: true } });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The scripts of the start page and whatever they import without being asked, by name. */
function firstScripts(): Set<string> {
  const found = new Set<string>();
  const follow = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    for (const [, imported] of read(name).matchAll(/(?:import|from)\s*["']\.\/([^"']+\.js)["']/g))
      follow(`assets/${imported}`);
  };
  for (const [, name] of read('index.html').matchAll(/(?:src|href)="\.\/([^"]+\.js)"/g)) follow(name!);
  return found;
}

describe('the built page', () => {
  it('needs at most 60 kB of gzipped script before lazy parts, one language included', () => {
    const languages = readdirSync(path.join(folder, 'assets')).filter((name) => /^(en|de|fr|it)-/.test(name));
    const sizes = languages.map((name) => gzipSync(read(`assets/${name}`)).length);
    const total = [...firstScripts()].reduce((sum, name) => sum + gzipSync(read(name)).length, Math.max(...sizes));
    // one file: the words are asked for while it is read
    expect(firstScripts().size).toBe(1);
    expect(total).toBeLessThanOrEqual(BUDGET);
  });

  it('holds no inline script or style', () => {
    const html = read('index.html');
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
    expect([...html.matchAll(/<script[^>]*>([^<]*)</g)].map(([, code]) => code)).toEqual(['']);
  });

  it('names its files by their content, so that they can be kept for ever', () => {
    const names = readdirSync(path.join(folder, 'assets'));
    for (const name of names) expect(name).toMatch(/-[\w-]{8}\.(js|css|svg)$/);
  });

  it('leaves pages other than the duplicates for later', () => {
    expect([...firstScripts()].filter((name) => /(contacts|books|history|set-up)-page/.test(name))).toEqual([]);
  });
});
