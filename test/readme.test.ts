/** The README names what there is: settings with their defaults, subcommands, commands of package.json; so does the file for Docker. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { SUBCOMMANDS } from '../src/cli/subcommands.ts';
import { readConfig } from '../src/config.ts';
import { SETTINGS } from '../src/settings.ts';

const PROJECT = path.resolve(import.meta.dirname, '..');
const README = readFileSync(path.join(PROJECT, 'README.md'), 'utf8');

/** Rows of the table whose header begins with `| header |`, cell by cell, without the code marks. */
function table(header: string): string[][] {
  const start = README.indexOf(`| ${header} |`);
  const rows = README.slice(start).split('\n\n')[0]!.split('\n').slice(2);
  return rows.map((row) => row.split(' | ').map((cell) => cell.replace(/^\| |\|$|`/g, '').trim()));
}

describe('docker-compose.yml', () => {
  it('hands over settings that there are', () => {
    const text = readFileSync(path.join(PROJECT, 'docker-compose.yml'), 'utf8');
    const named = Array.from(text.matchAll(/^ {6}(DOUBLON_\w+):/gm), ([, name]) => name);
    expect(named.length).toBeGreaterThan(10);
    expect(Object.keys(SETTINGS)).toEqual(expect.arrayContaining(named));
  });
});

describe('README.md', () => {
  it('lists every setting, and no other', () => {
    expect(table('setting').map(([name]) => name)).toEqual(Object.keys(SETTINGS));
  });

  it('gives the defaults that the program has', () => {
    const told = Object.fromEntries(table('setting').map(([name, preset]) => [name, preset!]));
    const { DATABASE_URL: _, DOUBLON_DATA: __, DOUBLON_BASE_URL: ___, ...plain } = told;
    expect(readConfig(plain)).toEqual(readConfig({}));
  });

  it('lists every subcommand, and no other', () => {
    const named = table('subcommand').map(([name]) => name);
    expect(named.sort()).toEqual([...SUBCOMMANDS.map(({ name }) => name), 'help, version'].sort());
  });

  it('names only npm commands that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync(path.join(PROJECT, 'package.json'), 'utf8')) as { scripts: object };
    const named = Array.from(README.matchAll(/npm run (\w+)/g), (match) => match[1]);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['start', 'test', ...named]));
  });

  it('points only at files that are there', () => {
    for (const [, link] of README.matchAll(/\]\((?!http)([^)#]+)\)/g)) {
      expect(existsSync(path.join(PROJECT, link!)), link).toBe(true);
    }
  });
});
