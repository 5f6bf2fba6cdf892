/** Which spellings are one number. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { phoneKeys } from '../../src/merge/phone-classes.ts';

const same = (texts: readonly string[], region?: string): boolean =>
  new Set(phoneKeys(texts, region).values()).size === 1;

test.each([
  [['+49 151 1234567', '0049 (0)151/1234567', 'tel:+49-151-1234567', '0151-123 45 67'], undefined],
  [['+33601805880', '06.01.80.58.80'], 'DE'],
  [['0151 1234567', '+49 151 1234567'], 'DE'],
  [['(305) 208-8300', '+1 305 208 8300'], undefined],
  [['110', '110'], undefined],
])('%j are one number', (texts, region) => {
  expect(same(texts, region)).toBe(true);
});

test.each([
  [['+49 30 12345678', '+49 89 12345678']],
  [['+49 30 12345678', '+1 30 12345678', '12345678']],
  [['1234567', '+49 30 1234567']],
  [['Mum', 'Dad']],
])('%j are not', (texts) => {
  expect(same(texts)).toBe(false);
});

test('the order of the spellings does not matter', () => {
  const digits = fc.stringMatching(/^(?:\+49|0|00 49 )?(?:151|30)?1234567[89]?$/);
  fc.assert(
    fc.property(fc.array(digits, { maxLength: 8 }), (texts) => {
      const classes = (keys: ReadonlyMap<string, string>): string[] => texts.map((text) => keys.get(text)!);
      expect(classes(phoneKeys([...texts].reverse(), 'DE'))).toEqual(classes(phoneKeys(texts, 'DE')));
    }),
  );
});
