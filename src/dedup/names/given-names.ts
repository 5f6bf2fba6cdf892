/** Which given names may mean one person: the classes of all languages, looked up by name. */
import { ARABIC, CROSS_LANGUAGE, SURNAME_SPELLINGS, TURKISH } from './eastern.ts';
import { DUTCH_NORDIC, ENGLISH, GERMAN } from './germanic.ts';
import { FRENCH, ITALIAN, PORTUGUESE, SPANISH } from './romance.ts';
import { CZECH, POLISH, RUSSIAN } from './slavic.ts';

const SHORT_FORMS = classesOf(
  [ENGLISH, GERMAN, DUTCH_NORDIC, FRENCH, SPANISH, ITALIAN, PORTUGUESE, POLISH, RUSSIAN, CZECH, ARABIC, TURKISH].flat(),
);
const LANGUAGES = classesOf(CROSS_LANGUAGE);
const SPELLINGS = classesOf(SURNAME_SPELLINGS);

type Classes = ReadonlyMap<string, readonly number[]>;

function classesOf(lines: readonly string[]): Classes {
  const classes = new Map<string, number[]>();
  lines.forEach((line, index) => {
    for (const name of line.split(' ')) {
      const known = classes.get(name);
      if (known) known.push(index);
      else classes.set(name, [index]);
    }
  });
  return classes;
}

function shareClass(classes: Classes, a: string, b: string): boolean {
  const of = classes.get(a);
  const other = of && classes.get(b);
  if (!of || !other) return false;
  return of.some((index) => other.includes(index));
}

/** True for a full name and its short form, or two short forms of one name, in one language (`bob`, `robert`). */
export const isShortForm = (a: string, b: string): boolean => shareClass(SHORT_FORMS, a, b);

/** True for one name in two languages (`giovanni`, `juan`). */
export const isOtherLanguage = (a: string, b: string): boolean => shareClass(LANGUAGES, a, b);

/** True for two romanisations of one East Asian name (`chan`, `chen`). */
export const isSpelling = (a: string, b: string): boolean => shareClass(SPELLINGS, a, b);

/** Numbers of the short-form classes a name stands in: blocking keys that bring `Bob` and `Robert` together. */
export const shortFormClasses = (name: string): readonly number[] => SHORT_FORMS.get(name) ?? [];

/** True when the word is a known given name: tells `Peter Anna` orders and one-field names apart. */
export const isGivenName = (name: string): boolean => SHORT_FORMS.has(name) || LANGUAGES.has(name);
