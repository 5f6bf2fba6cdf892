/** Names that people typed into one field, and a program cut at their blanks. */
import { VIETNAMESE_SURNAMES } from '../names/eastern.ts';
import { isFirstName } from '../names/first-names.ts';
import { namesOf } from '../names/given-names.ts';
import { ROLES } from '../names/roles.ts';
import {
  GIVEN_NAMES_TOO,
  HONORIFICS,
  KINSHIP,
  KUNYAS,
  LEADING_HONORIFICS,
  LEADING_LABELS,
  PARENTS,
  PARENTS_BEHIND,
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
  // not put together to be compared: every card is asked
  const between = formatted.length - given.length - family.length;
  if (between === 1) return additional === '' && formatted[given.length] === ' ';
  return additional !== '' && formatted === `${given} ${additional.trim()} ${family}`;
}

/**
 * `Plumber Henk` is no Mr Henk, `Gabo work` no Mr Work, and Mama is not what `Mama van Dirk` is called: the first of all words or
 * the last is what somebody does, is to the owner, or where the number rings, or a father's name; or one between them tells a child's mother.
 */
export function saysNoName(words: readonly string[]): boolean {
  const [first, last] = [words[0], words.at(-1)];
  if (first === undefined || last === undefined || words.length < 2) return false;
  if (NO_SURNAMES.has(last) || isPatronymic(last) || isEasternOrder(words) || NO_GIVEN_NAMES.has(first)) return true;
  return words.length > 2 && words.slice(1, -1).some((word) => PARENTS.has(word));
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

/** Each name is asked for, so that one look has to do. */
const NO_GIVEN_NAMES: ReadonlySet<string> = new Set(
  [...ROLES, ...KINSHIP, ...PARENTS, ...KUNYAS, ...LEADING_HONORIFICS, ...LEADING_LABELS].filter(
    (word) => !GIVEN_NAMES_TOO.has(word) && !isFirstName(word),
  ),
);

const NO_SURNAMES: ReadonlySet<string> = new Set(
  [...ROLES, ...HONORIFICS, ...KINSHIP, ...PARENTS, ...PARENTS_BEHIND, ...SURNAME_LABELS].filter(
    (word) => !SURNAMES_TOO.has(word),
  ),
);
