/** The filter element of calendar-query as plain data (RFC 4791 §9.7). */
import { collationNamed } from '../../base/collation.ts';
import type { CompFilter, ParamFilter, PropFilter, TextMatch } from '../../icalendar/filter.ts';
import { attribute, child, childrenNamed, countElements, type Element, textOf } from '../../xml/element.ts';
import { caldav } from '../../xml/names.ts';
import { DavError } from '../error.ts';
import { timeRangeIn } from './calendar-data.ts';
import { type FilterContent, requireKnown } from './filter-content.ts';

const MOST_CONDITIONS = 500;

/** Reads a filter. Throws 403 `valid-filter`, `supported-filter` or `supported-collation`. */
export function calendarFilterIn(filter: Element): CompFilter {
  const [outer, second] = childrenNamed(filter, caldav('comp-filter'));
  if (!outer || second) throw invalid('A filter holds one comp-filter.');
  if (countElements(filter) > MOST_CONDITIONS)
    throw invalid(`A filter may hold ${MOST_CONDITIONS} elements: every object is asked for each of them.`);
  const read = compFilter(outer);
  if (read.name !== 'VCALENDAR') throw invalid('The outermost comp-filter is that of VCALENDAR.');
  return read;
}

function invalid(message: string): DavError {
  return DavError.unmet(403, caldav('valid-filter'), message);
}

/** What each element of a filter may hold (RFC 4791 §9.7.1 to §9.7.3). */
const CONTENT: FilterContent = {
  'comp-filter': ['is-not-defined', 'time-range', 'prop-filter', 'comp-filter'],
  'prop-filter': ['is-not-defined', 'time-range', 'text-match', 'param-filter'],
  'param-filter': ['is-not-defined', 'text-match'],
};

function nameOf(element: Element): string {
  requireKnown(element, CONTENT, caldav);
  const name = attribute(element, 'name')?.trim();
  if (!name) throw invalid(`A ${element.local} without a name.`);
  return name.toUpperCase();
}

function compFilter(element: Element): CompFilter {
  const range = child(element, caldav('time-range'));
  return {
    name: nameOf(element),
    isNotDefined: child(element, caldav('is-not-defined')) !== undefined,
    ...(range ? { timeRange: timeRangeIn(range) } : {}),
    propFilters: childrenNamed(element, caldav('prop-filter')).map(propFilter),
    compFilters: childrenNamed(element, caldav('comp-filter')).map(compFilter),
  };
}

function propFilter(element: Element): PropFilter {
  const range = child(element, caldav('time-range'));
  const match = child(element, caldav('text-match'));
  return {
    name: nameOf(element),
    isNotDefined: child(element, caldav('is-not-defined')) !== undefined,
    ...(range ? { timeRange: timeRangeIn(range) } : {}),
    ...(match ? { textMatch: textMatch(match) } : {}),
    paramFilters: childrenNamed(element, caldav('param-filter')).map(paramFilter),
  };
}

function paramFilter(element: Element): ParamFilter {
  const match = child(element, caldav('text-match'));
  return {
    name: nameOf(element),
    isNotDefined: child(element, caldav('is-not-defined')) !== undefined,
    ...(match ? { textMatch: textMatch(match) } : {}),
  };
}

function textMatch(element: Element): TextMatch {
  const wanted = attribute(element, 'collation')?.trim() ?? 'i;ascii-casemap';
  const collation = collationNamed(wanted === 'default' ? 'i;ascii-casemap' : wanted);
  if (!collation) {
    throw DavError.unmet(
      403,
      caldav('supported-collation'),
      `The collation "${wanted.slice(0, 60)}" is not known here.`,
    );
  }
  return {
    text: textOf(element),
    collation,
    negate: attribute(element, 'negate-condition')?.trim().toLowerCase() === 'yes',
  };
}
