/** One name field to words: titles, labels, brackets and pictures taken out, generation and birth name set apart. */
import { remembering } from '../../base/remembering.ts';
import { EMPTY } from '../empty.ts';
import { isFirstName } from '../names/first-names.ts';
import { isArabicName } from '../names/given-names.ts';
import { ROLES } from '../names/roles.ts';
import {
  AMBIGUOUS_TITLES,
  KIN_OF,
  LABEL_WORDS,
  LEADING_LABELS,
  LEADING_SUFFIXES,
  PARTICLES,
  SUFFIXES,
  TITLES,
} from '../names/words.ts';
import { latinFromArabic } from './arabic-script.ts';
import { latinFromGreek } from './greek-script.ts';
import { latinFromHebrew } from './hebrew-script.ts';
import { foldText } from './text.ts';

export interface Words {
  readonly words: readonly string[];
  /** As `NameRecord.suffix`. */
  readonly suffix: string;
  /** What stood in brackets or quotation marks. */
  readonly aside: readonly string[];
  /** What stood in quotation marks, and what somebody does for a living (`Plumber Mike`). */
  readonly called: readonly string[];
  /** The birth name, where one is told (`geb. Wagner`). */
  readonly born: readonly string[];
  /** Whose mother, wife or son somebody is by a note in brackets: as `NameRecord.kin`. */
  readonly kin: readonly string[];
}

export const NOTHING_NEW: Words = { words: EMPTY, suffix: '', aside: EMPTY, called: EMPTY, born: EMPTY, kin: EMPTY };

const ASIDE = /[([{"“„«]([^)\]}"”“»]*)[)\]}"”“»]/g;
const NOT_ASCII = /[^\x20-\x7e]/;
const PICTURE = /[\p{Extended_Pictographic}\p{So}\p{Emoji_Modifier}]+/gu;
const LABEL_TAIL = /\s*[/\\|]\s?[hmwpft]\d?\s*$/i;
const ARABIC_LETTERS = /\p{Script=Arabic}/u;
const GREEK_LETTERS = /[\u0370-\u03ff\u1f00-\u1fff]/;
const HEBREW_LETTERS = /[\u05d0-\u05ea]/;
/** Suffix words that are also names or initials: taken as suffix only with a dot or from the suffix field. */
const DOTTED_SUFFIXES = new Set(['jun', 'sen', 'elder', 'younger', 'fils', 'hijo', 'pere', 'ids']);
/** Brazilian sons, grandsons and nephews stand last, the latter two behind a surname. */
const LAST_SUFFIXES: ReadonlyMap<string, number> = new Map([
  ['filho', 1],
  ['neto', 2],
  ['sobrinho', 2],
]);

/** A birth name in the words of several languages; the words before it are looked for first. */
const BIRTH_NAME =
  /[\s,(]+(?:geb\.|geb(?=\s)|geborene?r?|n[ée]e|né|born|nata|z domu|rozen[áa]|roden[áa]|f[øö]dt?|formerly)\s+([^,()]+)\)?/i;
