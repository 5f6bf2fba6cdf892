/** Conversion between versions, whatever the card. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainText } from '../../src/merge/field-text.ts';
import { type Card, readCard } from '../../src/vcard/card.ts';
import { convertCard } from '../../src/vcard/convert.ts';
import { fromJcard, toJcard } from '../../src/vcard/jcard.ts';
import { validateCard } from '../../src/vcard/validate.ts';
import { anyCard } from '../support/card-arbitrary.ts';

/** Properties with their values, the spellings of both versions made alike. */
function said(card: Card): string[] {
  const lines = card.lines.filter(({ name }) => !/^(?:BEGIN|VERSION|END)$/.test(name));
  return lines.map((line) => `${line.name.replace(/^X-(?=BDAY)/, '')}:${spelling(line.name, plainText(line))}`).sort();
}

function spelling(name: string, value: string): string {
  if (name === 'TEL') return value.replace(/^tel:/, '');
  return /BDAY|REV|ABDATE|ANNIVERSARY/.test(name) ? value.replace(/^1604/, '').replace(/[-:]/g, '') : value;
}

test('3.0 to 4.0 and back says the same (RFC 6350 appendix A)', () => {
  fc.assert(
    fc.property(anyCard({ version: '3.0' }), (card) => {
      const four = validateCard(convertCard(card, '4.0'));
      const back = validateCard(convertCard(four, '3.0'));
      const withoutN = (entries: string[]): string[] => entries.filter((entry) => !entry.startsWith('N:'));
      expect(withoutN(said(back))).toEqual(withoutN(said(card)));
      for (const n of said(card).filter((entry) => entry.startsWith('N:'))) expect(said(back)).toContain(n);
    }),
  );
});

test('a card of the wanted version is not touched', () => {
  fc.assert(
    fc.property(anyCard(), (card) => {
      expect(convertCard(card, card.version === '4.0' ? '4.0' : '3.0')).toBe(card.octets);
    }),
  );
});

test('a jCard says what the card says, and reads back to it (RFC 7095 §3)', () => {
  fc.assert(
    fc.property(anyCard({ version: '4.0' }), (card) => {
      const json = JSON.parse(JSON.stringify(toJcard(card))) as unknown;
      const back = validateCard(fromJcard(json));
      expect(said(back)).toEqual(said(card));
      expect(toJcard(back)).toEqual(toJcard(card));
    }),
  );
});

test('reading a card twice gives the same lines, and every octet belongs to a line or a blank line', () => {
  fc.assert(
    fc.property(anyCard(), (card) => {
      const again = readCard(Buffer.concat(card.lines.map(({ start, end }) => card.octets.subarray(start, end))));
      expect(again.octets.toString()).toBe(card.octets.toString());
    }),
  );
});
