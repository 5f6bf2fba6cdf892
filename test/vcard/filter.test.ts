/** The filter of addressbook-query on one card (RFC 6352 §10.5). */
import { describe, expect, test } from 'vitest';
import { readCard } from '../../src/vcard/card.ts';
import { type CardFilter, cardMatcher, type PropFilter, type TextMatch } from '../../src/vcard/filter.ts';

const card = readCard(
  Buffer.from(
    [
      'BEGIN:VCARD',
      'VERSION:3.0',
      'FN:Élodie Müller',
      'N:Müller;Élodie;;Dr.;',
      'item1.TEL;TYPE=home,cell:+49 1',
      'TEL;TYPE=WORK;X-P=Q:+49 2',
      'EMAIL;type="INTERNET,home":a@x.org',
      'EMAIL:b@y.org',
      'NOTE:semi\\;colon\\nline',
      'CATEGORIES:Family,Friends',
      'END:VCARD',
    ].join('\r\n'),
  ),
);

const text = (needle: string, more: Partial<TextMatch> = {}): TextMatch => ({
  text: needle,
  collation: 'i;unicode-casemap',
  matchType: 'contains',
  negate: false,
  ...more,
});
const prop = (name: string, more: Partial<PropFilter> = {}): PropFilter => ({
  name,
  test: 'anyof',
  isNotDefined: false,
  textMatches: [],
  paramFilters: [],
  ...more,
});
const matches = (propFilters: PropFilter[], outer: CardFilter['test'] = 'anyof'): boolean =>
  cardMatcher({ test: outer, propFilters })(card);
const param = (name: string, textMatch?: TextMatch) => ({
  name,
  isNotDefined: false,
  ...(textMatch ? { textMatch } : {}),
});
const noParam = (name: string) => ({ name, isNotDefined: true });

describe('filter (§10.5)', () => {
  test('without property filters matches every card', () => expect(matches([])).toBe(true));
  test('anyof needs one property filter, allof all of them', () => {
    expect(matches([prop('FN'), prop('BDAY')], 'anyof')).toBe(true);
    expect(matches([prop('FN'), prop('BDAY')], 'allof')).toBe(false);
  });
});

describe('prop-filter (§10.5.1)', () => {
  test('that is empty means the property is defined, in any letter case', () => {
    expect(matches([prop('fn')])).toBe(true);
    expect(matches([prop('BDAY')])).toBe(false);
  });
  test('is-not-defined', () => {
    expect(matches([prop('BDAY', { isNotDefined: true })])).toBe(true);
    expect(matches([prop('FN', { isNotDefined: true })])).toBe(false);
  });
  test('without a group finds the property in every group, with a group in that one only', () => {
    expect(matches([prop('TEL', { textMatches: [text('+49 1')] })])).toBe(true);
    expect(matches([prop('item1.tel', { textMatches: [text('+49 1')] })])).toBe(true);
    expect(matches([prop('item1.TEL', { textMatches: [text('+49 2')] })])).toBe(false);
    expect(matches([prop('item2.TEL')])).toBe(false);
  });
  test('anyof needs one condition, allof all of them on the same property', () => {
    const both = { textMatches: [text('+49 1')], paramFilters: [param('TYPE', text('work'))] };
    expect(matches([prop('TEL', { ...both, test: 'anyof' })])).toBe(true);
    expect(matches([prop('TEL', { ...both, test: 'allof' })])).toBe(false);
    const same = { textMatches: [text('+49 1')], paramFilters: [param('TYPE', text('cell'))] };
    expect(matches([prop('TEL', { ...same, test: 'allof' })])).toBe(true);
  });
});

