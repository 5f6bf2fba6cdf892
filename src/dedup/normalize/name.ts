/** Names of people: fields, order, titles, suffixes, particles and scripts brought to one comparable form. */
import { EMPTY } from '../empty.ts';
import { VIETNAMESE_SURNAMES } from '../names/eastern.ts';
import { isFirstName } from '../names/first-names.ts';
import { isGivenName } from '../names/given-names.ts';
import { HONORIFICS, KINSHIP, LEADING_HONORIFICS, PARTICLES, SUFFIXES } from '../names/words.ts';
import type { NameRecord } from '../types.ts';
import { isCutUp, isTornApart, saysNoName } from './cut-name.ts';
import { eastAsianName } from './east-asian-name.ts';
import { HAN, HANGUL, inBothScripts, withHan } from './han-name.ts';
import { cutWords, filled, NOTHING_NEW, readWords, type Words } from './name-words.ts';
import { ownWords, ROLE_ALONE } from './own-words.ts';
import { isPatronymic, splitByPatronymic } from './patronymic.ts';
import { cleanText, foldText } from './text.ts';
import { vietnameseNote } from './vietnamese-note.ts';

/** The name fields of a card as text, escapes and transfer encoding undone. */
export interface NameFields {
  readonly family: string;
  readonly given: string;
  readonly additional: string;
  readonly prefix: string;
  readonly suffix: string;
  /** FN. */
  readonly formatted: string;
  readonly nicknames: readonly string[];
  readonly phoneticGiven: string;
  readonly phoneticFamily: string;
  /** The birth name, where a property of its own tells it. */
  readonly maiden: string;
}

export const NO_NAME: NameRecord = {
  given: EMPTY,
  family: EMPTY,
  middle: EMPTY,
  nicknames: EMPTY,
  suffix: '',
  han: '',
  unordered: false,
};

/** Normalises a name; see `NameRecord`. Fields that only repeat an e-mail address must be left out by the caller. */
export function normalizeName(fields: NameFields): NameRecord {
  const family = cleanText(fields.family);
  const given = cleanText(fields.given);
  const formatted = cleanText(fields.formatted);
  const isHan = HAN.test(family + given + formatted);
  if (!isHan && !HANGUL.test(family + given || formatted))
    return withMarks(latinName(fields, family, given, formatted), given || formatted);
  const mixed = isHan && (family === '' || given === '') ? inBothScripts(family || given || formatted) : undefined;
  if (mixed)
    return withHan(normalizeName({ ...fields, family: '', given: mixed.latin, formatted: mixed.latin }), mixed.han);
  return { ...NO_NAME, ...eastAsianName(fields, family, given, formatted) };
}

const HAS_MARKS = /[^\x20-\x7e]/;

/** `text`: what the given name stands in, as it was written. */
function withMarks(name: NameRecord, text: string): NameRecord {
  if (!HAS_MARKS.test(text) || !name.family.some((surname) => VIETNAMESE_SURNAMES.has(surname))) return name;
  const marked = text
    .toLowerCase()
    .split(/\s+/)
    .find((word) => HAS_MARKS.test(word) && foldText(word) === name.given.at(-1));
  return marked === undefined ? name : { ...name, marked };
}

