/** The comparison of middle names and of fathers' names. */
import { comparison } from '../comparison.ts';
import { VIETNAMESE_GENDER } from '../normalize/name.ts';
import { fathersOf, isPatronymic } from '../normalize/patronymic.ts';
import { best, RELATION, type Word, wordOf, wordRelation } from '../similarity/word-relation.ts';
import { haveOtherMiddles } from './other-name.ts';

const MIDDLE_LEVELS = ['missing', 'same', 'initial', 'fathers', 'other', 'conflict'] as const;

export const middle = comparison('middle', MIDDLE_LEVELS, ({ a, b }) => {
  if (haveOtherMiddles(a, b)) return 'other';
  const [mine, yours] = [a.middle, b.middle];
  if (mine.length === 0 || yours.length === 0 || (tellsNoName(mine) && tellsNoName(yours))) return 'missing';
  if (mine.some((word) => yours.includes(word))) return 'same';
  const [father, other] = [mine.find(isOfAFather), yours.find(isOfAFather)];
  if (father && other) return areOneFather(father, other) ? 'same' : 'fathers';
  return mine.some((word) => yours.some((other) => word.text[0] === other.text[0])) ? 'initial' : 'conflict';
});

/** Mykolayovych in Ukrainian is Nikolaevich in Russian. */
function areOneFather(one: Word, other: Word): boolean {
  if (wordRelation(one, other) >= RELATION.near) return true;
  const [mine, yours] = [fathersOf(one.text).map(wordOf), fathersOf(other.text).map(wordOf)];
  return best(mine, yours) >= RELATION.near;
}

/** Half of all Vietnamese men are called Văn between their names. */
const tellsNoName = ([word]: readonly Word[]): boolean => word !== undefined && VIETNAMESE_GENDER.has(word.text);

const isOfAFather = ({ text }: Word): boolean => isPatronymic(text);
