/** Names of people: fields, order, titles, suffixes, particles and scripts brought to one comparable form. */
import { remembering } from '../../base/remembering.ts';
import { EMPTY } from '../empty.ts';
import { JAPANESE_GIVEN_NAMES, JAPANESE_SURNAMES, KOREAN_SURNAMES, TWO_CHARACTER_SURNAMES } from '../names/eastern.ts';
import { isGivenName } from '../names/given-names.ts';
import { AMBIGUOUS_TITLES, KINSHIP, LABEL_WORDS, PARTICLES, SUFFIXES, TITLES } from '../names/words.ts';
import { editDistance } from '../similarity/edit-distance.ts';
import type { NameRecord } from '../types.ts';
import { latinFromArabic } from './arabic-script.ts';
import { cleanText, foldText } from './text.ts';

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

interface Words {
  readonly words: readonly string[];
  readonly suffix: string;
  readonly aside: readonly string[];
}

const ASIDE = /[([{"“„«]([^)\]}"”“»]*)[)\]}"”“»]/g;
const PICTURE = /[\p{Extended_Pictographic}\p{So}\p{Emoji_Modifier}]+/gu;
const LABEL_TAIL = /\s*[/\\|]\s?[hmwpft]\d?\s*$/i;
const ARABIC_LETTERS = /\p{Script=Arabic}/u;
const HAN = /\p{Script=Han}/u;
const HANGUL = /^[\p{Script=Hangul}\s·-]+$/u;
/** Suffix words that are also names or initials: taken as suffix only with a dot or from the suffix field. */
const DOTTED_SUFFIXES = new Set(['jun', 'sen', 'elder', 'younger', 'fils', 'hijo', 'filho', 'pere']);

/** Normalises a name; see `NameRecord`. Fields that only repeat an e-mail address must be left out by the caller. */
export function normalizeName(fields: NameFields): NameRecord {
  const family = cleanText(fields.family);
  const given = cleanText(fields.given);
  const formatted = cleanText(fields.formatted);
  if (HAN.test(family + given + formatted)) return hanName(fields, family, given, formatted);
  if (HANGUL.test(family + given || formatted)) return hangulName(family, given, formatted);
  return latinName(fields, family, given, formatted);
}

function latinName(fields: NameFields, family: string, given: string, formatted: string): NameRecord {
  const comma = family !== '' && given === '' ? family : given !== '' && family === '' ? given : '';
  const cut = comma.indexOf(',');
  if (cut > 0 && !isSuffixText(comma.slice(cut + 1)))
    return latinName(fields, comma.slice(0, cut), comma.slice(cut + 1), formatted);
  const inFamily = readWords(family);
  const inGiven = readWords(given);
  const inFormatted = isSaidTwice(formatted, given, family) ? NOTHING_NEW : cutWords(formatted);
  const suffixField = foldText(fields.suffix).replace(/[^a-z0-9]/g, '');
  const suffix = SUFFIXES.get(suffixField) ?? (inFamily.suffix || inGiven.suffix || inFormatted.suffix);
  const nicknames = new Set([...inFamily.aside, ...inGiven.aside]);
  for (const nickname of fields.nicknames) for (const word of readWords(nickname).words) nicknames.add(word);
  const surname = withoutParticles(inFamily.words);
  const base = { nicknames: filled([...nicknames]), suffix, han: '' };
  const middle = readWords(fields.additional).words;
  if (surname.length > 0 && inGiven.words.length > 0) {
    const extra = inFormatted.words.filter(
      (word) => word.length > 1 && !PARTICLES.has(word) && !inGiven.words.includes(word) && !begins(word, surname),
    );
    const further = extra.length > 0 ? [...new Set([...middle, ...extra])] : middle;
    return { ...base, given: inGiven.words, family: surname, middle: further, unordered: false };
  }
  return oneField(base, inGiven.words, inFamily.words, middle, formatted, inFormatted);
}

/** A surname or what a short memory left of it: FN `Anna Hinterm` beside N `Hintermaier;Anna`. */
const begins = (word: string, surname: readonly string[]): boolean => surname.some((name) => name.startsWith(word));

const NOTHING_NEW: Words = { words: EMPTY, suffix: '', aside: EMPTY };

/** Most formatted names are the two fields again, in one order or the other. */
function isSaidTwice(formatted: string, given: string, family: string): boolean {
  if (given === '' || family === '' || formatted.length < given.length + family.length) return false;
  return (
    formatted === `${given} ${family}` || formatted === `${family}, ${given}` || formatted === `${family} ${given}`
  );
}

