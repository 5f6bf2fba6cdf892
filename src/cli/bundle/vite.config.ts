/** Builds `doublon scan` to dist/cli/scan.cjs, with a list of the files that it was made of. */
import path from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { COLUMNS, TYPES_READ } from '../../dedup/normalize/numbering-plan.ts';
import { LETTERS, stampOf } from './load.mjs';

const PROJECT = path.resolve(import.meta.dirname, '../../..');

/** Tells the launcher what the bundle was made of: it runs the sources where one of them has changed since. */
const listOfSources: Plugin = {
  name: 'list-of-sources',
  generateBundle(_, bundle) {
    const modules = Object.values(bundle).flatMap((output) => (output.type === 'chunk' ? output.moduleIds : []));
    const own = modules.map((file) => path.relative(PROJECT, file)).filter((file) => file.startsWith('src'));
    const sources = [...own, 'package-lock.json'].map((file) => [file, stampOf(path.join(PROJECT, file))]);
    this.emitFile({ type: 'asset', fileName: 'scan.sources.json', source: JSON.stringify(sources) });
  },
};

/** What is read of the numbering plans, which is a third; V8 reads a long text of JSON faster than the same as a program. */
const metadataAsText: Plugin = {
  name: 'metadata-as-text',
  transform(code, id) {
    if (!id.endsWith('/metadata.max.json.js')) return undefined;
    const json = code.slice(code.indexOf('{')).replace(/;?\s*$/, '');
    const { countries, country_calling_codes } = JSON.parse(json) as Metadata;
    const read = Object.entries(countries).map(([country, row]) => [country, row.map(ofPlan)]);
    const text = JSON.stringify({ countries: Object.fromEntries(read), country_calling_codes });
    return `export default JSON.parse(${JSON.stringify(text)});`;
  },
};

interface Metadata {
  readonly countries: Readonly<Record<string, readonly unknown[]>>;
  readonly country_calling_codes: object;
}

const READ = new Set<number>(Object.values(COLUMNS));

function ofPlan(cell: unknown, column: number): unknown {
  if (!READ.has(column)) return 0;
  return column === COLUMNS.types && Array.isArray(cell) ? cell.slice(0, TYPES_READ) : cell;
}

/**
 * What is read of a language's letters is half of the program, and a book of one language needs a little of it: it comes from a file of
 * its own, once a letter asks for it.
 */
const lettersAside: Plugin = {
  name: 'letters-aside',
  transform(_, id) {
    if (id !== BLOCKS) return undefined;
    return `let blocks; export default (number) => (blocks ??= readLines('${LETTERS}'))[number] ?? '';`;
  },
  async generateBundle() {
    const { default: block } = (await import(BLOCKS)) as { default(number: number): string };
    const lines = Array.from({ length: LETTER_BLOCKS }, (_, number) => block(number));
    this.emitFile({ type: 'asset', fileName: LETTERS, source: lines.join('\n') });
  },
};

const BLOCKS = path.join(PROJECT, 'node_modules/any-ascii/block.js');
/** Of 256 letters each. */
const LETTER_BLOCKS = 0x1100;

const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** One function in plain ASCII: that takes half the memory, and need neither be decoded nor put together. */
const plainAscii: Plugin = {
  name: 'plain-ascii',
  generateBundle(_, bundle) {
    for (const output of Object.values(bundle))
      if (output.type === 'chunk')
        output.code = `(function (exports, require, readLines) {${output.code.replace(/[^\x00-\x7f]/g, escaped)}\n})`;
  },
};

export default defineConfig({
  root: PROJECT,
  publicDir: false,
  plugins: [metadataAsText, lettersAside, plainAscii, listOfSources],
  ssr: { noExternal: true },
  build: {
    ssr: 'src/cli/scan-alone.ts',
    outDir: 'dist/cli',
    emptyOutDir: true,
    target: 'node26',
    minify: false,
    // the launcher takes the sources for a table
    rolldownOptions: {
      external: /\/vcard\/table\//,
      output: { format: 'cjs', entryFileNames: 'scan.cjs', comments: false },
    },
  },
});
