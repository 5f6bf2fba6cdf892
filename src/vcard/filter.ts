/** The filter of addressbook-query on one card, to the letter of RFC 6352 §10.5. */
import { type CollationName, type MatchType, textMatcher } from '../base/collation.ts';
import type { ContentLine } from '../contentline/content-line.ts';
import { decodedValue, splitValue, unescapeText } from '../contentline/value.ts';
import type { Card } from './card.ts';

/** `anyof` is the default of the RFC; whoever reads the XML fills it in. */
export type FilterTest = 'anyof' | 'allof';

/** §10.5.4. Defaults: collation `i;unicode-casemap`, match type `contains`, not negated. */
export interface TextMatch {
  readonly text: string;
  readonly collation: CollationName;
  readonly matchType: MatchType;
  readonly negate: boolean;
}

/** §10.5.2: the parameter exists, does not exist, or has a value that matches. */
export interface ParamFilter {
  readonly name: string;
  /** True for `is-not-defined`; `textMatch` is then absent. */
  readonly isNotDefined: boolean;
  readonly textMatch?: TextMatch;
}

/** §10.5.1. Without matches and parameter filters: the property exists. */
export interface PropFilter {
  /** Without a group it finds the property in every group; `item1.TEL` finds it in that group only. */
  readonly name: string;
  readonly test: FilterTest;
  readonly isNotDefined: boolean;
  readonly textMatches: readonly TextMatch[];
  readonly paramFilters: readonly ParamFilter[];
}

/** §10.5. Without property filters every card matches. */
export interface CardFilter {
  readonly test: FilterTest;
  readonly propFilters: readonly PropFilter[];
}

/** A filter prepared for many cards: collation keys of the needles are computed once. */
export function cardMatcher(filter: CardFilter): (card: Card) => boolean {
  const tests = filter.propFilters.map(propertyMatcher);
  if (tests.length === 0) return () => true;
  return filter.test === 'allof'
    ? (card) => tests.every((test) => test(card))
    : (card) => tests.some((test) => test(card));
}

/**
 * Conditions on values look for one property that meets them (with `allof`: the same one meets all of them).
 * A parameter that must not be defined may stand on none of the card's properties of that name.
 */
function propertyMatcher(filter: PropFilter): (card: Card) => boolean {
  const named = nameMatcher(filter.name);
  if (filter.isNotDefined) return ({ lines }) => !lines.some(named);
  const absent = filter.paramFilters.filter((param) => param.isNotDefined).map((param) => param.name.toUpperCase());
  const present = filter.paramFilters.filter((param) => !param.isNotDefined);
  const tests = [...filter.textMatches.map(valueMatcher), ...present.map(parameterMatcher)];
  const lacks = (lines: readonly ContentLine[]) => (name: string) =>
    lines.every((line) => valuesOf(line, name).length === 0);
  return ({ lines }) => {
    const found = lines.filter(named);
    if (found.length === 0) return false;
    if (tests.length === 0 && absent.length === 0) return true;
    return filter.test === 'allof'
      ? absent.every(lacks(found)) && found.some((line) => tests.every((test) => test(line)))
      : absent.some(lacks(found)) || found.some((line) => tests.some((test) => test(line)));
  };
}

/** Property names are compared without regard to case (RFC 6350 §3.3); a group in the filter must be the line's (§10.5.1). */
function nameMatcher(wanted: string): (line: ContentLine) => boolean {
  const dot = wanted.lastIndexOf('.');
  const name = wanted.slice(dot + 1).toUpperCase();
  if (dot < 0) return (line) => line.name === name;
  const group = wanted.slice(0, dot).toLowerCase();
  return (line) => line.name === name && line.group.toLowerCase() === group;
}

/** Properties that hold a list of texts (RFC 6350 §6.2.3, §6.7.1). */
export const LIST_PROPERTIES: ReadonlySet<string> = new Set(['NICKNAME', 'CATEGORIES']);

/**
 * The whole value, escapes undone: `;` and `,` of structured and list values are part of the text. A text of a list matches as well
 * alone: whoever has the nicknames `Bobby,Rob` is found as one that equals `Rob`. Negated: neither matches.
 */
function valueMatcher({ collation, matchType, text, negate }: TextMatch): (line: ContentLine) => boolean {
  const matches = textMatcher(collation, matchType, text);
  return (line) => {
    const value = decodedValue(line);
    const isList = LIST_PROPERTIES.has(line.name) && value.includes(',');
    const texts = isList ? splitValue(value, ',').map((each) => unescapeText(each).trim()) : [];
    return [unescapeText(value), ...texts].some(matches) !== negate;
  };
}

/**
 * A text match holds when a value of the parameter matches. Negated, it holds when the parameter is there and none does.
 * TYPE values are also tried one word at a time, as `TYPE="home,cell"`, `TYPE=home,cell` and the nameless words of 2.1 say the same.
 */
function parameterMatcher(filter: ParamFilter): (line: ContentLine) => boolean {
  const name = filter.name.toUpperCase();
  const match = filter.textMatch;
  if (match === undefined) return (line) => valuesOf(line, name).length > 0;
  const matches = textMatcher(match.collation, match.matchType, match.text);
  return (line) => {
    const values = valuesOf(line, name);
    return values.length > 0 && values.some(matches) !== match.negate;
  };
}

function valuesOf(line: ContentLine, name: string): string[] {
  const values: string[] = [];
  for (const param of line.params) {
    if (param.name !== name && !(name === 'TYPE' && param.name === '')) continue;
    for (const value of param.values) {
      values.push(value);
      if (name === 'TYPE' && value.includes(',')) values.push(...value.split(','));
    }
  }
  return values;
}
