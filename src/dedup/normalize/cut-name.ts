/** Names that people typed into one field, and a program cut at their blanks. */
import { isFirstName } from '../names/first-names.ts';
import { ROLES } from '../names/roles.ts';
import { HONORIFICS, KINSHIP, LEADING_HONORIFICS, PARENTS, SURNAME_LABELS, SURNAMES_TOO } from '../names/words.ts';
import type { NameFields } from './name.ts';

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
 * `Plumber Henk` is no Mr Henk, `Gabo work` no Mr Work, and Mama is not what `Mama van Dirk` is called: the first word of the
 * given field or the last of the surname is what somebody does, is to the owner, or where the number rings.
 */
export function saysNoName(first: string | undefined, last: string | undefined): boolean {
  if (first === undefined || last === undefined) return false;
  return (isNoGivenName(first) && !isFirstName(first)) || (isNoSurname(last) && !SURNAMES_TOO.has(last));
}

const isNoGivenName = (word: string): boolean =>
  ROLES.has(word) || KINSHIP.has(word) || PARENTS.has(word) || LEADING_HONORIFICS.has(word);

const isNoSurname = (word: string): boolean =>
  ROLES.has(word) || HONORIFICS.has(word) || KINSHIP.has(word) || PARENTS.has(word) || SURNAME_LABELS.has(word);
