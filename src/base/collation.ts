/** Collations for text matches of both query reports: i;ascii-casemap and i;octet (RFC 4790 §9), i;unicode-casemap (RFC 5051). */

export type CollationName = 'i;ascii-casemap' | 'i;unicode-casemap' | 'i;octet';

/** How needle and value are compared (RFC 6352 §10.5.4); CalDAV's text-match is always `contains` (RFC 4791 §9.7.5). */
export type MatchType = 'equals' | 'contains' | 'starts-with' | 'ends-with';

export interface Collation {
  readonly name: CollationName;
  readonly rfc: string;
  /** Two texts are equal under the collation when their keys are the same string; substrings likewise. */
  readonly key: (text: string) => string;
}

/** Every collation that is offered: `supported-collation-set` is derived from this list. */
export const COLLATIONS: readonly Collation[] = [
  { name: 'i;ascii-casemap', rfc: '4790 §9.2', key: asciiCasemap },
  { name: 'i;unicode-casemap', rfc: '5051 §2', key: unicodeCasemap },
  { name: 'i;octet', rfc: '4790 §9.3', key: (text) => text },
];

/** The collation called `name` exactly, or undefined: the caller then answers `supported-collation` (RFC 6352 §8.6). */
export function collationNamed(name: string): CollationName | undefined {
  return COLLATIONS.find((collation) => collation.name === name)?.name;
}

const MATCH_TYPES: Readonly<Record<MatchType, (value: string, needle: string) => boolean>> = {
  equals: (value, needle) => value === needle,
  contains: (value, needle) => value.includes(needle),
  'starts-with': (value, needle) => value.startsWith(needle),
  'ends-with': (value, needle) => value.endsWith(needle),
};

/** The match types by name, in the order of the RFC. */
export const MATCH_TYPE_NAMES: readonly MatchType[] = ['equals', 'contains', 'starts-with', 'ends-with'];

/** Does `value` match `needle`? Both are plain text (escapes undone). */
export function textMatches(collation: CollationName, matchType: MatchType, value: string, needle: string): boolean {
  return textMatcher(collation, matchType, needle)(value);
}

/** The `key` of a collation. */
export const collationKey = (name: CollationName): Collation['key'] =>
  COLLATIONS.find((collation) => collation.name === name)!.key;

/** The same test with the needle prepared once, for many values. */
export function textMatcher(
  collation: CollationName,
  matchType: MatchType,
  needle: string,
): (value: string) => boolean {
  const key = collationKey(collation);
  const matches = MATCH_TYPES[matchType];
  const prepared = key(needle);
  return (value) => matches(key(value), prepared);
}

function asciiCasemap(text: string): string {
  return /[a-z]/.test(text) ? text.replace(/[a-z]+/g, (letters) => letters.toUpperCase()) : text;
}

const ASCII_ONLY = /^[\0-\x7f]*$/;

/** Titlecase of each character, then full (compatibility) decomposition. */
function unicodeCasemap(text: string): string {
  if (ASCII_ONLY.test(text)) return text.toUpperCase();
  let titled = '';
  for (const character of text) titled += simpleTitlecase(character);
  return titled.normalize('NFKD');
}

/** Titlecase differs from upper case for these digraphs of UnicodeData.txt. */
const DIGRAPHS: ReadonlyMap<string, string> = new Map(
  ['Ǆǅ', 'ǅǅ', 'ǆǅ', 'Ǉǈ', 'ǈǈ', 'ǉǈ', 'Ǌǋ', 'ǋǋ', 'ǌǋ', 'Ǳǲ', 'ǲǲ', 'ǳǲ', 'ᾳᾼ', 'ῃῌ', 'ῳῼ'].map((pair) => [
    pair[0]!,
    pair[1]!,
  ]),
);

/** The one-to-one titlecase mapping: what has only a longer one (`ß` to `SS`) stays as it is. */
function simpleTitlecase(character: string): string {
  const digraph = DIGRAPHS.get(character);
  if (digraph) return digraph;
  const code = character.codePointAt(0)!;
  if (code >= 0x1f80 && code <= 0x1faf) return String.fromCodePoint(code | 8);
  const upper = character.toUpperCase();
  return upper.length > 1 && [...upper].length > 1 ? character : upper;
}
