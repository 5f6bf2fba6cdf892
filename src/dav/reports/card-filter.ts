/** The filter element of addressbook-query as plain data (RFC 6352 §10.5). */
import { collationNamed, MATCH_TYPE_NAMES } from '../../base/collation.ts';
import type { CardFilter, FilterTest, ParamFilter, PropFilter, TextMatch } from '../../vcard/filter.ts';
import { attribute, child, childrenNamed, countElements, type Element, textOf } from '../../xml/element.ts';
import { carddav } from '../../xml/names.ts';
import { DavError } from '../error.ts';
import { type FilterContent, requireKnown } from './filter-content.ts';

const MOST_CONDITIONS = 500;

/** What each element of a filter may hold (RFC 6352 §10.5 to §10.5.2). */
const CONTENT: FilterContent = {
  filter: ['prop-filter'],
  'prop-filter': ['is-not-defined', 'text-match', 'param-filter'],
  'param-filter': ['is-not-defined', 'text-match'],
};

/** Reads a filter; an absent one matches every card. Throws 403 `supported-filter` or `supported-collation`. */
export function cardFilterIn(filter: Element | undefined): CardFilter {
  if (!filter) return { test: 'anyof', propFilters: [] };
  if (countElements(filter) > MOST_CONDITIONS)
    throw unsupported(`A filter may hold ${MOST_CONDITIONS} elements: every card is asked for each of them.`);
  requireKnown(filter, CONTENT, carddav);
  return { test: testOf(filter), propFilters: childrenNamed(filter, carddav('prop-filter')).map(propFilter) };
}

function unsupported(message: string): DavError {
  return DavError.unmet(403, carddav('supported-filter'), message);
}

function testOf(element: Element): FilterTest {
  const test = attribute(element, 'test')?.trim() ?? 'anyof';
  if (test !== 'anyof' && test !== 'allof') throw unsupported(`test is anyof or allof, not "${test.slice(0, 40)}".`);
  return test;
}

function nameOf(element: Element): string {
  requireKnown(element, CONTENT, carddav);
  const name = attribute(element, 'name')?.trim();
  if (!name) throw unsupported(`A ${element.local} without a name.`);
  return name;
}

function propFilter(element: Element): PropFilter {
  return {
    name: nameOf(element),
    test: testOf(element),
    isNotDefined: child(element, carddav('is-not-defined')) !== undefined,
    textMatches: childrenNamed(element, carddav('text-match')).map(textMatch),
    paramFilters: childrenNamed(element, carddav('param-filter')).map(paramFilter),
  };
}

function paramFilter(element: Element): ParamFilter {
  const match = child(element, carddav('text-match'));
  return {
    name: nameOf(element),
    isNotDefined: child(element, carddav('is-not-defined')) !== undefined,
    ...(match ? { textMatch: textMatch(match) } : {}),
  };
}

function textMatch(element: Element): TextMatch {
  const wanted = attribute(element, 'collation')?.trim() ?? 'i;unicode-casemap';
  const collation = collationNamed(wanted === 'default' ? 'i;unicode-casemap' : wanted);
  if (!collation) {
    throw DavError.unmet(
      403,
      carddav('supported-collation'),
      `The collation "${wanted.slice(0, 60)}" is not known here.`,
    );
  }
  const type = attribute(element, 'match-type')?.trim() ?? 'contains';
  const matchType = MATCH_TYPE_NAMES.find((name) => name === type);
  if (!matchType) throw unsupported(`match-type is one of ${MATCH_TYPE_NAMES.join(', ')}.`);
  return {
    text: textOf(element),
    collation,
    matchType,
    negate: attribute(element, 'negate-condition')?.trim().toLowerCase() === 'yes',
  };
}
