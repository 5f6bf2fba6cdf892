/** comp-filter, prop-filter, param-filter and text-match (RFC 4791 §9.7). */
import { describe, expect, it } from 'vitest';
import { readCalendarObject } from '../../src/icalendar/calendar-object.ts';
import {
  type CompFilter,
  kindsOfFilter,
  matchesFilter,
  type PropFilter,
  rangeOfFilter,
  type TextMatch,
} from '../../src/icalendar/filter.ts';
import { UTC } from '../../src/icalendar/timezone.ts';
import { at, component, fixture, objectOf } from './calendar-text.ts';

type Part<T> = Partial<T> & { readonly name: string };

function comp({ name, ...rest }: Part<CompFilter>): CompFilter {
  return { name, isNotDefined: false, propFilters: [], compFilters: [], ...rest };
}

function prop({ name, ...rest }: Part<PropFilter>): PropFilter {
  return { name, isNotDefined: false, paramFilters: [], ...rest };
}

function says(text: string, more: Partial<TextMatch> = {}): TextMatch {
  return { text, collation: 'i;ascii-casemap', negate: false, ...more };
}

const calendar = (...compFilters: readonly CompFilter[]): CompFilter => comp({ name: 'VCALENDAR', compFilters });
const event = (...propFilters: readonly PropFilter[]): CompFilter => calendar(comp({ name: 'VEVENT', propFilters }));
const meeting = readCalendarObject(fixture('weekly-meeting.ics'));

const CASES: readonly (readonly [string, CompFilter, boolean])[] = [
  ['the calendar alone', calendar(), true],
  ['another outermost name', comp({ name: 'VCARD' }), false],
  ['a component by name', event(), true],
  ['a component it has not', calendar(comp({ name: 'VTODO' })), false],
  ['a component that must not be there', calendar(comp({ name: 'VTODO', isNotDefined: true })), true],
  ['a component that must not be there, but is', calendar(comp({ name: 'VEVENT', isNotDefined: true })), false],
  ['an alarm inside', calendar(comp({ name: 'VEVENT', compFilters: [comp({ name: 'VALARM' })] })), true],
  [
    'no alarm inside: the override has none',
    calendar(comp({ name: 'VEVENT', compFilters: [comp({ name: 'VALARM', isNotDefined: true })] })),
    true,
  ],
  ['two components at once', calendar(comp({ name: 'VEVENT' }), comp({ name: 'VTIMEZONE' })), true],
  ['a property by name alone', event(prop({ name: 'LOCATION' })), true],
  ['a property it has not', event(prop({ name: 'URL' })), false],
  ['a property that must not be there', event(prop({ name: 'URL', isNotDefined: true })), true],
  ['text regardless of ASCII case', event(prop({ name: 'SUMMARY', textMatch: says('PLANNING (MOVED') })), true],
  ['text by octets', event(prop({ name: 'SUMMARY', textMatch: says('PLANNING', { collation: 'i;octet' }) })), false],
  ['text with escapes undone', event(prop({ name: 'LOCATION', textMatch: says('room 7, second') })), true],
  ['negated text', event(prop({ name: 'LOCATION', textMatch: says('kitchen', { negate: true }) })), true],
  ['negated text needs the property', event(prop({ name: 'URL', textMatch: says('x', { negate: true }) })), false],
  [
    'all properties of one component',
    event(prop({ name: 'SUMMARY', textMatch: says('moved') }), prop({ name: 'LOCATION' })),
    false,
  ],
  [
    'a parameter by name',
    event(prop({ name: 'LOCATION', paramFilters: [{ name: 'LANGUAGE', isNotDefined: false }] })),
    true,
  ],
  [
    'a parameter that must not be there',
    event(prop({ name: 'LOCATION', paramFilters: [{ name: 'LANGUAGE', isNotDefined: true }] })),
    false,
  ],
  [
    'a parameter by text',
    event(
      prop({ name: 'X-OWN-THING', paramFilters: [{ name: 'X-PARAM', isNotDefined: false, textMatch: says('a;B') }] }),
    ),
    true,
  ],
  [
    'a property by time',
    event(prop({ name: 'DTSTAMP', timeRange: { start: at('2026-01-01'), end: at('2026-01-02') } })),
    true,
  ],
  [
    'a property outside the time',
    event(prop({ name: 'DTSTAMP', timeRange: { start: at('2026-01-02'), end: null } })),
    false,
  ],
  [
    'the time and the text of the same component',
    calendar(
      comp({
        name: 'VEVENT',
        timeRange: { start: at('2026-03-24'), end: at('2026-03-25') },
        propFilters: [prop({ name: 'SUMMARY', textMatch: says('moved') })],
      }),
    ),
    true,
  ],
  [
    'the time of one component, the text of another',
    calendar(
      comp({
        name: 'VEVENT',
        timeRange: { start: at('2026-03-24'), end: at('2026-03-25') },
        propFilters: [prop({ name: 'LOCATION' })],
      }),
    ),
    false,
  ],
  [
    'the day an EXDATE took away',
    calendar(comp({ name: 'VEVENT', timeRange: { start: at('2026-03-16'), end: at('2026-03-17') } })),
    false,
  ],
];

describe('calendar-query filters (RFC 4791 §9.7)', () => {
  it.each(CASES)('%s', (_, filter, expected) => {
    expect(matchesFilter(meeting, filter, UTC)).toBe(expected);
  });

  it('names that are JavaScript object keys are names like others', () => {
    const object = objectOf(...component('VEVENT', 'CONSTRUCTOR;__PROTO__=x:y'));
    const filter = event(prop({ name: 'CONSTRUCTOR', paramFilters: [{ name: '__PROTO__', isNotDefined: false }] }));
    expect(matchesFilter(object, filter, UTC)).toBe(true);
    expect(matchesFilter(object, event(prop({ name: 'TOSTRING' })), UTC)).toBe(false);
  });
});

describe('what the index can use of a filter', () => {
  const range = { start: at('2026-01-01'), end: null };

  it('is the range of any component that must be there', () => {
    const alarm = comp({ name: 'VALARM', timeRange: range });
    expect(rangeOfFilter(calendar(comp({ name: 'VEVENT', compFilters: [alarm] })))).toEqual(range);
    expect(rangeOfFilter(event())).toBeUndefined();
  });

  it('is the kinds that must be there', () => {
    expect(kindsOfFilter(calendar(comp({ name: 'VTODO' }), comp({ name: 'VTIMEZONE' })))).toEqual(['VTODO']);
    expect(kindsOfFilter(calendar(comp({ name: 'VTODO', isNotDefined: true })))).toBeUndefined();
  });
});