const MAY_TELL_BIRTH = /[ (](?:geb|n[eéE]|born|nata|z d|ro[zd]|f[øö]d|form)/i;

const rememberedWords = remembering(50_000, cutWords);

/** Folded words of one name field; see `Words`. */
export const readWords = (text: string): Words => (text === '' ? NOTHING_NEW : rememberedWords(text));

/** As `readWords`, for texts that hardly come again, such as whole names. */
export function cutWords(text: string): Words {
  if (text === '') return NOTHING_NEW;
  let plain = text;
  let born: readonly string[] = EMPTY;
  const birth = MAY_TELL_BIRTH.test(plain) ? BIRTH_NAME.exec(plain) : null;
  if (birth) {
    plain = `${plain.slice(0, birth.index)} ${plain.slice(birth.index + birth[0].length)}`;
    born = cutWords(birth[1]!).words;
  }
  const aside: string[] = [];
  const called: string[] = [];
  const kin: string[] = [];
  if (/[([{"“„«]/.test(plain)) plain = withoutAsides(plain, { aside, called, kin });
  // most names hold neither, and patterns over all scripts are slow to make
  if (NOT_ASCII.test(plain)) {
    if (ARABIC_LETTERS.test(plain)) plain = latinFromArabic(plain);
    if (HEBREW_LETTERS.test(plain)) plain = latinFromHebrew(plain);
    if (GREEK_LETTERS.test(plain)) plain = latinFromGreek(plain);
    plain = plain.replace(PICTURE, ' ');
  }
  plain = foldText(plain.replace(LABEL_TAIL, '')).replace(/['`\u2019\u02bc]/g, '');
  const found = plain.match(/[a-z0-9]+\.?/g) ?? [];
  const words: string[] = [];
  let suffix = '';
  for (const [index, token] of found.entries()) {
    const dotted = token.endsWith('.');
    const word = withoutNumber(dotted ? token.slice(0, -1) : token);
    if (word === '') continue;
    const mayBeSuffix = index === 0 ? word.startsWith('i') : SUFFIXES.has(word) || word === 'ml';
    const generation = mayBeSuffix && suffixOf(word, dotted, index, words.length, index === found.length - 1);
    if (generation) suffix = generation;
    else if (!isTitle(word, dotted)) words.push(withoutArticle(word));
  }
  const named = withoutRoles(withoutLabels(words), called);
  const told = { aside: filled(aside), called: filled(called), kin: filled(kin) };
  return { words: filled(named.map(interned)), suffix, ...told, born };
}

/** Adds what the brackets and quotation marks hold to the lists. */
function withoutAsides(text: string, { aside, called, kin }: Record<'aside' | 'called' | 'kin', string[]>): string {
  return text.replace(ASIDE, (whole, inner: string) => {
    const words = foldText(inner).match(/[a-z]{2,}/g) ?? [];
    if (words.some((word) => KIN_OF.has(word))) {
      kin.push(...words.filter((word) => isFirstName(word) && !KIN_OF.has(word)));
      return ' ';
    }
    for (const word of words) {
      if (LABEL_WORDS.has(word) || TITLES.has(word)) continue;
      aside.push(word);
      if (!/^[([{]/.test(whole)) called.push(word);
    }
    return ' ';
  });
}

/** The generation that a word tells; `before`: names in front of it. */
function suffixOf(word: string, dotted: boolean, index: number, before: number, isLast: boolean): string | undefined {
  if (index === 0) return dotted || word.length > 3 ? LEADING_SUFFIXES.get(word) : undefined;
  const generation = SUFFIXES.get(word);
  if (generation === undefined) return isLast && dotted && word === 'ml' ? 'jr' : undefined;
  const least = LAST_SUFFIXES.get(word);
  if (dotted || (least === undefined && !DOTTED_SUFFIXES.has(word))) return generation;
  return least !== undefined && isLast && before >= least ? generation : undefined;
}

function withoutLabels(words: readonly string[]): readonly string[] {
  let [from, to] = [0, words.length];
  while (to > 1 && (LABEL_WORDS.has(words[to - 1]!) || (to < words.length && PARTICLES.has(words[to - 1]!)))) to--;
  while (to - from > 1 && LEADING_LABELS.has(words[from]!)) from++;
  return from === 0 && to === words.length ? words : words.slice(from, to);
}

/** `Plumber Mike`, `Mike Plumber` and Mike are one: what he does is no name of his, unless it is all there is. */
function withoutRoles(words: readonly string[], called: string[]): readonly string[] {
  if (words.length < 2) return words;
  const role = ROLES.has(words[0]!) ? words[0] : ROLES.has(words.at(-1)!) ? words.at(-1) : undefined;
  if (role === undefined) return words;
  called.push(role);
  return role === words[0] ? words.slice(1) : words.slice(0, -1);
}

/** One string object for all cards that hold the word. */
const interned = remembering(200_000, (word) => word);

export const filled = (words: readonly string[]): readonly string[] => (words.length > 0 ? words : EMPTY);

/** Pure numbers go, `anna84` loses its digits; a digit typed inside a word stays. */
function withoutNumber(word: string): string {
  if (/^\d+(st|nd|rd|th)?$/.test(word)) return SUFFIXES.has(word) ? word : '';
  return word.replace(/\d{2,}$/, '');
}

/** `alharbi` is `Al-Harbi` written together; words that only begin alike are left alone. */
function withoutArticle(word: string): string {
  const begins = word.length > 5 && (word.startsWith('al') || word.startsWith('el'));
  return begins && isArabicName(word.slice(2)) ? word.slice(2) : word;
}

function isTitle(word: string, dotted: boolean): boolean {
  return word.length > 1 && TITLES.has(word) && (dotted || !AMBIGUOUS_TITLES.has(word));
}
