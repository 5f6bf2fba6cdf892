/** The one file that `npm run build` makes of `doublon scan`: it answers as the sources do, and never stands in for changed ones. */
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadScan } from '../../src/cli/bundle/load.mjs';
import { main } from '../../src/cli/main.ts';
import { inventedBook } from '../bench/invented-book.ts';

const BUNDLE = path.resolve(import.meta.dirname, '../../src/cli/bundle');

let folder: string;
const at = (name: string): string => path.join(folder, name);
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'doublon-bundle-'));
  const configFile = path.join(BUNDLE, 'vite.config.ts');
  await build({ configFile, logLevel: 'error', build: { outDir: at('cli'), emptyOutDir: true } });
  const foreign = ['Jürgen Großmann', 'Иван Петров', '王 小明'].flatMap((name) =>
    ['+49 151 23456789', '+49 151 98765432'].map((number) =>
      Buffer.from(`BEGIN:VCARD\r\nVERSION:3.0\r\nFN:${name}\r\nTEL:${number}\r\nEND:VCARD\r\n`),
    ),
  );
  writeFileSync(at('book.vcf'), Buffer.concat([...inventedBook(294), ...foreign]));
});
afterAll(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** All that a scan says and writes. */
async function scanBy(run: (args: readonly string[]) => Promise<number>, ...more: string[]): Promise<unknown[]> {
  let said = '';
  const listen = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  const code = await run(['scan', at('book.vcf'), '--json', at('clusters'), '--pairs', at('pairs'), ...more]);
  listen.mockRestore();
  return [code, said, readFileSync(at('clusters'), 'utf8'), readFileSync(at('pairs'), 'utf8')];
}

describe('the bundle of doublon scan', () => {
  it('says and writes what the sources do', async () => {
    const answer = await scanBy(main);
    expect(answer[1]).toMatch(/^300 cards/);
    expect(await scanBy(loadScan(at('cli'))!.main)).toEqual(answer);
  });

  it('refuses words as the sources do', async () => {
    const complaints: string[] = [];
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => complaints.push(String(text)) > 0);
    for (const run of [main, loadScan(at('cli'))!.main]) expect(await run(['scan', '--limit', '-1', 'x'])).toBe(2);
    expect(complaints[0]).toContain('usage: doublon scan FILE.vcf|FILE.csv');
    expect(complaints[1]).toBe(complaints[0]);
  });

  it('is left aside once a file that it was made of has changed, and where there is none', () => {
    const list = JSON.parse(readFileSync(at('cli/scan.sources.json'), 'utf8')) as [string, string][];
    expect(list.map(([file]) => file)).toContain('src/dedup/weights.ts');
    const changed = list.map(([file, stamp]) => [file, file.endsWith('weights.ts') ? 'another' : stamp]);
    writeFileSync(at('cli/scan.sources.json'), JSON.stringify(changed));
    expect(loadScan(at('cli'))).toBeUndefined();
    expect(loadScan(at('nowhere'))).toBeUndefined();
    writeFileSync(at('cli/scan.sources.json'), JSON.stringify(list));
    expect(loadScan(at('cli'))).toBeDefined();
  });

  it('is left aside when it is damaged, or the letters beside it are gone', () => {
    renameSync(at('cli/any-ascii.txt'), at('letters'));
    expect(loadScan(at('cli'))).toBeUndefined();
    renameSync(at('letters'), at('cli/any-ascii.txt'));
    expect(loadScan(at('cli'))).toBeDefined();
    const built = at('cli/scan.cjs');
    writeFileSync(built, readFileSync(built).subarray(0, 5000));
    expect(loadScan(at('cli'))).toBeUndefined();
  });
});
