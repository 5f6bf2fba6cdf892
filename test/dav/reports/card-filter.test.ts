/** addressbook-query filters: the answer from the index equals the answer from the card. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COLLATIONS, MATCH_TYPE_NAMES } from '../../../src/base/collation.ts';
import { indexMatcher } from '../../../src/dav/reports/card-filter.ts';
import { readCard } from '../../../src/vcard/card.ts';
import { type CardFilter, cardMatcher } from '../../../src/vcard/filter.ts';
import { cardIndex, INDEXED_PROPERTIES } from '../../../src/vcard/index-data.ts';

const word = fc.string({ unit: fc.constantFrom(...'abAB\u00e9\u00c9\u00df ,;'), maxLength: 4 });
const name = fc.constantFrom('FN', 'fn', 'N', 'EMAIL', 'Tel', 'ORG', 'NICKNAME', 'UID');
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
  paramFilters: fc.constant([]),
});
const filter: fc.Arbitrary<CardFilter> = fc.record({ test, propFilters: fc.array(propFilter, { maxLength: 3 }) });
const line = fc
  .tuple(fc.constantFrom('FN', 'N', 'EMAIL', 'item1.TEL', 'tel', 'ORG', 'NICKNAME', 'NOTE'), word)
  .map(([property, value]) => `${property}:${value.replaceAll(',', '\\,')}`);
const card = fc
  .array(line, { maxLength: 6 })
  .map((lines) => readCard(Buffer.from(['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n'))));

describe('indexMatcher', () => {
  it('says of every card what the card itself says (RFC 6352 §10.5)', () => {
    fc.assert(
      fc.property(filter, card, (wanted, one) => {
        const byIndex = indexMatcher(wanted);
        expect(byIndex).toBeDefined();
        expect(byIndex!.matches(cardIndex(one))).toBe(cardMatcher(wanted)(one));
      }),
      { numRuns: 1000 },
    );
  });

  it('leaves to the card what the index does not hold', () => {
    const one = (
      property: string,
      paramFilters: CardFilter['propFilters'][number]['paramFilters'] = [],
    ): CardFilter => ({
      test: 'anyof',
      propFilters: [{ name: property, test: 'anyof', isNotDefined: false, textMatches: [], paramFilters }],
    });
    expect(INDEXED_PROPERTIES.has('PHOTO')).toBe(false);
    expect(indexMatcher(one('PHOTO'))).toBeUndefined();
    expect(indexMatcher(one('item1.TEL'))).toBeUndefined();
    expect(indexMatcher(one('TEL', [{ name: 'TYPE', isNotDefined: false }]))).toBeUndefined();
  });
});
