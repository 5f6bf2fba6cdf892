/** `npm run bench -- dedup [SIZES…]`: CPU, wall and memory of a full run and of one changed card, by size of the book. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { rescore, suggest } from '../../src/dedup/engine.ts';
import { extractRecord } from '../../src/dedup/extract.ts';
import { forEachCandidate, indexKeys } from '../../src/dedup/key-index.ts';
import { distinctContents, statisticsOf } from '../../src/dedup/statistics.ts';
import type { ContactRecord } from '../../src/dedup/types.ts';
import { readCard } from '../../src/vcard/card.ts';

const SIZES = [2_000, 20_000, 50_000, 100_000];
const STARTS = 'al be car do el fi gu ha il jo ka li mo na ol pe ri sa to ul vi wa'.split(' ');
const MIDDLES = 'ra me lin dor ber ste nic ham vel tur gen ros mar kow'.split(' ');
const ENDS = 'a e o an in er ert us ina ette mann son berg ski ez eau'.split(' ');

/** Same numbers on every run: a linear congruential generator. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** An invented book: one card in eight is another card of a person already in it. */
function inventedBook(size: number): Buffer[] {
  const draw = numbers(size);
  const pick = (list: readonly string[]): string => list[draw(list.length)]!;
  const name = (): string => `${pick(STARTS)}${pick(MIDDLES)}${pick(ENDS)}`.replace(/^./, (c) => c.toUpperCase());
  const people: { given: string; family: string; phone: string; mail: string }[] = [];
  const cards: Buffer[] = [];
  for (let i = 0; i < size; i++) {
    const again = people.length > 0 && draw(8) === 0;
    const [given, family] = [name(), name()];
    const mail = `${given}.${family}${draw(100)}@post${draw(40)}.example`.toLowerCase();
    const person = again
      ? people[draw(people.length)]!
      : { given, family, phone: `01${50 + draw(30)}${1e6 + draw(9e6)}`, mail };
    if (!again) people.push(person);
    const lines = [
      'BEGIN:VCARD',
      'VERSION:3.0',
      `UID:bench-${i}`,
      `N:${person.family};${person.given};;;`,
      `FN:${person.given} ${person.family}`,
    ];
    if (draw(10) < 8) lines.push(`TEL;TYPE=CELL:${person.phone}`);
    if (draw(10) < 7) lines.push(`EMAIL;TYPE=HOME:${person.mail}`);
    if (draw(10) < 3) lines.push(`ADR;TYPE=HOME:;;${name()}straße ${1 + draw(140)};${name()};;${10000 + draw(80000)};`);
    if (draw(10) < 4) lines.push(`ORG:${name()} GmbH`, 'TITLE:Engineer');
    if (draw(10) < 3)
      lines.push(
        `BDAY:${1940 + draw(65)}-${String(1 + draw(12)).padStart(2, '0')}-${String(1 + draw(28)).padStart(2, '0')}`,
      );
    cards.push(Buffer.from([...lines, 'END:VCARD', ''].join('\r\n')));
  }
  return cards;
}

/** Runs a step; CPU and wall seconds. */
function timed<T>(step: () => T): { readonly result: T; readonly cpu: number; readonly wall: number } {
  const [cpu, start] = [process.cpuUsage(), performance.now()];
  const result = step();
  const spent = process.cpuUsage(cpu);
  return { result, cpu: (spent.user + spent.system) / 1e6, wall: (performance.now() - start) / 1000 };
}

/** Milliseconds to score one changed card against its candidates, mean over a hundred cards. */
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
  const { wall } = timed(() => {
    for (const [at, candidates] of partners) rescore(distinct[at]!, candidates, statistics);
  });
  return (wall * 1000) / partners.size;
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