function latinName(fields: NameFields, family: string, given: string, formatted: string): NameRecord {
  const comma = family !== '' && given === '' ? family : given !== '' && family === '' ? given : '';
  const cut = comma.indexOf(',');
  if (cut > 0 && !isSuffixText(comma.slice(cut + 1)))
    return latinName(fields, comma.slice(0, cut), comma.slice(cut + 1), formatted);
  // `Lehner, Anna` cut at the blank
  if (given.length > 1 && given.endsWith(',') && family !== '')
    return latinName(fields, given.slice(0, -1), family, formatted);
  const isCut = isCutUp(fields, given, family, formatted);
  const alone = given === '' || family === '' ? given || family || formatted : isCut ? formatted : '';
  const noted = vietnameseNote(alone);
  if (noted) {
    const { name } = noted;
    return name === '' ? { ...NO_NAME, kin: noted.kin } : latinName({ ...fields, additional: '' }, '', name, name);
  }
  const inFamily = readWords(family);
  const inGiven = readWords(given);
  const inAdditional = readWords(fields.additional).words;
  if (isCut && (isTornApart(given, family) || saysNoName(inGiven.words.concat(inAdditional, inFamily.words))))
    return latinName({ ...fields, additional: '' }, '', formatted, formatted);
  const inFormatted =
    (isCut && fields.additional === '') || isSaidTwice(formatted, given, family) ? NOTHING_NEW : cutWords(formatted);
  const suffixField = foldText(fields.suffix).replace(/[^a-z0-9]/g, '');
  const suffix = SUFFIXES.get(suffixField) ?? (inFamily.suffix || inGiven.suffix || inFormatted.suffix);
  const born = birthName(fields.maiden, inFamily, inGiven, inFormatted);
  const nicknames = nicknamesOf(fields, [inFamily, inGiven], inFormatted);
  const kin = inFamily.kin.concat(inGiven.kin, inFormatted.kin);
  const base = { nicknames, suffix, han: '', ...(kin.length > 0 ? { kin } : undefined) };
  const additional = withoutPrefixes(inAdditional);
  const hasFather = namesFather(inGiven.words);
  // some programs leave the given field empty
  const isMisplaced = inGiven.words.length === 0 && inFamily.words.length > 0 && additional.length > 0;
  const middle = isMisplaced ? EMPTY : hasFather ? additional.concat(inGiven.words.slice(1)) : additional;
  const called = isMisplaced ? additional : hasFather ? inGiven.words.slice(0, 1) : inGiven.words;
  if (inFamily.words.length > 0 && called.length > 0) {
    const surname = withBirthName(withoutParticles(inFamily.words), born);
    const extra = inFormatted.words.filter(
      (word) => word.length > 1 && !PARTICLES.has(word) && !called.includes(word) && !begins(word, surname),
    );
    const further = extra.length > 0 ? [...new Set([...middle, ...extra])] : middle;
    // what tells a Vietnamese man from a woman stands between the names, whichever field it is in
    if (called.length > 1 && VIETNAMESE_GENDER.has(called[0]!) && isVietnamese(surname[0]!, formatted))
      return { ...base, given: called.slice(1), family: surname, middle: [called[0]!, ...further], unordered: false };
    return { ...base, given: called, family: surname, middle: further, unordered: false };
  }
  const name = oneField(base, called, inFamily.words, middle, formatted, inFormatted);
  return born.length > 0 ? { ...name, family: withBirthName(name.family, born) } : name;
}

/** Some programs keep the `de` of De Vries in the field of middle names, which all of the family would then have in common. */
function withoutPrefixes(words: readonly string[]): readonly string[] {
  const isPrefix = (word: string): boolean =>
    word.length > 1 && PARTICLES.has(word) && !VIETNAMESE_GENDER.has(word) && !isFirstName(word);
  return words.some(isPrefix) ? words.filter((word) => !isPrefix(word)) : words;
}

/** A patronymic behind the given name, in its field. */
const namesFather = (words: readonly string[]): boolean => words.length === 2 && isPatronymic(words[1]!);

/** Brackets in a formatted name hold departments and towns more often than names. */
function nicknamesOf({ nicknames }: NameFields, fields: readonly Words[], formatted: Words): readonly string[] {
  const isPlain = ({ aside, called }: Words): boolean => aside.length + called.length === 0;
  if (nicknames.length === 0 && isPlain(formatted) && fields.every(isPlain)) return EMPTY;
  const found = fields.flatMap(({ aside, called }) => [...aside, ...called]);
  found.push(...formatted.called, ...formatted.aside.filter(isFirstName));
  for (const nickname of nicknames) found.push(...readWords(nickname).words);
  return filled([...new Set(found)]);
}

function birthName(maiden: string, ...fields: readonly Words[]): readonly string[] {
  if (maiden === '' && fields.every(({ born }) => born.length === 0)) return EMPTY;
  return readWords(cleanText(maiden)).words.concat(...fields.map(({ born }) => born));
}

const withBirthName = (family: readonly string[], born: readonly string[]): readonly string[] =>
  born.length > 0 ? [...new Set([...family, ...born])] : family;

