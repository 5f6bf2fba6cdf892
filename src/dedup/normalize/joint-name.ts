/** Names of several people on one card: couples and households. */
import { isFirstName } from '../names/first-names.ts';
import { isGivenName } from '../names/given-names.ts';
import { HOUSEHOLD, LABEL_WORDS } from '../names/words.ts';
import { editDistance } from '../similarity/edit-distance.ts';
import { foldText, foldWords } from './text.ts';

/** Words between two names, in either case: letter by letter, since a pattern that ignores case over all scripts is slow to make. */
const BETWEEN = 'und and et y e i og och en ve és dan și и та και'
  .split(' ')
  .map((word) => word.replace(/./gu, (letter) => `[${letter}${letter.toUpperCase()}]`))
  .concat('u\\.', '[uU]nd\\.', 'و')
  .join('|');
/** Letters may come with their accents apart. */
const WORD = '\\p{L}[\\p{L}\\p{M}.-]*';
const JOINED = new RegExp(`^\\s*(${WORD})(\\s+${WORD})?(?:\\s*[&+/]\\s*|\\s+(${BETWEEN})\\s+)(${WORD})`, 'u');

/** Most fields hold a word or two with nothing between: these are tried first, since patterns over all scripts are slow to make. */
const MAY_JOIN = new RegExp(`[&+/]|\\s(?:${BETWEEN})\\s`);
const MAY_SLIP = /\S\s+\S{2,8}\s+\S/;

const SLIPPED = /^\s*(\p{L}{3,})\s+(\p{L}{2,4})\s+(\p{L}{3,})/u;

/** As `isCoupleName`, of two known given names: `Anna und Paul Müller`, but for `hayd en geraghty`. */
export function isNamedCouple(text: string): boolean {
  const match = MAY_JOIN.test(text) ? JOINED.exec(text) : null;
  return match !== null && isCoupleName(text) && [match[1]!, match[4]!].every((word) => isFirstName(foldText(word)));
}

/**
 * Two names joined into one card: `Anna & Peter Meier`, `Tom u. Lisa`; between known given names with a slip, too (`Tom udn
 * Lisa`). What joins people in Spain, Italy and Poland joins surnames, too: Xavier Roca i Soler is one man.
 */
export function isCoupleName(text: string): boolean {
  const match = MAY_JOIN.test(text) ? JOINED.exec(text) : null;
  if (match) {
    const [first, second] = [foldText(match[1]!), foldText(match[4]!)];
    if (first.length < 2 || second.length < 2 || LABEL_WORDS.has(second)) return false;
    // behind a whole name a slash sets off a company or a department
    if (match[2] !== undefined && match[0].includes('/') && !isFirstName(second)) return false;
    const mayJoinSurnames = /^(?:[yie]|dan)$/i.test(match[3] ?? '') && (match[2] !== undefined || !isFirstName(first));
    return !mayJoinSurnames || isFirstName(second);
  }
  const slipped = MAY_SLIP.test(text) ? SLIPPED.exec(text) : null;
  if (!slipped) return false;
  const [, first = '', between = '', second = ''] = slipped.map(foldText);
  const joins = ['und', 'and'].some((word) => editDistance(between, word) === 1);
  return joins && !isGivenName(between) && isGivenName(first) && isGivenName(second);
}

/** A field that begins with what joins two names: `& Peter Meier` behind the given name Anna, where a program cut at the first blank. */
export const isJoinedOn = (family: string): boolean => BEGINS_JOINED.test(family);

const BEGINS_JOINED = new RegExp(`^(?:[&+]|(?:${BETWEEN})\\s)`);

const MAY_BE_HOUSEHOLD = /fam|pa[nń]stwo|rodzina|семья|aile|gezin|perheen|household|^the\s/i;

/** `Fam. Meier`, `Smith Family`, `The Prestons`: a surname and no given name, or the word alone in the given field. */
export function isHouseholdName(text: string): boolean {
  if (!MAY_BE_HOUSEHOLD.test(text)) return false;
  const words = foldWords(text);
  if (words.length === 2 && words[0] === 'the') return /[a-z]{3,}s$/.test(words[1]!);
  const rest = words.filter((word) => !HOUSEHOLD.has(word));
  const isAtAnEnd = HOUSEHOLD.has(words[0]!) || HOUSEHOLD.has(words.at(-1)!);
  return isAtAnEnd && rest.length === words.length - 1 && !rest.some(isFirstName);
}
