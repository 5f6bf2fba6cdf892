/** Labelled address books for measuring the engine: cards and truth, read from gzipped files. */
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { extractRecord } from '../../src/dedup/extract/extract.ts';
import type { ContactRecord } from '../../src/dedup/types.ts';
import { readCard } from '../../src/vcard/card.ts';

export interface Dataset {
  readonly name: string;
  readonly records: readonly ContactRecord[];
  /** True cluster by record id. */
  readonly truth: ReadonlyMap<string, string>;
  /** Pairs that must not be merged, by what they are. */
  readonly negatives: readonly { readonly a: string; readonly b: string; readonly type: string }[];
}

/** Cards of a file with many, cut at their END lines; undone gzip where there is one. */
export function readCards(path: string): Buffer[] {
  const file = readFileSync(path);
  const octets = file[0] === 0x1f && file[1] === 0x8b ? gunzipSync(file) : file;
  const cards: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = octets.indexOf('END:VCARD', at);
    if (end < 0) return cards;
    cards.push(octets.subarray(at, end + 9));
    at = end + 9;
    while (octets[at] === 13 || octets[at] === 10) at++;
  }
}

function readJsonLines<T>(path: string): T[] {
  if (!existsSync(path)) return [];
  const file = readFileSync(path);
  const text = (file[0] === 0x1f ? gunzipSync(file) : file).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): T => JSON.parse(line));
}

/** Loads `BASE.vcf.gz`, `BASE.truth.jsonl.gz` and `BASE.negatives.jsonl.gz` (or without `.gz`). */
export function loadDataset(base: string, region: string | undefined): Dataset {
  const suffix = existsSync(`${base}.vcf.gz`) ? '.gz' : '';
  const truth = new Map<string, string>();
  for (const row of readJsonLines<{ uid: string; cluster: string; kind: string }>(`${base}.truth.jsonl${suffix}`))
    if (row.kind !== 'group') truth.set(row.uid, row.cluster);
  const options = region ? { region } : {};
  const records = readCards(`${base}.vcf${suffix}`).map((octets) => extractRecord(readCard(octets), options));
  const negatives = readJsonLines<Dataset['negatives'][number]>(`${base}.negatives.jsonl${suffix}`);
  return { name: base.split('/').at(-1)!, records, truth, negatives };
}
