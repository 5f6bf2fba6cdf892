/** Builds `doublon scan` to dist/cli/scan.cjs, with a list of the files that it was made of. */
import path from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { stampOf } from './load.mjs';

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

/** V8 reads a long text of JSON faster than the same as a program. */
const metadataAsText: Plugin = {
  name: 'metadata-as-text',
  transform(code, id) {
    if (!id.endsWith('/metadata.max.json.js')) return undefined;
    const json = code.slice(code.indexOf('{')).replace(/;?\s*$/, '');
    return `export default JSON.parse(${JSON.stringify(JSON.stringify(JSON.parse(json)))});`;
  },
};

const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A file of plain ASCII takes half the memory, and need not be decoded. */
const plainAscii: Plugin = {
  name: 'plain-ascii',
  generateBundle(_, bundle) {
    for (const output of Object.values(bundle))
      if (output.type === 'chunk') output.code = output.code.replace(/[^\x00-\x7f]/g, escaped);
  },
};

export default defineConfig({
  root: PROJECT,
  publicDir: false,
  plugins: [metadataAsText, plainAscii, listOfSources],
  ssr: { noExternal: true },
  build: {
    ssr: 'src/cli/scan-alone.ts',
    outDir: 'dist/cli',
    emptyOutDir: true,
    target: 'node26',
    minify: false,
    rolldownOptions: { output: { format: 'cjs', entryFileNames: 'scan.cjs', comments: false } },
  },
});
