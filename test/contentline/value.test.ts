/** Values of content lines: escapes, lists, quoted-printable. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseContentLine } from '../../src/contentline/parse-line.ts';
import { decodedValue, escapeText, splitValue, unescapeText } from '../../src/contentline/value.ts';

test('escaping and unescaping give the text back (RFC 6350 §3.4)', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\r')),
      (text) => {
        expect(unescapeText(escapeText(text))).toBe(text);
        expect(splitValue(escapeText(text), ';')).toHaveLength(1);
        expect(splitValue(escapeText(text), ',')).toHaveLength(1);
      },
    ),
  );
});

test('unknown escapes stand for their character, a lone backslash at the end for itself', () => {
  expect(unescapeText('a\\xb\\')).toBe('axb\\');
});

test('values split at separators that are not escaped', () => {
  expect(splitValue('a\\;b;c\\\\;d', ';')).toEqual(['a\\;b', 'c\\\\', 'd']);
});

test.each([
  ['A;ENCODING=QUOTED-PRINTABLE:M=C3=BCller', 'Müller'],
  ['A;QUOTED-PRINTABLE;CHARSET=ISO-8859-1:caf=E9', 'café'],
  ['A;QUOTED-PRINTABLE:caf=E9', 'café'],
  ['A;QUOTED-PRINTABLE;CHARSET=nonsense:=C3=BC', 'ü'],
  ['A;QUOTED-PRINTABLE:50% =4G = =', '50% =4G = ='],
  ['A;QUOTED-PRINTABLE:end=41', 'endA'],
  ['A:=C3=BC', '=C3=BC'],
])('%s reads %s (RFC 2045 §6.7)', (line, text) => {
  expect(decodedValue(parseContentLine(line))).toBe(text);
});
