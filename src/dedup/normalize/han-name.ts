/** Names in Chinese, Japanese and Korean letters: the characters themselves, and their reading in Latin ones. */

import { CHINESE_SURNAMES } from '../names/east-asian-words.ts';
import {
  HAN_VARIANTS,
  JAPANESE_GIVEN_NAMES,
  JAPANESE_SURNAMES,
  KOREAN_SURNAMES,
  TWO_CHARACTER_SURNAMES,
} from '../names/eastern.ts';
import type { NameRecord } from '../types.ts';
import type { NameFields } from './name.ts';
import { readWords } from './name-words.ts';
import { cleanText, foldText } from './text.ts';

export const HAN = /\p{Script=Han}/u;
export const HANGUL = /^[\p{Script=Hangul}\s·-]+$/u;
const KANA = /^[\p{Script=Hiragana}\p{Script=Katakana}ー]+$/u;

/** Politeness and rank behind a name. */
const HONORIFIC =
  /\s*(?:先生|女士|小姐|太太|老师|老師|经理|經理|医生|醫生|阿姨|叔叔|师傅|師傅|哥|姐|叔|主任|主管|老板|老闆|院长|校长|部長|課長|社長|店長|先輩|さん|様|さま|くん|ちゃん|님|씨|선생님|부장님?|과장님?|대리님?|사장님?|팀장님?|선배님?|이모|삼촌)$/u;
/** `王总`: a surname and “general manager”. */
const MANAGER = /^(\p{Script=Han}{1,2})[总總]$/u;

/** A reading or a note: `刘建国（同事）`. */
const BRACKETS = /\s*[（(][^）)]*[）)]?/g;

/** The name without brackets and what only honours it, unless that is all. */
export function withoutHonorific(text: string): string {
  const bare = text.replace(BRACKETS, '').replace(HONORIFIC, '').replace(MANAGER, '$1').trim();
  return bare === '' ? text : bare;
}

/** One form of characters that are written in several: simplified, traditional, Japanese. */
const inOneForm = (text: string): string => text.replace(/./gu, (letter) => HAN_VARIANTS.get(letter) ?? letter);

type HanName = Pick<NameRecord, 'given' | 'family' | 'nicknames' | 'han'>;

/** Chinese and Japanese: the characters themselves, and their reading from the phonetic fields or the tables. */
export function hanName(
  fields: Pick<NameFields, 'nicknames' | 'phoneticGiven' | 'phoneticFamily'>,
  family: string,
  given: string,
  formatted: string,
): HanName {
  let [surname, rest] = [family, given];
  const comma = /^([^,，]+)[,，]\s*(.+)$/.exec(surname);
  if (comma && rest === '') [surname, rest] = [comma[1]!, comma[2]!];
  if (surname === '' || rest === '') [surname, rest] = splitHan(`${surname}${rest}` || formatted);
  const han = (surname + rest).replace(/[^\p{L}]/gu, '');
  const phonetic = readWords(`${fields.phoneticGiven} ${fields.phoneticFamily}`).words.length > 0;
  const familyWords = phonetic ? reading(fields.phoneticFamily) : surnameReadings(surname, rest);
  const givenWords = reading(phonetic ? fields.phoneticGiven : rest);
  const nicknames = fields.nicknames.flatMap((nickname) => readWords(cleanText(nickname)).words);
  return { given: givenWords, family: familyWords, nicknames, han: HAN.test(han) ? inOneForm(han) : '' };
}

const LATIN_WORD = /[\p{Script=Latin}\p{M}'’.-]{2,}/gu;

/** `Meihua Lin 林美華`, `Kenny 陳`: the two parts of one field, where there are two. */
export function inBothScripts(text: string): { readonly latin: string; readonly han: string } | undefined {
  // what stands in brackets is a reading or a note
  if (/[()（）[\]]/.test(text)) return undefined;
  const latin = text.match(LATIN_WORD)?.join(' ');
  const han = text.replace(LATIN_WORD, '').replace(/[^\p{L}]/gu, '');
  return latin && HAN.test(han) ? { latin, han } : undefined;
}

/** A name in Latin letters with what its characters add: the surname, where they are all that tells it, and how it is read. */
export function withHan(name: NameRecord, characters: string): NameRecord {
  const [surname, rest] = splitHan(characters);
  const called = reading(rest);
  const isWhole = name.given.length > 0 && name.family.length > 0;
  const nicknames = [...name.nicknames, ...called];
  const han = rest === '' ? '' : inOneForm(characters);
  if (isWhole) return { ...name, nicknames, han };
  return {
    ...name,
    given: name.given.length > 0 ? name.given : name.family,
    family: reading(surname),
    nicknames,
    han,
    unordered: false,
  };
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
  const familiar = FAMILIAR.exec(whole)?.[1];
  if (familiar !== undefined && CHINESE_SURNAMES.has(familiar)) return [familiar, ''];
  const isGivenAlone = whole.length === 2 && !CHINESE_SURNAMES.has(whole[0]!);
  return isGivenAlone ? ['', whole] : [whole.slice(0, 1), whole.slice(1)];
}

/** `小李`, `老王`: what younger and older Mr Li and Wang are called. */
const FAMILIAR = /^[小老](.)$/u;

/** Some programs write 松本 葵 and 吴 怡凯 the western way round. */
function isGivenFirst(first: string, rest: string): boolean {
  return !isHanSurname(first) && (isHanSurname(rest) || (first.length === 2 && rest.length === 1));
}

const isHanSurname = (text: string): boolean => TWO_CHARACTER_SURNAMES.has(text) || JAPANESE_SURNAMES.has(text);

/** Some surnames of one character are read in Chinese or in Japanese: 林 is Lin or Hayashi. */
function surnameReadings(surname: string, given: string): readonly string[] {
  const words = reading(surname);
  const isOpen =
    surname.length === 1 && JAPANESE_SURNAMES.has(surname) && !JAPANESE_GIVEN_NAMES.has(given) && !HAS_KANA.test(given);
  return isOpen ? [...new Set([...words, foldText(surname).trim()])] : words;
}

const HAS_KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;

function reading(text: string): readonly string[] {
  const bare = text.replace(/[\s\u3000]+/g, '');
  if (bare === '') return [];
  const known = JAPANESE_SURNAMES.get(bare) ?? JAPANESE_GIVEN_NAMES.get(bare);
  const folded = KANA.test(bare) ? romaji(foldText(bare)) : foldText(bare);
  return [known ?? folded.replace(/[^a-z]/g, '')].filter((word) => word !== '');
}

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
export function hangulName(family: string, given: string, formatted: string): Omit<HanName, 'nicknames'> {
  let [surname, rest] = [family, given];
  if (surname === '' || rest === '') {
    const whole = (`${family}${given}` || formatted).replace(/\s+/g, '');
    const length = whole.length > 3 && TWO_CHARACTER_SURNAMES.has(whole.slice(0, 2)) ? 2 : 1;
    [surname, rest] = [whole.slice(0, length), whole.slice(length)];
  }
  const spoken = KOREAN_SURNAMES.get(surname.trim());
  const called = reading(rest).map(usualKorean);
  return { given: called, family: spoken ? [spoken] : reading(surname), han: (surname + rest).replace(/\s/g, '') };
}
