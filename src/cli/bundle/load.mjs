// What `npm run build` makes of `doublon scan`: one file instead of eighty, and what V8 compiled of it. Plain JavaScript, since the
// launcher reads it before anything else.
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import vm from 'node:vm';

/** The file beside the bundle that says how letters are read. */
export const LETTERS = 'any-ascii.txt';

const project = path.resolve(import.meta.dirname, '../../..');

/**
 * The exports of the bundle with `keepCode`, which writes what V8 has compiled of it since; undefined where there is no bundle, it is
 * damaged, or a file that it was made of has changed.
 */
export function loadScan(folder = path.join(project, 'dist/cli')) {
  try {
    return loaded(folder);
  } catch {
    return undefined;
  }
}

function loaded(folder) {
  const built = path.join(folder, 'scan.cjs');
  const sources = read(path.join(folder, 'scan.sources.json'));
  const code = sources && isMadeOf(JSON.parse(sources.toString())) && read(built);
  if (!code || !existsSync(path.join(folder, LETTERS))) return undefined;
  const compiled = path.join(folder, 'scan.code');
  const cachedData = read(compiled);
  const script = new vm.Script(code.latin1Slice(), {
    filename: built,
    ...(cachedData && { cachedData }),
  });
  const exports = {};
  const readLines = (file) => readFileSync(path.join(folder, file), 'latin1').split('\n');
  script.runInThisContext()(exports, createRequire(built), readLines);
  return { ...exports, keepCode: () => writeFileSync(compiled, script.createCachedData()) };
}

const isMadeOf = (sources) => sources.every(([file, stamp]) => stampOf(`${project}/${file}`) === stamp);

/** Size and second of the last change: cheaper than a digest of eighty files, and what copies into an image keep. */
export function stampOf(file) {
  const { size, mtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? { size: 0, mtimeMs: 0 };
  return `${size} ${Math.floor(mtimeMs / 1000)}`;
}

function read(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
