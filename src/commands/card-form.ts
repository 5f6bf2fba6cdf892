/** The common fields of a card as a form holds them: each value with the line it stands on. */
import { type ContentLine, parameter, typeWords } from '../contentline/content-line.ts';
import { decodedValue, splitValue, unescapeText } from '../contentline/value.ts';
import type { Card } from '../vcard/card.ts';
import { extendedDate, OMITTED_YEAR } from '../vcard/dates.ts';
import { labelsByGroup } from '../vcard/labels.ts';

/** What a value is for, as far as forms tell them apart; the empty string: neither is written. */
const VALUE_KINDS = ['home', 'work', 'cell', 'fax', 'other', ''] as const;
export type ValueKind = (typeof VALUE_KINDS)[number];

export interface FormValue {
  /** Index of its line in the card; null for a new one. */
  readonly line: number | null;
  readonly value: string;
  readonly kind: ValueKind;
  /** The label of its group, shown in place of the kind; null when there is none. */
  readonly label: string | null;
}

export interface FormAddress extends Omit<FormValue, 'value'> {
  /** Post office box, extended, street, city, region, postcode, country (RFC 6350 §6.3.1). */
  readonly parts: readonly string[];
}

export interface CardForm {
  readonly displayName: string;
  /** Family, given, additional names, prefixes, suffixes (RFC 6350 §6.2.2). */
  readonly name: readonly string[];
  readonly organisation: string;
  readonly department: string;
  readonly title: string;
  readonly phones: readonly FormValue[];
  readonly emails: readonly FormValue[];
  readonly addresses: readonly FormAddress[];
  readonly urls: readonly FormValue[];
  /** `1985-04-12`, `--04-12` without a year, or whatever else the card says. */
  readonly birthday: string;
  readonly note: string;
}

const NAME_PARTS = 5;
const ADDRESS_PARTS = 7;

/** The fields of a form that are lists, with the property each holds. */
export const LISTS = [
  { field: 'phones', property: 'TEL' },
  { field: 'emails', property: 'EMAIL' },
  { field: 'urls', property: 'URL' },
] as const;

/** Reads the form of a card: of properties that a form shows once, the first line. Never throws. */
export function readCardForm(card: Card): CardForm {
  const labels = labelsByGroup(card);
  const first = (name: string) => card.lines.find((line) => line.name === name);
  const org = componentsOf(first('ORG'), 2);
  return {
    displayName: textValue(first('FN')),
    name: componentsOf(first('N'), NAME_PARTS),
    organisation: org[0]!,
    department: org[1]!,
    title: textValue(first('TITLE')),
    phones: valuesNamed(card, 'TEL', labels),
    emails: valuesNamed(card, 'EMAIL', labels),
    addresses: indexed(card, 'ADR').map(([line, at]) => ({
      ...describe(line, at, labels),
      parts: componentsOf(line, ADDRESS_PARTS),
    })),
    urls: valuesNamed(card, 'URL', labels),
    birthday: birthdayValue(first('BDAY')),
    note: textValue(first('NOTE')),
  };
}

function indexed(card: Card, name: string): [ContentLine, number][] {
  return [...card.lines.entries()].filter(([, line]) => line.name === name).map(([at, line]) => [line, at]);
}

type Labels = ReadonlyMap<string, string>;

const valuesNamed = (card: Card, name: string, labels: Labels): FormValue[] =>
  indexed(card, name).map(([line, at]) => ({ ...describe(line, at, labels), value: shownValue(line) }));

const describe = (line: ContentLine, at: number, labels: Labels): Omit<FormValue, 'value'> => ({
  line: at,
  kind: kindOf(line),
  label: labels.get(line.group.toLowerCase()) ?? null,
});

/** TYPE words that mean one of the kinds. */
export const KIND_WORDS: Readonly<Record<string, ValueKind>> = {
  home: 'home',
  work: 'work',
  cell: 'cell',
  mobile: 'cell',
  fax: 'fax',
  other: 'other',
};

/** A fax at work is a fax, a mobile phone at work a mobile phone: the more telling word counts. */
const TELLING: readonly ValueKind[] = ['fax', 'cell', 'home', 'work', 'other'];

export function kindOf(line: ContentLine): ValueKind {
  const kinds = new Set(typeWords(line).map((word) => (Object.hasOwn(KIND_WORDS, word) ? KIND_WORDS[word]! : '')));
  return TELLING.find((kind) => kinds.has(kind)) ?? '';
}

/** True for a value that is a URI, which carries no text escapes. */
export const isUri = (line: Pick<ContentLine, 'name' | 'params' | 'value'>): boolean =>
  line.name === 'URL' || line.params.some(({ name, values }) => name === 'VALUE' && /^ur[il]$/i.test(values[0] ?? ''));

/** The value of a list's line as people type it. */
function shownValue(line: ContentLine): string {
  const value = decodedValue(line);
  const text = isUri(line) ? value.replace(/\\([,;:])/g, '$1') : unescapeText(value);
  return text.trim().replace(/^(?:tel|mailto):/i, '');
}

function textValue(line: ContentLine | undefined): string {
  return line ? unescapeText(decodedValue(line)).trim() : '';
}

/** Exactly `count` components, unescaped; missing ones are empty. */
function componentsOf(line: ContentLine | undefined, count: number): string[] {
  const parts = line ? splitValue(decodedValue(line), ';') : [];
  return Array.from({ length: count }, (_, at) => unescapeText(parts[at] ?? '').trim());
}

function birthdayValue(line: ContentLine | undefined): string {
  if (!line) return '';
  const text = textValue(line);
  const omitted = parameter(line, 'X-APPLE-OMIT-YEAR') ?? OMITTED_YEAR;
  const date = extendedDate(text) ?? text;
  if (date.startsWith(`${omitted}-`) && parameter(line, 'X-APPLE-OMIT-YEAR') !== undefined) return `-${date.slice(4)}`;
  return date.replace(/^--(\d\d)-?(\d\d)$/, '--$1-$2');
}
