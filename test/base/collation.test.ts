/** Collations as RFC 4790 and RFC 5051 define them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COLLATIONS, collationNamed, MATCH_TYPE_NAMES, textMatches } from '../../src/base/collation.ts';

describe('i;ascii-casemap (RFC 4790 §9.2)', () => {
  test('folds a to z and nothing else', () => {
    expect(textMatches('i;ascii-casemap', 'equals', 'MiXed', 'mIxED')).toBe(true);
    expect(textMatches('i;ascii-casemap', 'equals', 'Ä', 'ä')).toBe(false);
    expect(textMatches('i;ascii-casemap', 'contains', 'Müller', 'MÜL')).toBe(false);
  });
});

describe('i;unicode-casemap (RFC 5051 §2)', () => {
  test.each([
    ['Ä', 'ä'],
    ['ä', 'a\u0308'],
    ['Жук', 'жУК'],
    ['ΣΊΣΥΦΟΣ', 'σίσυφος'],
    ['ǆ', 'Ǆ'],
    ['ᾳ', 'ᾼ'],
    ['Ａ', 'a'],
    ['𐐨', '𐐀'],
    ['ｱ', 'ア'],
  ])('%s equals %s', (one, other) => {
    expect(textMatches('i;unicode-casemap', 'equals', one, other)).toBe(true);
  });

  test('uses simple mappings only, so ß is not SS', () => {
    expect(textMatches('i;unicode-casemap', 'equals', 'ß', 'ss')).toBe(false);
    expect(textMatches('i;unicode-casemap', 'equals', 'ß', 'ß')).toBe(true);
  });
});

test('i;octet tells case apart (RFC 4790 §9.3)', () => {
  expect(textMatches('i;octet', 'equals', 'a', 'A')).toBe(false);
  expect(textMatches('i;octet', 'contains', 'bar', 'ar')).toBe(true);
});

test('the four match types look at the whole, any part, the start and the end (RFC 6352 §10.5.4)', () => {
  const found = (needle: string) => MATCH_TYPE_NAMES.filter((type) => textMatches('i;octet', type, 'abcab', needle));
  expect(found('abcab')).toEqual(['equals', 'contains', 'starts-with', 'ends-with']);
  expect(found('ab')).toEqual(['contains', 'starts-with', 'ends-with']);
  expect(found('abc')).toEqual(['contains', 'starts-with']);
  expect(found('cab')).toEqual(['contains', 'ends-with']);
  expect(found('x')).toEqual([]);
});

test('collation names are exact', () => {
  expect(collationNamed('i;octet')).toBe('i;octet');
  expect(collationNamed('i;klingon')).toBeUndefined();
});

test('every text equals itself and contains each of its parts under every collation', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 12 });
  fc.assert(
    fc.property(text, text, text, fc.constantFrom(...COLLATIONS), (before, part, after, { name }) => {
      expect(textMatches(name, 'equals', part, part)).toBe(true);
      expect(textMatches(name, 'starts-with', `${part} ${after}`, part)).toBe(true);
      expect(textMatches(name, 'contains', `${before} ${part} ${after}`, part)).toBe(true);
    }),
  );
});
