/** Man or woman, where a name itself says so: by how one is addressed, and by Vietnamese middle words. */
import type { NameRecord } from '../types.ts';
import type { NameFields } from './name.ts';
import { foldText } from './text.ts';

const ADDRESSED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    m: 'herr hr mr mister monsieur senor signor gospodin dhr',
    f: 'frau mrs ms miss mme madame mlle mademoiselle senora srta senorita signora signorina pani gospozha mevr mevrouw mw',
  }).flatMap(([gender, words]) => words.split(' ').map((word): [string, string] => [word, gender])),
);

/** `m`, `f` or empty. */
export function genderOfName(
  { prefix, formatted }: Pick<NameFields, 'prefix' | 'formatted'>,
  name: NameRecord,
): string {
  if (name.unordered && name.middle.length > 0) {
    if (name.middle.includes('thi')) return 'f';
    if (name.middle.includes('van')) return 'm';
  }
  const text = prefix === '' ? formatted : prefix;
  const end = text.search(/[.\s]/);
  return end > 1 || prefix !== '' ? (ADDRESSED.get(foldText(end < 0 ? text : text.slice(0, end))) ?? '') : '';
}
