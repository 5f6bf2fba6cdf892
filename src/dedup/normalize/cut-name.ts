/** Names that people typed into one field, and a program cut at their blanks. */
import { VIETNAMESE_SURNAMES } from '../names/eastern.ts';
import { isFirstName } from '../names/first-names.ts';
import { namesOf } from '../names/given-names.ts';
import { ROLES } from '../names/roles.ts';
import {
  GIVEN_NAMES_TOO,
  HONORIFICS,
  KINSHIP,
  LEADING_HONORIFICS,
  LEADING_LABELS,
  PARENTS,
  SURNAME_LABELS,
  SURNAMES_TOO,
} from '../names/words.ts';
import type { NameFields } from './name.ts';
import { isPatronymic } from './patronymic.ts';

/** True when the fields, one behind the other, are the formatted name again: nothing tells that somebody chose them. */
export function isCutUp(
  { additional }: Pick<NameFields, 'additional'>,
  given: string,
  family: string,
  formatted: string,
): boolean {
  if (given === '' || family === '' || !formatted.startsWith(given) || !formatted.endsWith(family)) return false;
  return formatted === (additional === '' ? `${given} ${family}` : `${given} ${additional.trim()} ${family}`);
}

/**
 * `Plumber Henk` is no Mr Henk, `Gabo work` no Mr Work, and Mama is not what `Mama van Dirk` is called: the first of all words or
 * the last is what somebody does, is to the owner, or where the number rings, or a father's name; or one between them tells a child's mother.
 */
export function saysNoName(words: readonly string[]): boolean {
  const [first, last] = [words[0], words.at(-1)];
  if (first === undefined || last === undefined || words.length < 2) return false;
  if ((isNoSurname(last) && !SURNAMES_TOO.has(last)) || isPatronymic(last)) return true;
  if (isEasternOrder(words)) return true;
  return (
    (isNoGivenName(first) && !GIVEN_NAMES_TOO.has(first) && !isFirstName(first)) ||
    words.slice(1, -1).some((word) => PARENTS.has(word))
  );
}

/** `Kim Min Su`, `Nguyen Van Hung`: the surname stands first, and the last syllable is none. */
function isEasternOrder(words: readonly string[]): boolean {
  const [first = '', last = ''] = [words[0], words.at(-1)];
  if (VIETNAMESE_SURNAMES.get(first) === 'only') return !VIETNAMESE_SURNAMES.has(last);
  return words.length === 3 && namesOf(first).spelling !== undefined && namesOf(last).spelling === undefined;
}

/** A bracket that opens in one field and closes in another. */
export const isTornApart = (given: string, family: string): boolean =>
  /[)\]}]/.test(family) && !/[([{]/.test(family) && !/[)\]}]/.test(given);

const isNoGivenName = (word: string): boolean =>
  ROLES.has(word) || KINSHIP.has(word) || PARENTS.has(word) || LEADING_HONORIFICS.has(word) || LEADING_LABELS.has(word);

const isNoSurname = (word: string): boolean =>
  ROLES.has(word) || HONORIFICS.has(word) || KINSHIP.has(word) || PARENTS.has(word) || SURNAME_LABELS.has(word);
