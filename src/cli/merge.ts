/** `doublon merge`: a .vcf or .csv file merged by clusters that were chosen before, without a server. */
import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import { guessRegion } from '../dedup/region/guess-region.ts';
import { type BookMerge, mergeBook } from '../merge/merge-book.ts';
import { type Card, readCard } from '../vcard/card.ts';
import { cardNamer, fileCards, givenRegion } from './card-file.ts';
import { complain, say } from './output.ts';
import { readArguments, type Subcommand, usageError } from './subcommand.ts';

const Merge = z.union([
  z.object({ target: z.string(), sources: z.array(z.string()) }),
  z.object({ uids: z.array(z.string()).min(1), reference: z.string().optional() }),
]);

export const mergeSubcommand: Subcommand = {
  name: 'merge',
  usage: 'FILE.vcf|FILE.csv[.gz] --clusters CLUSTERS.jsonl --out OUT.vcf [--record RECORD.jsonl] [--region DE]',
  summary: 'Merge the cards of a .vcf or .csv file by clusters of UIDs, the first the reference, without a server',
  run: async (args) => {
    const { positionals, values } = readArguments(args, ['FILE'], {
      clusters: { type: 'string' },
      out: { type: 'string' },
      record: { type: 'string' },
      region: { type: 'string' },
    });
    if (!values.clusters) throw usageError('--clusters is missing');
    if (!values.out) throw usageError('--out is missing');
    const merges = await readMerges(values.clusters);
    const given = givenRegion(values.region);
    const book: Card[] = [];
    for await (const cards of fileCards(positionals[0]!, leftOut)) book.push(...cards.map(readCard));
    const region = given ?? guessRegion(book);
    const names = book.map(cardNamer());
    const { cards, merges: made } = mergeBook(book, merges, { names, ...(region ? { region } : {}) });
    const idle = merges.filter(({ target, sources }) => sources.some((name) => name !== target)).length - made.length;
    if (idle > 0)
      complain(`${idle} clusters name cards that ${positionals[0]} does not hold, or that were merged before`);
    await writeFile(values.out, Buffer.concat(cards.map(({ octets }) => octets)));
    if (values.record) await writeFile(values.record, made.map((merge) => `${JSON.stringify(merge)}\n`).join(''));
    say(`${book.length} cards became ${cards.length} in ${values.out}`);
    return 0;
  },
};

const leftOut = (what: string): void => complain(`left out: ${what}`);

/** One cluster a line: `{"uids": […], "reference": …}` as `scan --json` writes (without a reference the first), or `{"target": reference, "sources": […]}`. */
async function readMerges(file: string): Promise<BookMerge[]> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new AppError('notFound', 'no-such-file', `${file} cannot be read: ${error.message}`, {}, error);
  });
  return text.split('\n').flatMap((line, i) => (line.trim() === '' ? [] : [mergeOf(line, `${file}, line ${i + 1}`)]));
}

function mergeOf(line: string, where: string): BookMerge {
  let data: unknown;
  try {
    data = JSON.parse(line);
  } catch (error) {
    throw new AppError('invalid', 'invalid-clusters', `${where}: ${(error as Error).message}`, {}, error);
  }
  const merge = Merge.safeParse(data);
  if (!merge.success)
    throw new AppError('invalid', 'invalid-clusters', `${where}: neither "uids" nor "target" with "sources"`);
  if ('target' in merge.data) return merge.data;
  const { uids, reference = uids[0]! } = merge.data;
  return { target: reference, sources: uids };
}