/** Only one of the fields is filled: the formatted name may know more, otherwise any order must be thought of. */
function oneField(
  base: Pick<NameRecord, 'nicknames' | 'suffix' | 'han'>,
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
  const words = KINSHIP.has(all[0] ?? '') ? all.slice(1) : all;
  if (words.length === 0) return { ...NO_NAME, ...base };
  if (words.length === 1) {
    const isGiven = given.length > 0 || ((family.length === 0 || words !== all) && isGivenName(words[0]!));
    return { ...base, given: isGiven ? words : [], family: isGiven ? [] : words, middle, unordered: true };
  }
  const bare = words.filter((word, index) => index === 0 || index === words.length - 1 || !PARTICLES.has(word));
  const isSurname = words.length === 2 && PARTICLES.has(words[0]!) && !isGivenName(words[0]!);
  return { ...base, given: isSurname ? [] : bare.slice(0, -1), family: bare.slice(-1), middle, unordered: true };
}

function isSuffixText(text: string): boolean {
  return SUFFIXES.has(foldText(text).replace(/[^a-z0-9]/g, '')) || readWords(text).words.length === 0;
}

const rememberedWords = remembering(50_000, cutWords);

/** Folded words of one name field: titles, labels, brackets and pictures taken out, the suffix set apart. */
export const readWords = (text: string): Words => (text === '' ? NOTHING_NEW : rememberedWords(text));

