/** Content lines back to octets (RFC 6350 §3.2, RFC 6868). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readContentLines, unfoldedText } from '../../src/contentline/read.ts';
import { foldText, formatContentLine, writeContentLine } from '../../src/contentline/write.ts';

const plain = (value: string) => ({ group: '', name: 'NOTE', params: [], value });

describe('folding', () => {
  test('gives lines of at most 75 octets that read back to the same text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const line = `X:${text.replace(/[\r\n]/g, '').toWellFormed()}`;
        const octets = foldText(line);
        const longest = Math.max(
          ...octets
            .toString('latin1')
            .split('\r\n')
            .map(({ length }) => length),
        );
        expect(longest).toBeLessThanOrEqual(75);
        expect(octets.toString('utf8').replaceAll('\r\n ', '')).toBe(`${line}\r\n`);
      }),
    );
  });

  test('never cuts a character, nor an emoji or accented letter that is no longer than a line', () => {
    const family = '👩‍👩‍👧';
    const text = `${'x'.repeat(70)}${family}${'é'.normalize('NFD').repeat(60)}🇩🇪${'👍🏽'.repeat(30)}`;
    const segments = new Set(
      new Intl.Segmenter('en')
        .segment(text)
        [Symbol.iterator]()
        .map(({ segment }) => segment),
    );
    const pieces = foldText(text).toString().trimEnd().split('\r\n ');
    const cut = pieces.flatMap((piece) => [...new Intl.Segmenter('en').segment(piece)].map(({ segment }) => segment));
    expect(cut.filter((segment) => !segments.has(segment))).toEqual([]);
  });

  test('uses the line end it is given', () => {
    expect(foldText('a'.repeat(80), '\n').toString()).toBe(`${'a'.repeat(75)}\n ${'a'.repeat(5)}\n`);
  });
});

describe('a line', () => {
  test('quotes and encodes parameters (RFC 6868 §3.1)', () => {
    const params = [
      { name: 'P', values: ['a,b', 'c"d', 'e\nf', 'g^h'] },
      { name: '', values: ['CELL'] },
    ];
    expect(formatContentLine({ group: 'item1', name: 'X-ABLabel', params, value: 'v' })).toBe(
      `item1.X-ABLabel;P="a,b",c^'d,e^nf,g^^h;CELL:v`,
    );
  });

  test('reads back to what was written', () => {
    const word = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
      .filter((text) => !/[\r\u0000-\u0008]/.test(text));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 3 }), word, (values, value) => {
        const octets = writeContentLine({
          group: 'g',
          name: 'X-A',
          params: [{ name: 'P', values }],
          value: value.replace(/\n/g, ''),
        });
        const [line, ...more] = readContentLines(octets);
        expect(more).toEqual([]);
        expect(line).toMatchObject({ group: 'g', name: 'X-A', value: value.replace(/\n/g, '') });
        expect(line!.params[0]!.values.map((text) => text.toWellFormed())).toEqual(
          values.map((text) => text.toWellFormed()),
        );
      }),
    );
  });

  test('cannot be left by a line break in its value', () => {
    const octets = writeContentLine(plain('a\r\nEND:VCARD\nb\rc'));
    expect(readContentLines(octets).map((line) => unfoldedText(octets, line))).toEqual(['NOTE:a\\nEND:VCARD\\nb\\nc']);
  });
});
