/** Russian patronymics: the father's name between given name and surname, or behind both. */
import { isFirstName } from '../names/first-names.ts';

const OF_A_FATHER = /^(.{2,})(?:ov|ev|ow|ew)(?:ich|itsch|ych)$/;
/** A daughter's is never a surname. */
const OF_A_DAUGHTER = /.{2,}(?:ovna|evna|owna|ewna|inichna|ivna)$/;

const OF_A_DAUGHTER_OF = /^(.{2,})(?:ov|ev|ow|ew|iv)na$/;
/** What the name of a father ends in before it becomes a patronymic. */
const ENDINGS = ['', 'i', 'y', 'j', 'a'];

/** True for `Petrovich`, `Sergeevna`; a surname such as Lukashevich is no father's name. */
export function isPatronymic(word: string): boolean {
  if (!word.endsWith('na') && !word.endsWith('ch')) return false;
  if (OF_A_DAUGHTER.test(word)) return true;
  const father = OF_A_FATHER.exec(word)?.[1];
  return father !== undefined && ENDINGS.some((ending) => isFirstName(father + ending));
}

/** The names that a father may have by a patronymic, as far as they are known ones; empty where none is. */
export function fathersOf(word: string): readonly string[] {
  const stem = OF_A_FATHER.exec(word)?.[1] ?? OF_A_DAUGHTER_OF.exec(word)?.[1];
  if (stem === undefined) return [];
  return ENDINGS.map((ending) => stem + ending).filter(isFirstName);
}

/** A name in one field that holds a patronymic as second or last word, in its parts; otherwise undefined. */
export function splitByPatronymic(
  words: readonly string[],
):
  | { readonly given: readonly string[]; readonly middle: readonly string[]; readonly family: readonly string[] }
  | undefined {
  if (words.length < 2 || words.length > 3) return undefined;
  const at = words.length === 3 && isPatronymic(words[2]!) ? 2 : isPatronymic(words[1]!) ? 1 : -1;
  if (at < 0) return undefined;
  const [surname, given] = at === 2 ? [words[0], words[1]] : [words[2], words[0]];
  return { given: [given!], middle: [words[at]!], family: surname === undefined ? [] : [surname] };
}
