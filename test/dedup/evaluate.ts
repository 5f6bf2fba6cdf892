/** Measures the engine on labelled books and prints one line for each: `evaluate.ts [BASE[:REGION]]…`. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { withTransitivePairs } from '../../src/dedup/clustering/transitive.ts';
import { scoreBook, suggestFromPairs } from '../../src/dedup/engine.ts';
import { isBelieved } from '../../src/dedup/types.ts';
import { loadDataset } from './datasets.ts';
import { type Figures, measure } from './measure.ts';

const HOME = fileURLToPath(new URL('../../../shared/dedup-data/', import.meta.url));
const STANDARD = [
  ...['febrl1', 'febrl2', 'febrl3', 'febrl4', 'fake1000', 'hist50k'].map((name) => `${HOME}public/${name}`),
  ...['dev-2k-easy', 'dev-2k', 'dev-5k-hard', 'dev-20k'].map((name) => `${HOME}dev/${name}:DE`),
];

const COLUMNS: readonly (readonly [heading: string, (figures: Figures) => string])[] = [
  ['P', (f) => three(f.precision)],
  ['R', (f) => three(f.recall)],
  ['F1', (f) => three(f.f1)],
  ['exact', (f) => three(f.exactF1)],
  ['B3', (f) => three(f.b3)],
  ['AP', (f) => three(f.averagePrecision)],
  ['R@.99', (f) => three(f.recallAt99)],
  ['autoP', (f) => f.autoPrecision.toFixed(4)],
  ['autoR', (f) => three(f.autoRecall)],
  ['excess', (f) => String(f.excess)],
];

const three = (figure: number): string => figure.toFixed(3);

function main(args: readonly string[]): void {
  const quiet = args.includes('--quiet');
  const books = args.filter((arg) => !arg.startsWith('--'));
  console.log(['set'.padEnd(14), ...COLUMNS.map(([heading]) => heading.padStart(6)), 'CPU s'.padStart(7)].join(' '));
  for (const book of books.length > 0 ? books : STANDARD) {
    const [base, region] = book.split(':') as [string, string | undefined];
    if (!existsSync(`${base}.vcf.gz`)) continue;
    const start = process.cpuUsage();
    const dataset = loadDataset(base, region);
    const pairs = scoreBook(dataset.records);
    const suggestions = suggestFromPairs(dataset.records, pairs, []);
    const spent = process.cpuUsage(start);
    const believed = suggestions.filter(isBelieved);
    const figures = measure(dataset, believed, withTransitivePairs(pairs, believed));
    const seconds = ((spent.user + spent.system) / 1e6).toFixed(2).padStart(7);
    console.log([dataset.name.padEnd(14), ...COLUMNS.map(([, show]) => show(figures).padStart(6)), seconds].join(' '));
    if (quiet || dataset.negatives.length === 0) continue;
    console.log(`  merged ${JSON.stringify(figures.falseMerges)}`);
    console.log(`  unattended ${JSON.stringify(figures.autoFalse)}`);
  }
}

main(process.argv.slice(2));
