/** `doublon scan`: the duplicates of any .vcf or .csv file, ranked and with their evidence, without a server. */
import { writeFile } from 'node:fs/promises';
import { AppError } from '../base/errors.ts';
import { withTransitivePairs } from '../dedup/clustering/transitive.ts';
import { suggestFromPairs, weighBook } from '../dedup/engine.ts';
import { explain } from '../dedup/explain.ts';
import { extractRecord } from '../dedup/extract/extract.ts';
import { guessRegion } from '../dedup/region/guess-region.ts';
import { type ContactRecord, isBelieved, type PairScore, type Suggestion } from '../dedup/types.ts';
import { type Card, readCard, textOf } from '../vcard/card.ts';
import { cardNamer, fileCards, givenRegion } from './card-file.ts';
import { complain } from './output.ts';
import { readArguments, type Subcommand } from './subcommand.ts';
import { withholdUntilItPays } from './withheld.ts';

const SHOWN = 20;

const OPTIONS = {
  json: { type: 'string' },
  pairs: { type: 'string' },
  region: { type: 'string' },
  limit: { type: 'string' },
} as const;

export const scanSubcommand: Subcommand = {
  name: 'scan',
  usage: 'FILE.vcf|FILE.csv[.gz] [--region DE] [--limit 20] [--json CLUSTERS.jsonl] [--pairs PAIRS.jsonl]',
  summary: 'Show the duplicates of a .vcf or .csv file with their evidence, without a server',
  run: async (args) => {
    const allow = withholdUntilItPays();
    try {
      return await scan(args, allow);
    } finally {
      allow(Number.POSITIVE_INFINITY);
    }
  },
};

/** `haveRead` is told how many cards the book has so far. */
async function scan(args: readonly string[], haveRead: (cards: number) => void): Promise<number> {
  const { positionals, values } = readArguments(args, ['FILE'], OPTIONS);
  const limit = limitOf(values.limit);
  const book = await readBook(positionals[0]!, givenRegion(values.region), haveRead);
  const { pairs, explain: withEvidence } = weighBook(book.records);
  const suggestions = suggestFromPairs(book.records, pairs, []);
  const believed = suggestions.filter(isBelieved);
  if (values.json) await writeFile(values.json, clusterLines(believed));
  if (values.pairs) await writeFile(values.pairs, pairLines(pairs, believed));
  process.stdout.write(report(book, suggestions, limit, withEvidence));
  return 0;
}

function limitOf(text: string | undefined): number {
  const limit = Number(text ?? SHOWN);
  if (!Number.isInteger(limit) || limit < 0) throw new AppError('invalid', 'usage', '--limit takes a whole number');
  return limit;
}

/** What is kept of a file: cards are read one at a time, since a large book with photos does not fit into memory. */
interface ScannedBook {
  readonly region: string | undefined;
  readonly records: readonly ContactRecord[];
  /** FN, by place in `records`. */
  readonly names: readonly string[];
}

/** Cards that the country of a book is told from. */
const SAMPLE = 3000;

async function readBook(
  path: string,
  givenRegion: string | undefined,
  haveRead: (cards: number) => void,
): Promise<ScannedBook> {
  const records: ContactRecord[] = [];
  const names: string[] = [];
  const nameOf = cardNamer();
  let sample: Card[] | undefined = givenRegion ? undefined : [];
  let region = givenRegion;
  const keep = (card: Card): void => {
    const id = nameOf(card);
    records.push(extractRecord(card, region ? { id, region } : { id }));
    names.push(textOf(card, 'FN') || id);
    haveRead(records.length);
  };
  const decide = (): void => {
    if (!sample) return;
    haveRead(sample.length);
    region = guessRegion(sample);
    sample.forEach(keep);
    sample = undefined;
  };
  const take = (octets: Buffer): void => {
    const card = readCard(octets);
    if (sample) sample.push(card);
    else keep(card);
    if (sample?.length === SAMPLE) decide();
  };
  for await (const cards of fileCards(path, complain)) cards.forEach(take);
  decide();
  return { region, records, names };
}

function clusterLines(suggestions: readonly Suggestion[]): string {
  return suggestions
    .map(({ members, referenceId, tier }) => `${JSON.stringify({ uids: members, reference: referenceId, tier })}\n`)
    .join('');
}

function pairLines(pairs: readonly PairScore[], suggestions: readonly Suggestion[]): string {
  return withTransitivePairs(pairs, suggestions)
    .map(({ a, b, weight, tier }) => `${JSON.stringify({ a, b, score: weight, auto: tier === 'certain' })}\n`)
    .join('');
}

function report(
  { region, records, names: written }: ScannedBook,
  suggestions: readonly Suggestion[],
  limit: number,
  withEvidence: (pair: PairScore) => PairScore,
): string {
  const shown = suggestions.slice(0, limit);
  const members = new Set(shown.flatMap((suggestion) => suggestion.members));
  const names = new Map(records.flatMap(({ id }, at) => (members.has(id) ? [[id, written[at]]] : [])));
  const count = (tier: string): number => suggestions.filter((suggestion) => suggestion.tier === tier).length;
  const lines = [
    `${records.length} cards, phone numbers read as in ${region ?? 'no country'}: ${suggestions.length} clusters (${count('certain')} certain, ${count('likely')} likely, ${count('possible')} possible)`,
  ];
  for (const [at, suggestion] of shown.entries()) {
    lines.push('', `${at + 1}. ${suggestion.tier}, ${Math.round(suggestion.probability * 100)} %`);
    for (const id of suggestion.members)
      lines.push(`   ${id === suggestion.referenceId ? '*' : ' '} ${names.get(id)}  [${id}]`);
    const { a, b, evidence, weight } = withEvidence(suggestion.weakest);
    lines.push(`   weakest link: ${names.get(a)} - ${names.get(b)} (${signed(weight)})`);
    for (const item of evidence.slice(0, 6)) lines.push(`     ${signed(item.weight).padStart(6)}  ${explain(item)}`);
  }
  return `${lines.join('\n')}\n`;
}

const signed = (weight: number): string => (weight < 0 ? '' : '+') + weight.toFixed(1);
