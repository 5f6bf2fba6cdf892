/** The words of a record's name, looked up once for all that asks for them. */
import { type Word, wordOf } from './similarity/word-relation.ts';
import type { ContactRecord } from './types.ts';

export interface Named {
  readonly given: readonly Word[];
  readonly family: readonly Word[];
  /** All given and family words, given ones first. */
  readonly words: readonly Word[];
  /** The words in alphabetical order, empty for less than two: equal for both orders. */
  readonly fullName: string;
}

export function namedOf({ name }: ContactRecord): Named {
  const given = name.given.map(wordOf);
  const family = name.family.map(wordOf);
  const words = given.concat(family);
  return { given, family, words, fullName: inOneOrder(words) };
}

function inOneOrder(words: readonly Word[]): string {
  if (words.length < 2) return '';
  if (words.length > 2)
    return words
      .map(({ text }) => text)
      .sort()
      .join(' ');
  const [one, other] = [words[0]!.text, words[1]!.text];
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}
