/** `doublon scan`: the duplicates of any .vcf file, ranked and with their evidence, without a server. */
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { AppError } from '../base/errors.ts';
import { scoreBook, suggestFromPairs } from '../dedup/engine.ts';
import { explain } from '../dedup/explain.ts';
import { extractRecord } from '../dedup/extract.ts';
import { guessRegion } from '../dedup/region.ts';
import { withTransitivePairs } from '../dedup/transitive.ts';
import type { ContactRecord, PairScore, Suggestion } from '../dedup/types.ts';
import { type Card, readCard, textOf } from '../vcard/card.ts';
import { splitCards } from '../vcard/split.ts';
import { readArguments, type Subcommand } from './subcommand.ts';

/** Longest card that is read; the rest of the file still counts. */
const MAX_CARD_SIZE = 32 * 1024 * 1024;
const SHOWN = 20;

const OPTIONS = {
  json: { type: 'string' },
  pairs: { type: 'string' },
  region: { type: 'string' },
  limit: { type: 'string' },
} as const;

export const scanSubcommand: Subcommand = {
  name: 'scan',
  usage: 'FILE.vcf[.gz] [--region DE] [--limit 20] [--json CLUSTERS.jsonl] [--pairs PAIRS.jsonl]',
  summary: 'Show the duplicates of a vCard file with their evidence, without a server',
  run: async (args) => {
    const { positionals, values } = readArguments(args, ['FILE'], OPTIONS);
    const limit = limitOf(values.limit);
    const cards = await readFileCards(positionals[0]!);
    const region = regionOf(values.region, cards);
    const records = recordsOf(cards, region);
    const pairs = scoreBook(records);
    const suggestions = suggestFromPairs(records, pairs, []);
    if (values.json) await writeFile(values.json, clusterLines(suggestions));
    if (values.pairs) await writeFile(values.pairs, pairLines(pairs, suggestions));
    process.stdout.write(report(cards, records, suggestions, limit, region));
    return 0;
  },
};

function limitOf(text: string | undefined): number {
  const limit = Number(text ?? SHOWN);
  if (!Number.isInteger(limit) || limit < 0) throw new AppError('invalid', 'usage', '--limit takes a whole number');
  return limit;
}

/** ISO code given, else the book's most frequent country, else none. */
function regionOf(given: string | undefined, cards: readonly Card[]): string | undefined {
  if (given === undefined) return guessRegion(cards);
  if (!/^[A-Za-z]{2}$/.test(given)) throw new AppError('invalid', 'usage', '--region takes a country code such as DE');
  return given.toUpperCase();
}

async function readFileCards(path: string): Promise<Card[]> {
  const cards: Card[] = [];
  try {
    const file = createReadStream(path);
    const source = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
    if (source !== file) file.on('error', (error) => source.destroy(error));
    for await (const item of splitCards(source, { maxSize: MAX_CARD_SIZE }))
      if (item.kind === 'card') cards.push(readCard(item.octets));
  } catch (error) {
    throw new AppError('invalid', 'unreadable-file', `cannot read ${path}: ${(error as Error).message}`);
  }
  return cards;
}

/** Records with unique ids: the UID, or the card's place in the file where it has none or a used one. */
function recordsOf(cards: readonly Card[], region: string | undefined): ContactRecord[] {
  const used = new Set<string>();
  return cards.map((card, at) => {
    const uid = textOf(card, 'UID') ?? '';
    const id = uid !== '' && !used.has(uid) ? uid : `${uid || 'card'}#${at + 1}`;
    used.add(id);
    return extractRecord(card, region ? { id, region } : { id });
  });
}

function clusterLines(suggestions: readonly Suggestion[]): string {
  return suggestions.map(({ members, tier }) => `${JSON.stringify({ uids: members, tier })}\n`).join('');
}

function pairLines(pairs: readonly PairScore[], suggestions: readonly Suggestion[]): string {
  return withTransitivePairs(pairs, suggestions)
    .map(({ a, b, weight, tier }) => `${JSON.stringify({ a, b, score: weight, auto: tier === 'certain' })}\n`)
    .join('');
}

function report(
  cards: readonly Card[],
  records: readonly ContactRecord[],
  suggestions: readonly Suggestion[],
  limit: number,
  region: string | undefined,
): string {
  const names = new Map(records.map((record, at) => [record.id, textOf(cards[at]!, 'FN') || record.id]));
  const count = (tier: string): number => suggestions.filter((suggestion) => suggestion.tier === tier).length;
  const lines = [
    `${cards.length} cards, phone numbers read as in ${region ?? 'no country'}: ${suggestions.length} clusters (${count('certain')} certain, ${count('likely')} likely, ${count('possible')} possible)`,
  ];
  for (const [at, suggestion] of suggestions.slice(0, limit).entries()) {
    lines.push('', `${at + 1}. ${suggestion.tier}, ${Math.round(suggestion.probability * 100)} %`);
    for (const id of suggestion.members)
      lines.push(`   ${id === suggestion.referenceId ? '*' : ' '} ${names.get(id)}  [${id}]`);
    const { a, b, evidence, weight } = suggestion.weakest;
    lines.push(`   weakest link: ${names.get(a)} - ${names.get(b)} (${signed(weight)})`);
    for (const item of evidence.slice(0, 6)) lines.push(`     ${signed(item.weight).padStart(6)}  ${explain(item)}`);
  }
  return `${lines.join('\n')}\n`;
}

const signed = (weight: number): string => (weight < 0 ? '' : '+') + weight.toFixed(1);