describe('text-match (§10.5.4)', () => {
  const fn = (needle: string, more: Partial<TextMatch>): boolean =>
    matches([prop('FN', { textMatches: [text(needle, more)] })]);
  test('equals, contains, starts-with and ends-with', () => {
    expect(fn('élodie müller', { matchType: 'equals' })).toBe(true);
    expect(fn('élodie', { matchType: 'equals' })).toBe(false);
    expect(fn('DIE M', { matchType: 'contains' })).toBe(true);
    expect(fn('ÉLO', { matchType: 'starts-with' })).toBe(true);
    expect(fn('LLER', { matchType: 'ends-with' })).toBe(true);
    expect(fn('ller x', { matchType: 'ends-with' })).toBe(false);
  });
  test('collations are honoured', () => {
    expect(fn('MÜLLER', { collation: 'i;unicode-casemap' })).toBe(true);
    expect(fn('MÜLLER', { collation: 'i;ascii-casemap' })).toBe(false);
    expect(fn('MüLLER', { collation: 'i;ascii-casemap' })).toBe(true);
    expect(fn('MüLLER', { collation: 'i;octet' })).toBe(false);
  });
  test('looks at each of several values', () => {
    expect(matches([prop('EMAIL', { textMatches: [text('y.org')] })])).toBe(true);
  });
  test('negated needs a property, and one that does not match', () => {
    expect(matches([prop('EMAIL', { textMatches: [text('x.org', { negate: true })] })])).toBe(true);
    expect(matches([prop('EMAIL', { textMatches: [text('.org', { negate: true })] })])).toBe(false);
    expect(matches([prop('BDAY', { textMatches: [text('1', { negate: true })] })])).toBe(false);
  });
  test('sees structured and list values whole and without escapes', () => {
    expect(matches([prop('N', { textMatches: [text('müller;élodie')] })])).toBe(true);
    expect(matches([prop('NOTE', { textMatches: [text('semi;colon\nline', { matchType: 'equals' })] })])).toBe(true);
    expect(matches([prop('CATEGORIES', { textMatches: [text('family,friends')] })])).toBe(true);
  });
});

describe('param-filter (§10.5.2)', () => {
  test('that is empty means the parameter is defined', () => {
    expect(matches([prop('TEL', { paramFilters: [param('x-p')] })])).toBe(true);
    expect(matches([prop('FN', { paramFilters: [param('TYPE')] })])).toBe(false);
  });
  test('matches one value of a list, quoted or not', () => {
    const type = (property: string, needle: string): boolean =>
      matches([prop(property, { paramFilters: [param('TYPE', text(needle, { matchType: 'equals' }))] })]);
    expect(type('TEL', 'cell')).toBe(true);
    expect(type('EMAIL', 'home')).toBe(true);
    expect(type('TEL', 'fax')).toBe(false);
  });
  test('negated needs the parameter, and a property on which no value matches', () => {
    const not = (property: string, needle: string): boolean =>
      matches([prop(property, { paramFilters: [param('TYPE', text(needle, { negate: true }))] })]);
    expect(not('TEL', 'home')).toBe(true);
    expect(not('EMAIL', 'home')).toBe(false);
    expect(not('FN', 'home')).toBe(false);
  });
  test('is-not-defined needs the property, and the parameter on none of its lines', () => {
    expect(matches([prop('FN', { paramFilters: [noParam('TYPE')] })])).toBe(true);
    expect(matches([prop('EMAIL', { paramFilters: [noParam('TYPE')] })])).toBe(false);
    expect(matches([prop('BDAY', { paramFilters: [noParam('TYPE')] })])).toBe(false);
    const untypedAtY = { textMatches: [text('y.org')], paramFilters: [noParam('TYPE')] };
    expect(matches([prop('EMAIL', { ...untypedAtY, test: 'allof' })])).toBe(false);
    expect(matches([prop('EMAIL', { ...untypedAtY, test: 'anyof' })])).toBe(true);
    const nothingElse = { paramFilters: [noParam('X-Z')], test: 'allof' as const };
    expect(matches([prop('EMAIL', nothingElse)])).toBe(true);
  });
});
