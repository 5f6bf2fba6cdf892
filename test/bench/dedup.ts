/** `npm run bench -- dedup [SIZES…]`: CPU, wall and memory of a full run and of one changed card, by size of the book. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { forEachCandidate, indexKeys } from '../../src/dedup/blocking/key-index.ts';
import { rescore, suggest } from '../../src/dedup/engine.ts';
import { extractRecord } from '../../src/dedup/extract/extract.ts';
import { distinctContents, statisticsOf } from '../../src/dedup/statistics.ts';
import type { ContactRecord } from '../../src/dedup/types.ts';
import { readCard } from '../../src/vcard/card.ts';
import { inventedBook } from './invented-book.ts';
import { timed } from './timed.ts';

const SIZES = [2_000, 20_000, 50_000, 100_000];

/** Milliseconds of CPU to score one changed card against its candidates, mean over a hundred cards. */
function changedCard(records: readonly ContactRecord[]): number {
  const distinct = distinctContents(records);
  const index = indexKeys(distinct);
  const statistics = statisticsOf(distinct, index);
  const step = Math.max(1, Math.floor(distinct.length / 100));
  const partners = new Map<number, ContactRecord[]>();
  for (let at = 0; at < distinct.length; at += step) partners.set(at, []);
  forEachCandidate(index, (a, b) => {
    partners.get(a)?.push(distinct[b]!);
    partners.get(b)?.push(distinct[a]!);
  });
  const { cpu } = timed(() => {
    for (const [at, candidates] of partners) rescore(distinct[at]!, candidates, statistics);
  });
  return (cpu * 1000) / partners.size;
}

function benchOne(size: number): void {
  const cards = inventedBook(size);
  const read = timed(() => cards.map((octets) => extractRecord(readCard(octets), { region: 'DE' })));
  const run = timed(() => suggest(read.result, []));
  const peak = process.resourceUsage().maxRSS / 1024;
  const figures = [size, read.cpu, read.wall, run.cpu, run.wall, peak, run.result.length, changedCard(read.result)];
  console.log(figures.map((figure, i) => figure.toFixed(i === 0 || i === 5 || i === 6 ? 0 : 2).padStart(9)).join(' '));
}

/** One process for each size, so that memory is that size's own. */
export async function benchDedup(args: readonly string[]): Promise<void> {
  const heads = ['cards', 'read cpu', 'wall s', 'run cpu', 'wall s', 'peak MB', 'clusters', 'card ms'];
  console.log(heads.map((head) => head.padStart(9)).join(' '));
  const sizes = args.length > 0 ? args.map(Number) : SIZES;
  for (const size of sizes)
    spawnSync(process.execPath, [fileURLToPath(import.meta.url), String(size)], { stdio: 'inherit' });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) benchOne(Number(process.argv[2]));
