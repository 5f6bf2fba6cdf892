/** The filter of addressbook-query on the index of a card alone, as far as the index can tell (RFC 6352 §10.5). */
import { type CollationName, collationKey, textMatcher } from '../base/collation.ts';
import { type CardFilter, type FilterTest, LIST_PROPERTIES, type PropFilter, type TextMatch } from './filter.ts';
import { ANY_OTHER, type CardIndex, FRAME_PROPERTIES } from './index-data.ts';

/** What `cardMatcher` says of the card; undefined where only the card itself can tell. */
export type Verdict = boolean | undefined;

export interface IndexMatcher {
  /** The entries of the index that it looks at. */
  readonly properties: readonly string[];
  readonly verdict: (index: CardIndex) => Verdict;
  /** False where none of the cards together can match: a search looks at few of them one by one. */
  readonly mayBeAmong: (keys: KeysTogether) => boolean;
}

/** Collation keys of all values of a property (upper case) on several cards; undefined where the index of one cannot tell. */
export type KeysTogether = (property: string, collation: CollationName) => string | undefined;

/** A filter prepared for many indexes. */
export function indexMatcher(filter: CardFilter): IndexMatcher {
  const tests = filter.propFilters.map(propertyVerdict);
  const properties = new Set(filter.propFilters.map(({ name }) => propertyIn(name)));
  const verdict: IndexMatcher['verdict'] =
    tests.length === 0 ? () => true : (index) => combined(filter.test, tests, index);
  const sieves = filter.propFilters.map(propertySieve);
  const mayBeAmong: IndexMatcher['mayBeAmong'] = (keys) =>
    filter.test === 'allof' || sieves.length === 0
      ? sieves.every((sieve) => sieve(keys))
      : sieves.some((sieve) => sieve(keys));
  return { properties: [...properties, 'OTHERS'], verdict, mayBeAmong };
}

/** `KeysTogether` of one card; undefined also for a card that was not indexed. */
export function keysOf(index: CardIndex | undefined, property: string, collation: CollationName): string | undefined {
  const known = index && knownOf(index, property);
  if (known === undefined || known === 'some') return undefined;
  return known === 'none' ? '' : known.map(collationKey(collation)).join('\n');
}

/** Three-valued: what is certain decides, whatever the uncertain ones would have said. */
function combined(test: FilterTest, tests: readonly IndexMatcher['verdict'][], index: CardIndex): Verdict {
  const deciding = test === 'anyof';
  let uncertain = false;
  for (const each of tests) {
    const verdict = each(index);
    if (verdict === deciding) return deciding;
    uncertain ||= verdict === undefined;
  }
  return uncertain ? undefined : !deciding;
}

/** The property that a filter names, with its group or without. */
const propertyIn = (wanted: string): string => wanted.slice(wanted.lastIndexOf('.') + 1).toUpperCase();

/** What the index knows of a property: its values, that it is there (`some`), that it is not, or nothing. */
function knownOf(index: CardIndex, name: string): readonly string[] | 'some' | 'none' | undefined {
  const others = index.OTHERS;
  if (others === undefined || FRAME_PROPERTIES.has(name)) return undefined;
  if (others.length > 0 && others.includes(name)) return 'some';
  const values = index[name];
  if (values !== undefined) return values;
  return others[0] === ANY_OTHER ? undefined : 'none';
}

/** The index keeps neither groups nor parameters. */
const isReadable = ({ name, paramFilters }: PropFilter): boolean => !name.includes('.') && paramFilters.length === 0;

function propertyVerdict(filter: PropFilter): IndexMatcher['verdict'] {
  const name = propertyIn(filter.name);
  const asksPresence = filter.textMatches.length === 0 && filter.paramFilters.length === 0;
  const readable = isReadable(filter);
  const matches = valuesMatcher(filter.test, filter.textMatches);
  // the index does not tell a comma between two texts from one in a text
  const asksTexts = LIST_PROPERTIES.has(name) && filter.textMatches.some(({ matchType }) => matchType !== 'contains');
  return (index) => {
    const known = knownOf(index, name);
    if (known === undefined) return undefined;
    if (known === 'none') return filter.isNotDefined;
    if (!readable) return undefined;
    if (filter.isNotDefined) return false;
    if (asksPresence) return true;
    if (known === 'some' || (asksTexts && known.some((value) => value.includes(',')))) return undefined;
    return known.some(matches);
  };
}

/** What is looked for stands in a value, whatever the match type: where it does not stand in all of them together, it is in none. */
function propertySieve(filter: PropFilter): IndexMatcher['mayBeAmong'] {
  const { test, isNotDefined, textMatches } = filter;
  const asked = textMatches.filter(({ negate }) => !negate);
  const asksMore = test === 'anyof' && asked.length < textMatches.length;
  if (isNotDefined || asked.length === 0 || asksMore || !isReadable(filter)) return () => true;
  const name = propertyIn(filter.name);
  const sought = asked.map(({ collation, text }) => ({ collation, key: collationKey(collation)(text) }));
  return (keys) => {
    const mayHold = ({ collation, key }: (typeof sought)[number]) => keys(name, collation)?.includes(key) ?? true;
    return test === 'allof' ? sought.every(mayHold) : sought.some(mayHold);
  };
}

/** Conditions on values look for one value that meets them. */
function valuesMatcher(test: FilterTest, textMatches: readonly TextMatch[]): (value: string) => boolean {
  const tests = textMatches.map(({ collation, matchType, text, negate }) => {
    const matches = textMatcher(collation, matchType, text);
    return negate ? (value: string) => !matches(value) : matches;
  });
  const [only, ...more] = tests;
  if (only && more.length === 0) return only;
  return test === 'allof'
    ? (value) => tests.every((each) => each(value))
    : (value) => tests.some((each) => each(value));
}
