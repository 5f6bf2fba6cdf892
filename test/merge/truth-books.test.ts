/** Whole address books merged by their truth, judged by the check that comes with them, where they are at hand. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { mergeBook } from '../../src/merge/merge-book.ts';
import { undoMerge } from '../../src/merge/unmerge.ts';
import { type Card, isGroup, readCard, uidOf } from '../../src/vcard/card.ts';
import { splitCards } from '../../src/vcard/split.ts';

const DATA = path.resolve(import.meta.dirname, '../../../shared/dedup-data');
const CHECK = path.join(DATA, 'gen/check-merge.mjs');
const zipped = (name: string): Buffer => gunzipSync(readFileSync(path.join(DATA, 'dev', name)));

async function readBook(name: string): Promise<Map<string, Card>> {
  const cards = new Map<string, Card>();
  for await (const item of splitCards(zipped(`${name}.vcf.gz`), { maxSize: 1 << 24 })) {
    if (item.kind !== 'card') throw new Error(`${item.kind} at line ${item.line}`);
    const card = readCard(item.octets);
    cards.set(uidOf(card)!, card);
  }
  return cards;
}

/** UIDs of each person with several cards, the reference first. */
function clusters(name: string, cards: ReadonlyMap<string, Card>): string[][] {
  const rows = zipped(`${name}.truth.jsonl.gz`).toString().split('\n').filter(Boolean);
  const truth = rows.map((row) => JSON.parse(row) as { readonly uid: string; readonly cluster: string });
  const single = truth.filter(({ uid }) => cards.has(uid) && !isGroup(cards.get(uid)!));
  const grouped = Map.groupBy(single, ({ cluster }) => cluster);
  return [...grouped.values()].map((rowsOf) => rowsOf.map(({ uid }) => uid)).filter((uids) => uids.length > 1);
}

describe.skipIf(!existsSync(CHECK)).each(['dev-2k', 'dev-20k'])('the book %s merged by its truth', (name) => {
  test('loses nothing, and each merge can be undone', async () => {
    const before = await readBook(name);
    const merges = clusters(name, before);
    expect(merges.length).toBeGreaterThan(100);
    const named = merges.map(([target, ...sources]) => ({ target: target!, sources }));
    const { cards } = mergeBook([...before.values()], named, { region: 'DE' });
    const after = new Map(cards.map((card) => [uidOf(card)!, card]));
    for (const { target, sources } of named) {
      const undone = undoMerge({
        referenceBefore: before.get(target)!,
        referenceAfter: after.get(target)!,
        referenceNow: after.get(target)!,
        sourcesBefore: sources.map((uid) => before.get(uid)!),
      });
      expect(undone.reference.equals(before.get(target)!.octets)).toBe(true);
    }
    expect(judge(name, after, merges)).toEqual([]);
  }, 180_000);
});

/** Names of the failures that the check reports, what is only information left out. */
function judge(name: string, after: ReadonlyMap<string, Card>, merges: readonly string[][]): string[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'merge-'));
  try {
    const [book, list] = [path.join(folder, 'after.vcf'), path.join(folder, 'merges.jsonl')];
    writeFileSync(book, Buffer.concat([...after.values()].map(({ octets }) => octets)));
    writeFileSync(list, merges.map((sources) => JSON.stringify({ target: sources[0], sources })).join('\n'));
    const input = ['--before', path.join(DATA, 'dev', `${name}.vcf.gz`), '--after', book, '--merges', list];
    const report = execFileSync(process.execPath, [CHECK, ...input], { encoding: 'utf8', maxBuffer: 1 << 26 });
    const result = JSON.parse(report.trim().split('\n').at(-1)!) as { readonly fails: Record<string, number> };
    return Object.keys(result.fails).filter((fail) => !fail.endsWith('(info)'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
