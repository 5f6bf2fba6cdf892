/** addressbook-query filters: what the index says, the card says, too. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COLLATIONS, MATCH_TYPE_NAMES } from '../../src/base/collation.ts';
import { readCard } from '../../src/vcard/card.ts';
import { type CardFilter, cardMatcher, type PropFilter } from '../../src/vcard/filter.ts';
import { cardIndex } from '../../src/vcard/index-data.ts';
import { indexMatcher, type KeysTogether, keysOf } from '../../src/vcard/index-filter.ts';

const word = fc.string({ unit: fc.constantFrom(...'abAB\u00e9\u00c9\u00df ,;'), maxLength: 4 });
const name = fc.constantFrom(
  'FN',
  'fn',
  'N',
  'EMAIL',
  'Tel',
  'item1.TEL',
  'NOTE',
  'NICKNAME',
  'X-ABLabel',
  'PHOTO',
  'VERSION',
);
const test = fc.constantFrom('anyof' as const, 'allof' as const);
const textMatch = fc.record({
  text: word,
  collation: fc.constantFrom(...COLLATIONS.map((each) => each.name)),
  matchType: fc.constantFrom(...MATCH_TYPE_NAMES),
  negate: fc.boolean(),
});
const propFilter = fc.record({
  name,
  test,
  isNotDefined: fc.boolean(),
  textMatches: fc.array(textMatch, { maxLength: 3 }),
  paramFilters: fc.array(fc.record({ name: fc.constantFrom('TYPE', 'PREF'), isNotDefined: fc.boolean() }), {
    maxLength: 1,
  }),
});
const filter: fc.Arbitrary<CardFilter> = fc.record({ test, propFilters: fc.array(propFilter, { maxLength: 3 }) });
const line = fc
  .tuple(fc.constantFrom('FN', 'N', 'EMAIL;TYPE=home', 'item1.TEL', 'tel', 'NICKNAME', 'NOTE', 'item1.X-ABLabel'), word)
  .map(([property, value]) => `${property}:${property === 'NICKNAME' ? value : value.replaceAll(',', '\\,')}`);
const card = fc
  .array(line, { maxLength: 6 })
  .map((lines) => readCard(Buffer.from(['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n'))));

describe('indexMatcher', () => {
  it('says of every card what the card itself says, or nothing (RFC 6352 §10.5)', () => {
    let decided = 0;
    fc.assert(
      fc.property(filter, card, (wanted, one) => {
        const verdict = indexMatcher(wanted).verdict(cardIndex(one));
        if (verdict === undefined) return;
        decided++;
        expect(verdict).toBe(cardMatcher(wanted)(one));
      }),
      { numRuns: 2000 },
    );
    expect(decided).toBeGreaterThan(1000);
  });

  it('passes over cards together only where none of them matches by itself', () => {
    let passedOver = 0;
    fc.assert(
      fc.property(filter, fc.array(card, { minLength: 1, maxLength: 4 }), (wanted, cards) => {
        const indexes = cards.map(cardIndex);
        const together: KeysTogether = (property, collation) => {
          const keys = indexes.map((index) => keysOf(index, property, collation));
          return keys.includes(undefined) ? undefined : keys.join('\n');
        };
        if (indexMatcher(wanted).mayBeAmong(together)) return;
        passedOver++;
        expect(cards.filter(cardMatcher(wanted))).toEqual([]);
      }),
      { numRuns: 4000 },
    );
    expect(passedOver).toBeGreaterThan(100);
  });

  const asking = (property: string, part: Partial<PropFilter> = {}): CardFilter => ({
    test: 'anyof',
    propFilters: [{ name: property, test: 'anyof', isNotDefined: false, textMatches: [], paramFilters: [], ...part }],
  });
  const containing = (text: string) => ({
    textMatches: [{ text, collation: 'i;unicode-casemap' as const, matchType: 'contains' as const, negate: false }],
  });
  const of = (...lines: string[]) =>
    cardIndex(readCard(Buffer.from(['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n'))));

  it('knows of every property whether it is there, and the values of those that clients search', () => {
    const index = of('FN:Ann', 'NOTE:sails', 'BDAY:1980-01-01', 'PHOTO;ENCODING=b:AAAA', 'item1.ADR:;;Main Street;;;;');
    const verdict = (filter: CardFilter) => indexMatcher(filter).verdict(index);
    expect(verdict(asking('photo'))).toBe(true);
    expect(verdict(asking('LOGO'))).toBe(false);
    expect(verdict(asking('PHOTO', { isNotDefined: true }))).toBe(false);
    expect(verdict(asking('NOTE', containing('SAIL')))).toBe(true);
    expect(verdict(asking('BDAY', containing('1981')))).toBe(false);
    expect(verdict(asking('ADR', containing('main')))).toBe(true);
    expect(verdict(asking('item1.LOGO'))).toBe(false);
  });

  it('leaves to the card what the index does not hold: groups, parameters, values of other properties', () => {
    const index = of('item1.TEL;TYPE=home:1', 'PHOTO;ENCODING=b:AAAA');
    const verdict = (filter: CardFilter) => indexMatcher(filter).verdict(index);
    expect(verdict(asking('item1.TEL'))).toBeUndefined();
    expect(verdict(asking('PHOTO', containing('A')))).toBeUndefined();
    expect(verdict(asking('TEL', { paramFilters: [{ name: 'TYPE', isNotDefined: false }] }))).toBeUndefined();
    expect(verdict(asking('VERSION', containing('3')))).toBeUndefined();
    expect(indexMatcher(asking('NOTE')).verdict({ FN: ['indexed before notes were'] })).toBeUndefined();
  });

  it('keeps a bounded part of long notes and of many odd names, and says nothing of what it cut', () => {
    const long = of(`NOTE:${'ab '.repeat(100_000)}needle`, ...Array.from({ length: 5000 }, (_, i) => `X-P${i}:v`));
    expect(JSON.stringify(long).length).toBeLessThan(5000);
    const verdict = (filter: CardFilter) => indexMatcher(filter).verdict(long);
    expect(verdict(asking('NOTE'))).toBe(true);
    expect(verdict(asking('NOTE', containing('needle')))).toBeUndefined();
    expect(verdict(asking('X-P4711'))).toBeUndefined();
    expect(verdict(asking('PHOTO', { isNotDefined: true }))).toBeUndefined();
  });
});