/** A surname or what a short memory left of it: FN `Anna Hinterm` beside N `Hintermaier;Anna`. */
const begins = (word: string, surname: readonly string[]): boolean => surname.some((name) => name.startsWith(word));

/** Most formatted names are the two fields again, in one order or the other. */
function isSaidTwice(formatted: string, given: string, family: string): boolean {
  if (given === '' || family === '' || formatted.length < given.length + family.length) return false;
  return (
    formatted === `${given} ${family}` || formatted === `${family}, ${given}` || formatted === `${family} ${given}`
  );
}

/** Only one of the fields is filled: the formatted name may know more, otherwise any order must be thought of. */
function oneField(
  base: Pick<NameRecord, 'nicknames' | 'suffix' | 'han' | 'kin'>,
  given: readonly string[],
  family: readonly string[],
  middle: readonly string[],
  formatted: string,
  inFormatted: Words,
): NameRecord {
  const field = given.length > 0 ? given : family;
  const cut = formatted.indexOf(',');
  if (field.length < 2 && cut > 0 && inFormatted.words.length > 1 && !isSuffixText(formatted.slice(cut + 1))) {
    const surname = withoutParticles(readWords(formatted.slice(0, cut)).words);
    const rest = readWords(formatted.slice(cut + 1)).words;
    if (surname.length > 0 && rest.length > 0)
      return { ...base, given: rest, family: surname, middle, unordered: false };
  }
  const all = field.length >= inFormatted.words.length ? field : inFormatted.words;
  const { words, kin } = ownWords(all);
  const told = kin.length > 0 ? { ...base, kin: kin.concat(base.kin ?? EMPTY) } : base;
  const isRelative = KINSHIP.has(all[0] ?? '');
  const called = isRelative || words === ROLE_ALONE ? { ...told, nicknames: told.nicknames.concat(all[0]!) } : told;
  if (words.length === 0) return { ...NO_NAME, ...called };
  if (words.length === 1) {
    const isHonoured = all.length === 2 && (isRelative || HONORIFICS.has(all[1]!) || LEADING_HONORIFICS.has(all[0]!));
    const isKnown = (family.length === 0 || words !== all) && isGivenName(words[0]!);
    const isGiven = given.length > 0 || isHonoured || isKnown;
    return { ...called, given: isGiven ? words : [], family: isGiven ? [] : words, middle, unordered: true };
  }
  const parts = splitByPatronymic(words);
  if (parts) return { ...called, ...parts, middle: middle.concat(parts.middle), unordered: true };
  if (words.length > 2 && isVietnamese(words[0]!, formatted)) {
    const [surname = '', ...rest] = words;
    const own = rest.filter((word) => !VIETNAMESE_GENDER.has(word));
    const between = rest.filter((word) => VIETNAMESE_GENDER.has(word));
    return { ...called, given: own, family: [surname], middle: middle.concat(between), unordered: true };
  }
  const bare = words.filter((word, index) => index === 0 || index === words.length - 1 || !PARTICLES.has(word));
  const isSurname = words.length === 2 && PARTICLES.has(words[0]!) && !isGivenName(words[0]!);
  return { ...called, given: isSurname ? [] : bare.slice(0, -1), family: bare.slice(-1), middle, unordered: true };
}

/** Middle words that tell a Vietnamese man from a woman. */
export const VIETNAMESE_GENDER = new Set(['van', 'thi']);
const VIETNAMESE_LETTERS = /[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/i;

/** The surname stands first, and the last word is what one is called by. */
function isVietnamese(first: string, formatted: string): boolean {
  const certainty = VIETNAMESE_SURNAMES.get(first);
  return certainty === 'only' || (certainty === 'also' && VIETNAMESE_LETTERS.test(formatted));
}

function isSuffixText(text: string): boolean {
  return SUFFIXES.has(foldText(text).replace(/[^a-z0-9]/g, '')) || readWords(text).words.length === 0;
}

function withoutParticles(words: readonly string[]): readonly string[] {
  if (words.length < 2) return words;
  const kept = words.filter((word) => !PARTICLES.has(word));
  return kept.length > 0 ? kept : [words.join('')];
}
