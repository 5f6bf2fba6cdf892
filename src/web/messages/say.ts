/** Says texts in the reader's language: picks a language, fills in parameters, chooses the plural form. */
import type { texts as administration } from './administration/en.ts';
import type { en } from './en.ts';
import type { texts as security } from './security/en.ts';

type English = typeof en & typeof administration & typeof security;
export type MessageKey = keyof English;
/** Keys whose texts take no parameters. */
export type PlainKey = { [Key in MessageKey]: Holes<English[Key]> extends never ? Key : never }[MessageKey];
/** A language's texts: a missing or surplus key does not compile. */
export type Messages = Readonly<Record<keyof typeof en, string>>;
export type Parameters = Readonly<Record<string, string | number>>;

type Holes<Text extends string> = Text extends `${string}{${infer Hole}}${infer Rest}` ? Hole | Holes<Rest> : never;
type Given<Key extends MessageKey> = [Holes<English[Key]>] extends [never]
  ? []
  : [Readonly<Record<Holes<English[Key]>, string | number>>];

export const LANGUAGES = ['en', 'de', 'fr', 'it'] as const;
export type Language = (typeof LANGUAGES)[number];

const LOADERS: Readonly<Record<Language, () => Promise<Messages>>> = {
  en: () => import('./en.ts').then((module) => module.en),
  de: () => import('./de.ts').then((module) => module.de),
  fr: () => import('./fr.ts').then((module) => module.fr),
  it: () => import('./it.ts').then((module) => module.it),
};

type Loader = () => Promise<Readonly<Record<string, string>>>;

/** Texts that only some pages need: they come with the page that opens their section. */
const SECTIONS = {
  security: {
    en: () => import('./security/en.ts').then((module) => module.texts),
    de: () => import('./security/de.ts').then((module) => module.texts),
    fr: () => import('./security/fr.ts').then((module) => module.texts),
    it: () => import('./security/it.ts').then((module) => module.texts),
  },
  administration: {
    en: () => import('./administration/en.ts').then((module) => module.texts),
    de: () => import('./administration/de.ts').then((module) => module.texts),
    fr: () => import('./administration/fr.ts').then((module) => module.texts),
    it: () => import('./administration/it.ts').then((module) => module.texts),
  },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, Loader>>>>;
export type SectionName = keyof typeof SECTIONS;

const opened = new Set<SectionName>();

let spoken: Language = 'en';
/** The language with the reader's own region, for dates and numbers. */
let locale = 'en';
let texts: Partial<Readonly<Record<MessageKey, string>>> = {};

/** The first of `wanted` (BCP 47 tags, best first) that the page speaks, else English. */
export function chooseLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const primary = tag.toLowerCase().split('-')[0];
    const found = LANGUAGES.find((language) => language === primary);
    if (found) return found;
  }
  return 'en';
}

/** Loads the texts of `language`; everything said afterwards is in it. `wanted`: the reader's tags, for the region. */
export async function speak(language: Language, wanted: readonly string[] = []): Promise<void> {
  const sections = await Promise.all([...opened].map((name) => SECTIONS[name][language]()));
  texts = Object.assign({}, await LOADERS[language](), ...sections);
  spoken = language;
  locale = wanted.find((tag) => tag.toLowerCase().startsWith(`${language}-`)) ?? language;
}

/** Loads the texts of a section; they stay, also through a change of the language. */
export async function openSection(name: SectionName): Promise<void> {
  const added = await SECTIONS[name][spoken]();
  opened.add(name);
  texts = { ...texts, ...added };
}

export function spokenLanguage(): Language {
  return spoken;
}

/**
 * Fills `{holes}` of `text`. A text with forms separated by `|` takes the first for one and the second otherwise, as
 * the plural rules of `language` judge the parameter `n`. Numbers are written as that language writes them.
 */
export function fill(text: string, parameters: Parameters, language: string): string {
  const forms = text.split('|');
  const one = forms.length > 1 && new Intl.PluralRules(language).select(Number(parameters.n)) === 'one';
  const form = forms.length === 1 || one ? forms[0]! : forms[1]!;
  return form.replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = parameters[name];
    if (value === undefined) return hole;
    return typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : value;
  });
}

/** The text of `key` with its parameters, in the language spoken. */
export function say<Key extends MessageKey>(key: Key, ...given: Given<Key>): string {
  return fill(texts[key] ?? key, (given[0] as Parameters | undefined) ?? {}, locale);
}

/** The text of a key that is made at run time; null when there is none. */
export function sayIfKnown(key: string, parameters: Parameters = {}): string | null {
  const text = (texts as Readonly<Record<string, string>>)[key];
  return text === undefined ? null : fill(text, parameters, locale);
}

/** A number as the reader's language writes it. */
export const sayNumber = (number: number): string => new Intl.NumberFormat(locale).format(number);

/** A moment (ISO 8601) as day and time; `style` date leaves the time out. */
export function sayMoment(moment: string, style: 'date' | 'time' = 'time'): string {
  const format: Intl.DateTimeFormatOptions =
    style === 'date' ? { dateStyle: 'medium' } : { dateStyle: 'medium', timeStyle: 'short' };
  return new Intl.DateTimeFormat(locale, format).format(Date.parse(moment));
}

/** A moment as the time of day. */
export function sayClock(moment: string): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(Date.parse(moment));
}

const OCTET_UNITS = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** A number of octets in the unit that reads best. */
export function sayOctets(octets: number): string {
  const step = Math.min(Math.max(Math.floor(Math.log10(octets) / 3), 1), OCTET_UNITS.length);
  const format = { style: 'unit', unit: OCTET_UNITS[step - 1]!, maximumFractionDigits: step > 1 ? 1 : 0 } as const;
  return new Intl.NumberFormat(locale, format).format(octets / 1000 ** step);
}

const DAY_STYLES = {
  full: { dateStyle: 'full' },
  month: { month: 'long', year: 'numeric' },
  weekday: { weekday: 'long' },
  'short-weekday': { weekday: 'short' },
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>;

/** A day (`2026-06-15`) in words. */
export function sayDay(day: string, style: keyof typeof DAY_STYLES): string {
  return new Intl.DateTimeFormat(locale, { ...DAY_STYLES[style], timeZone: 'UTC' }).format(Date.parse(`${day}T00:00Z`));
}

/** Browsers tell it in one way or the other, or not at all. */
type WithWeeks = Intl.Locale & { getWeekInfo?(): { firstDay: number }; weekInfo?: { firstDay: number } };

/** The day on which a week begins where the reader is: 1 (Monday) to 7 (Sunday). */
export function firstWeekday(): number {
  const known = new Intl.Locale(locale) as WithWeeks;
  return (known.getWeekInfo?.() ?? known.weekInfo)?.firstDay ?? 1;
}

/** A probability (0 to 1) in per cent; never rounded up to 100 unless it is. */
export function sayPercent(probability: number): string {
  const floored = probability >= 1 ? 1 : Math.min(Math.round(probability * 100), 99) / 100;
  return new Intl.NumberFormat(locale, { style: 'percent' }).format(floored);
}

/** A weight of evidence with its sign and one digit behind the point. */
export function sayWeight(weight: number): string {
  return new Intl.NumberFormat(locale, { signDisplay: 'always', maximumFractionDigits: 1 }).format(weight);
}
