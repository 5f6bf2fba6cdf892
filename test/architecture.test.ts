/** The house rules of src/README.md hold, and would be seen broken. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { breaches, MOST_FUNCTION_LINES, MOST_LINES, readAllowances } from './support/architecture.ts';
import { readTree, type SourceFile } from './support/source-tree.ts';

const PROJECT = path.resolve(import.meta.dirname, '..');
const MAP = readFileSync(path.join(PROJECT, 'src/README.md'), 'utf8');

const file = (name: string, ...lines: string[]): SourceFile => ({
  path: name,
  text: ['/** A file. */', ...lines].join('\n'),
});
const brokenBy = (...files: SourceFile[]) => breaches(files, MAP);

describe('the source tree', () => {
  it('keeps the import arrows, fences, sizes and names that src/README.md sets down', () => {
    expect(breaches(readTree(PROJECT, 'src'), MAP)).toEqual([]);
  });

  it('has a row in the map for every folder, and no row without a folder', () => {
    const folders = new Set(readTree(PROJECT, 'src').map((each) => each.path.split('/').slice(1, -1)[0]));
    folders.delete(undefined);
    expect([...readAllowances(MAP).keys()].sort()).toEqual([...folders].sort());
  });
});

describe('objects of a calendar', () => {
  /** Cards, what only writers are shown, and times and sizes of what is asked for by its name. */
  const BESIDE = [
    ...['src/api/handlers/conflict-copies.ts', 'src/api/handlers/reachable.ts', 'src/api/handlers/stored-cards.ts'],
    ...['src/dav/methods/put.ts', 'src/dav/properties/principal-address.ts', 'src/dav/reports/addressbook-query.ts'],
    ...['src/dav/reports/free-busy-query.ts', 'src/dav/reports/multiget.ts'],
  ];

  it('are read for people by commands/seen-objects.ts, which keeps back what is private', () => {
    const reads =
      /^import (?!type)\{(?! type [^,]+ \})[^}]*\} from '[./]+store\/(?:objects|object-pages|object-texts)\.ts'/m;
    const rims = ['api', 'dav', 'http'].flatMap((folder) => readTree(PROJECT, `src/${folder}`));
    expect(rims.filter(({ text }) => reads.test(text)).map((each) => each.path)).toEqual(BESIDE);
  });
});

describe('the rules', () => {
  it('see an import against the arrows', () => {
    expect(brokenBy(file('src/store/rows.ts', "import { put } from '../commands/put-object.ts';"))).toEqual([
      'src/store/rows.ts may not import src/commands/put-object.ts',
    ]);
  });

  it('see a re-export and an import() against the arrows', () => {
    expect(
      brokenBy(file('src/dav/a.ts', "export { b } from '../api/b.ts';", "await import('../cli/main.ts');")),
    ).toEqual(['src/dav/a.ts may not import src/api/b.ts', 'src/dav/a.ts may not import src/cli/main.ts']);
  });

  it('see an import of the files that put everything together', () => {
    expect(brokenBy(file('src/dav/a.ts', "import { readConfig } from '../config.ts';"))).toHaveLength(1);
  });

  it('let a page take types of the contract, and nothing that runs', () => {
    const types = file('src/web/api.ts', "import type { Session } from '../api/contract/account.ts';");
    const values = file('src/web/api.ts', "import { Session } from '../api/contract/account.ts';");
    expect(brokenBy(types)).toEqual([]);
    expect(brokenBy(values)).toEqual(['src/web/api.ts may not import src/api/contract/account.ts']);
  });

  it('take "anything but" as it reads', () => {
    expect(brokenBy(file('src/cli/a.ts', "import { a } from '../store/a.ts';"))).toEqual([]);
    expect(brokenBy(file('src/cli/a.ts', "import { a } from '../dav/a.ts';"))).toHaveLength(1);
  });

  it('see a folder that the map does not name', () => {
    expect(brokenBy(file('src/extras/a.ts'))).toEqual(['src/extras/a.ts is in a folder that the map does not name']);
  });

  it.each([
    ['src/commands/a.ts', 'kysely'],
    ['src/commands/a.ts', 'pg'],
    ['src/store/a.ts', 'pg-boss'],
    ['src/dav/a.ts', 'ical.js'],
    ['src/commands/a.ts', 'koa'],
    ['src/dav/a.ts', 'saxes'],
    ['src/dedup/a.ts', 'vcf'],
    ['src/base/log.ts', 'pino'],
  ])('keep in %s off %s', (name, module) => {
    expect(brokenBy(file(name, `import thing from '${module}';`))).toEqual([`${name} may not import ${module}`]);
  });

  it.each([
    ['process.env.HOME', 'process.env'],
    ['Date.now()', 'Date.now'],
    ['new Date()', 'new Date()'],
    ['Math.random()', 'Math.random'],
  ])('see %s', (expression, name) => {
    expect(brokenBy(file('src/dav/a.ts', `export const a = ${expression};`))).toEqual([
      `src/dav/a.ts may not use ${name}`,
    ]);
  });

  it('let a given time become a Date', () => {
    expect(brokenBy(file('src/dav/a.ts', 'export const a = (now: number) => new Date(now);'))).toEqual([]);
  });

  it('see a file and a function that are too long, but let a table of data be', () => {
    const data = Array.from({ length: MOST_LINES }, (_, line) => `export const a${line} = ${line};`);
    const body = Array.from({ length: MOST_FUNCTION_LINES }, () => '  void 0;');
    expect(brokenBy(file('src/dav/a.ts', ...data))).toEqual([]);
    const small = ['export function g() {', ...body.slice(0, 40), '}'];
    expect(brokenBy(file('src/dav/a.ts', ...data, ...small))).toEqual([`src/dav/a.ts has ${MOST_LINES + 43} lines`]);
    expect(brokenBy(file('src/dav/a.ts', 'export function f() {', ...body, '}'))).toEqual([
      `src/dav/a.ts has a function of ${MOST_FUNCTION_LINES + 2} lines at line 2`,
    ]);
  });

  it('see a ring of imports, but not one made of types', () => {
    const ring = (word: string) => [
      file('src/dav/a.ts', `${word} { b } from './b.ts';`),
      file('src/dav/b.ts', `${word} { c } from './c.ts';`),
      file('src/dav/c.ts', `${word} { a } from './a.ts';`),
    ];
    expect(brokenBy(...ring('import'))).toEqual([
      'src/dav/a.ts → src/dav/b.ts → src/dav/c.ts → src/dav/a.ts is a cycle',
    ]);
    expect(brokenBy(...ring('import type'))).toEqual([]);
  });

  it('see a name that says nothing, and a file without a first sentence', () => {
    expect(brokenBy(file('src/dav/utils.ts'))).toHaveLength(1);
    expect(brokenBy(file('src/dav/helpers/a.ts'))).toHaveLength(1);
    expect(brokenBy({ path: 'src/dav/a.ts', text: 'export {};' })).toHaveLength(1);
  });
});
