/** The shared corpus beside the project, where it is checked out: tests that need it are skipped elsewhere. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../../../shared/corpus');

export const hasCorpus = existsSync(path.join(ROOT, 'MANIFEST.json'));

export function corpusBytes(file: string): Buffer {
  return readFileSync(path.join(ROOT, file));
}

export function corpusHas(file: string): boolean {
  return existsSync(path.join(ROOT, file));
}

function json<T>(file: string): T {
  return JSON.parse(corpusBytes(file).toString('utf8')) as T;
}

/** The cases of a table in `expected/`. */
export function expectedCases<T>(file: string): T[] {
  return hasCorpus ? json<{ cases: T[] }>(`expected/${file}`).cases : [];
}

export interface ManifestEntry {
  readonly file: string;
  readonly kind: string;
  readonly expected: { readonly parse: string; readonly put_constraints_broken?: readonly string[] };
}

export function manifest(): ManifestEntry[] {
  return hasCorpus ? json<{ files: ManifestEntry[] }>('MANIFEST.json').files : [];
}

export interface HostileCase {
  readonly name: string;
  readonly kind: string;
  readonly expect: string;
  readonly parts: readonly { readonly t?: string; readonly b64?: string; readonly n: number }[];
}

export function hostileCases(): HostileCase[] {
  return hasCorpus ? json<{ cases: HostileCase[] }>('hostile/hostile.json').cases : [];
}

/** Bytes of a hostile case: its parts repeated, `%i%` counting up. */
export function hostileBytes({ parts }: HostileCase): Buffer {
  const pieces = parts.map(({ t = '', b64, n }) => {
    if (b64 !== undefined) return Buffer.concat(Array<Buffer>(n).fill(Buffer.from(b64, 'base64')));
    if (!t.includes('%i%')) return Buffer.from(t.repeat(n));
    return Buffer.from(Array.from({ length: n }, (_, index) => t.replaceAll('%i%', String(index))).join(''));
  });
  return Buffer.concat(pieces);
}