/** As `readWords`, for texts that hardly come again, such as whole names. */
function cutWords(text: string): Words {
  if (text === '') return NOTHING_NEW;
  const aside: string[] = [];
  let plain = text;
  if (/[([{"“„«]/.test(plain)) {
    plain = plain.replace(ASIDE, (_, inner: string) => {
      for (const word of foldText(inner).match(/[a-z]{2,}/g) ?? [])
        if (!LABEL_WORDS.has(word) && !TITLES.has(word)) aside.push(word);
      return ' ';
    });
  }
  if (ARABIC_LETTERS.test(plain)) plain = latinFromArabic(plain);
  plain = foldText(plain.replace(PICTURE, ' ').replace(LABEL_TAIL, '')).replace(/['`\u2019\u02bc]/g, '');
  const found = plain.match(/[a-z0-9]+\.?/g) ?? [];
  let words: string[] = [];
  let suffix = '';
  for (const [index, token] of found.entries()) {
    const dotted = token.endsWith('.');
    const word = withoutNumber(dotted ? token.slice(0, -1) : token);
    if (word === '') continue;
    const generation = index > 0 && (dotted || !DOTTED_SUFFIXES.has(word)) ? SUFFIXES.get(word) : undefined;
    if (generation) suffix = generation;
    else if (!isTitle(word, dotted)) words.push(word);
  }
  while (words.length > 1 && LABEL_WORDS.has(words.at(-1)!)) words = words.slice(0, -1);
  return { words: filled(words.map(interned)), suffix, aside: filled(aside) };
}

/** One string object for all cards that hold the word. */
const interned = remembering(200_000, (word) => word);

const filled = (words: readonly string[]): readonly string[] => (words.length > 0 ? words : EMPTY);

/** Pure numbers go, `anna84` loses its digits; a digit typed inside a word stays. */
function withoutNumber(word: string): string {
  if (/^\d+(st|nd|rd|th)?$/.test(word)) return SUFFIXES.has(word) ? word : '';
  return word.replace(/\d{2,}$/, '');
}

function isTitle(word: string, dotted: boolean): boolean {
  return word.length > 1 && TITLES.has(word) && (dotted || !AMBIGUOUS_TITLES.has(word));
}

function withoutParticles(words: readonly string[]): readonly string[] {
  if (words.length < 2) return words;
  const kept = words.filter((word) => !PARTICLES.has(word));
  return kept.length > 0 ? kept : [words.join('')];
}

/** Chinese and Japanese: the characters themselves, and their reading from the phonetic fields or the tables. */
function hanName(fields: NameFields, family: string, given: string, formatted: string): NameRecord {
  let [surname, rest] = [family, given];
  const comma = /^([^,，]+)[,，]\s*(.+)$/.exec(surname);
  if (comma && rest === '') [surname, rest] = [comma[1]!, comma[2]!];
  if (surname === '' || rest === '') [surname, rest] = splitHan(`${surname}${rest}` || formatted);
  const han = (surname + rest).replace(/[^\p{L}]/gu, '');
  const phonetic = readWords(`${fields.phoneticGiven} ${fields.phoneticFamily}`).words.length > 0;
  const familyWords = reading(phonetic ? fields.phoneticFamily : surname);
  const givenWords = reading(phonetic ? fields.phoneticGiven : rest);
  const nicknames = fields.nicknames.flatMap((nickname) => readWords(cleanText(nickname)).words);
  return { ...NO_NAME, given: givenWords, family: familyWords, nicknames, han: HAN.test(han) ? han : '' };
}

function splitHan(text: string): [string, string] {
  const spaced = text.trim().split(/[\s\u3000]+/);
  if (spaced.length > 1) {
    const [first, rest] = [spaced[0]!, spaced.slice(1).join('')];
    return isGivenFirst(first, rest) ? [rest, first] : [first, rest];
  }
  const whole = spaced[0] ?? '';
  if (JAPANESE_SURNAMES.has(whole)) return [whole, ''];
  if (JAPANESE_GIVEN_NAMES.has(whole)) return ['', whole];
  for (const length of [3, 2]) {
    const head = whole.slice(0, length);
    if (whole.length > length && isHanSurname(head)) return [head, whole.slice(length)];
  }
  return [whole.slice(0, 1), whole.slice(1)];
}

/** Some programs write 松本 葵 and 吴 怡凯 the western way round. */
function isGivenFirst(first: string, rest: string): boolean {
  return !isHanSurname(first) && (isHanSurname(rest) || (first.length === 2 && rest.length === 1));
}

const isHanSurname = (text: string): boolean => TWO_CHARACTER_SURNAMES.has(text) || JAPANESE_SURNAMES.has(text);

function reading(text: string): readonly string[] {
  const bare = text.replace(/[\s\u3000]+/g, '');
  if (bare === '') return [];
  const known = JAPANESE_SURNAMES.get(bare) ?? JAPANESE_GIVEN_NAMES.get(bare);
  const folded = KANA.test(bare) ? romaji(foldText(bare)) : foldText(bare);
  return [known ?? folded.replace(/[^a-z]/g, '')].filter((word) => word !== '');
}

const KANA = /^[\p{Script=Hiragana}\p{Script=Katakana}ー]+$/u;

/** Kana letter by letter (`shiyouta`) to the usual spelling (`shota`): small ya, yu, yo and long vowels drawn together. */
function romaji(letters: string): string {
  return letters
    .replace(/(sh|ch|j)iy([auo])/g, '$1$2')
    .replace(/([kgnhbpmr])iy([auo])/g, '$1y$2')
    .replace(/ou|oo/g, 'o')
    .replace(/uu/g, 'u')
    .replace(/-/g, '');
}

/** The official romanisation to what people write: `yeonghui` to `younghi`. */
const usualKorean = (word: string): string => word.replace(/yeo/g, 'you').replace(/eo/g, 'u').replace(/ui/g, 'i');

/** Korean: the first syllable is the surname, unless it is one of the few with two. */
function hangulName(family: string, given: string, formatted: string): NameRecord {
  let [surname, rest] = [family, given];
  if (surname === '' || rest === '') {
    const whole = (`${family}${given}` || formatted).replace(/\s+/g, '');
    const length = whole.length > 3 && TWO_CHARACTER_SURNAMES.has(whole.slice(0, 2)) ? 2 : 1;
    [surname, rest] = [whole.slice(0, length), whole.slice(length)];
  }
  const spoken = KOREAN_SURNAMES.get(surname.trim());
  const called = reading(rest).map(usualKorean);
  return {
    ...NO_NAME,
    given: called,
    family: spoken ? [spoken] : reading(surname),
    han: (surname + rest).replace(/\s/g, ''),
  };
}

/** Words between two names, in either case: letter by letter, since a pattern that ignores case over all scripts is slow to make. */
const BETWEEN = 'und and et y e i og och en ve и'
  .split(' ')
  .map((word) => word.replace(/./gu, (letter) => `[${letter}${letter.toUpperCase()}]`))
  .join('|');
const JOINED = new RegExp(
  `^\\s*(\\p{L}[\\p{L}.-]*)(?:\\s+\\p{L}[\\p{L}.-]*)?(?:\\s*[&+/]\\s*|\\s+(?:${BETWEEN})\\s+)(\\p{L}[\\p{L}.-]*)`,
  'u',
);

/** Most fields hold one word: this is tried first. */
const MAY_JOIN = /[\s&+/]/;

const SLIPPED = /^\s*(\p{L}{3,})\s+(\p{L}{2,4})\s+(\p{L}{3,})/u;

/** Two names joined into one card: `Anna & Peter Meier`, `Tom und Lisa`; between known given names with a slip, too (`Tom udn Lisa`). */
export function isCoupleName(text: string): boolean {
  if (!MAY_JOIN.test(text)) return false;
  const match = JOINED.exec(text);
  if (match) {
    const [first, second] = [foldText(match[1]!), foldText(match[2]!)];
    return first.length > 1 && second.length > 1 && !LABEL_WORDS.has(second);
  }
  const slipped = SLIPPED.exec(text);
  if (!slipped) return false;
  const [, first = '', between = '', second = ''] = slipped.map(foldText);
  const joins = ['und', 'and'].some((word) => editDistance(between, word) === 1);
  return joins && !isGivenName(between) && isGivenName(first) && isGivenName(second);
}
