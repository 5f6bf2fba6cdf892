/** Which given names may mean one person: the classes of all languages, looked up by name. */
import { AFRICAN, ARABIC, ARABIC_SURNAMES, CROSS_LANGUAGE, SURNAME_SPELLINGS, TURKISH } from './eastern.ts';
import { DUTCH_NORDIC, ENGLISH, GERMAN } from './germanic.ts';
import { PLAIN_NAMES } from './plain-names.ts';
import { NORTHERN_NAMES } from './plain-names-north.ts';
import { SOUTHERN_NAMES } from './plain-names-south.ts';
import { FRENCH, ITALIAN, PORTUGUESE, SPANISH } from './romance.ts';
import { CZECH, POLISH, RUSSIAN } from './slavic.ts';
import { DRAWN_TOGETHER, GREEK, HEBREW, HUNGARIAN, ICELANDIC, ROMANIAN, SOUTH_SLAVIC } from './southeastern.ts';

const SHORT_FORMS = classesOf(
  [
    [ENGLISH, GERMAN, DUTCH_NORDIC, FRENCH, SPANISH, ITALIAN, PORTUGUESE, POLISH, RUSSIAN, CZECH, ARABIC, TURKISH],
    [HUNGARIAN, GREEK, HEBREW, ROMANIAN, SOUTH_SLAVIC, ICELANDIC, DRAWN_TOGETHER, AFRICAN],
  ].flat(2),
);
const PLAIN = classesOf([...PLAIN_NAMES, ...NORTHERN_NAMES, ...SOUTHERN_NAMES]);
const LANGUAGES = classesOf(CROSS_LANGUAGE);
const SPELLINGS = classesOf(SURNAME_SPELLINGS);

type Classes = ReadonlyMap<string, readonly number[]>;

function classesOf(lines: readonly string[]): Classes {
  const classes = new Map<string, number[]>();
  lines.forEach((line, index) => {
    // most names stand in one class only: those of a line share a list
    const only = [index];
    for (const name of line.split(' ')) {
      const known = classes.get(name);
      classes.set(name, known ? [...known, index] : only);
    }
  });
  return classes;
}

/** The classes a word stands in, by what they say. */
export interface NameClasses {
  /** A full name and its short forms in one language (`robert`, `bob`). */
  readonly short: readonly number[] | undefined;
  /** One name in several languages (`giovanni`, `juan`). */
  readonly language: readonly number[] | undefined;
  /** Spellings of one name that has no short forms. */
  readonly plain: readonly number[] | undefined;
  /** Romanisations of one East Asian name (`chan`, `chen`). */
  readonly spelling: readonly number[] | undefined;
}

export const namesOf = (word: string): NameClasses => ({
  short: SHORT_FORMS.get(word),
  language: LANGUAGES.get(word),
  plain: PLAIN.get(word),
  spelling: SPELLINGS.get(word),
});

/** True when two words stand in one class. */
export function sharesClass(a: readonly number[] | undefined, b: readonly number[] | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  for (const index of a) if (b.includes(index)) return true;
  return false;
}

/** Numbers of the short-form classes a name stands in: blocking keys that bring `Bob` and `Robert` together. */
export const shortFormClasses = (name: string): readonly number[] => SHORT_FORMS.get(name) ?? [];

const ARABIC_NAMES: ReadonlySet<string> = new Set([...ARABIC, ...ARABIC_SURNAMES].flatMap((line) => line.split(' ')));

/** True for a given name of Arabic speakers, who set their father's behind their own. */
export const isArabicName = (name: string): boolean => ARABIC_NAMES.has(name);

/** True when the word is a known given name: tells `Peter Anna` orders and one-field names apart. */
export const isGivenName = (name: string): boolean => SHORT_FORMS.has(name) || LANGUAGES.has(name) || PLAIN.has(name);
