/** What PUT takes for a card (RFC 6352 §5.1, §6.3.2.1). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/base/errors.ts';
import { IMPORTED_VERSIONS, validateCard } from '../../src/vcard/validate.ts';
import { cardOctets } from '../support/card-arbitrary.ts';

const framed = (...lines: string[]): string => ['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n');
const refusal = (text: string | Buffer, limits = { maxSize: 1000, maxLines: 10 }): AppError => {
  try {
    validateCard(Buffer.from(text), limits);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('was taken');
};

describe('validateCard takes', () => {
  test('every framed card of 3.0 and 4.0 with the same octets', () => {
    fc.assert(
      fc.property(cardOctets(), (octets) => {
        expect(validateCard(octets).octets).toBe(octets);
      }),
    );
  });

  test.each([
    ['a card without FN, N or UID', framed('VERSION:3.0', 'TEL:1')],
    ['lines that no program can read', framed('VERSION:3.0', 'no colon', ':no name', '=;=:', 'TEL;;;:1')],
    ['octets that are not UTF-8', Buffer.from(framed('VERSION:3.0', 'FN:caf\xe9'), 'latin1')],
    ['control characters other than NUL', framed('VERSION:3.0', 'NOTE:\x07\x1b')],
    ['VERSION as the last line', framed('FN:x', 'VERSION:4.0')],
    [
      'lower case, blank lines, a byte order mark and no last line end',
      '\ufeff\n\nbegin:vcard\nversion:3.0\n\nend:vcard',
    ],
  ])('%s', (_, text) => {
    expect(validateCard(Buffer.from(text)).version).toMatch(/^[34]\.0$/);
  });

  test('version 2.1 where an import asks for it', () => {
    expect(validateCard(Buffer.from(framed('VERSION:2.1')), undefined, IMPORTED_VERSIONS).version).toBe('2.1');
  });
});

describe('validateCard refuses', () => {
  test.each([
    ['nothing', '', 'The body is empty; a vCard is expected.'],
    ['another format', 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n', 'Line 1 is not BEGIN:VCARD, so this is no vCard.'],
    [
      'a card cut off',
      'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:x',
      'The card ends at line 3 without END:VCARD; it was cut off.',
    ],
    [
      'two cards',
      framed('VERSION:3.0') + framed('VERSION:3.0'),
      'Line 4 begins a second vCard; one resource holds one.',
    ],
    [
      'a card begun twice',
      framed('VERSION:3.0', 'BEGIN:VCARD'),
      'Line 3 begins a second vCard inside the first; END:VCARD is missing.',
    ],
    [
      'text behind the card',
      `${framed('VERSION:3.0')}bye`,
      'Line 4 stands behind END:VCARD; nothing may follow the card.',
    ],
    ['NUL octets', framed('VERSION:3.0', 'FN:a\0b'), 'Line 3 holds a NUL octet; a vCard is UTF-8 text without NUL.'],
    ['no VERSION', framed('FN:x'), 'The card has no VERSION line.'],
    ['two VERSIONs', framed('VERSION:3.0', 'VERSION:4.0'), 'Line 3 is a second VERSION line.'],
  ])('%s with valid-address-data and the line', (_, text, message) => {
    expect(refusal(text)).toMatchObject({ kind: 'invalid', code: 'valid-address-data', message });
  });

  test('other versions with supported-address-data (RFC 6352 §6.3.2.1)', () => {
    expect(refusal(framed('VERSION:2.1'))).toMatchObject({ kind: 'invalid', code: 'supported-address-data' });
    expect(refusal(framed('VERSION:5'))).toMatchObject({ details: { line: 2, version: '5' } });
  });

  test('what is over a limit with max-resource-size, naming the limit', () => {
    expect(refusal('x'.repeat(1001))).toMatchObject({
      kind: 'tooLarge',
      code: 'max-resource-size',
      details: { limit: 1000 },
    });
    expect(refusal(framed('VERSION:3.0', ...Array.from({ length: 9 }, () => 'A:1')))).toMatchObject({
      details: { limit: 10 },
    });
  });
});

test('no octets whatever make it throw anything but an AppError', () => {
  const piece = fc.constantFrom(
    'BEGIN:VCARD',
    'END:VCARD',
    'VERSION:3.0',
    '\r\n',
    '\n',
    '\r',
    ' ',
    ':',
    '"',
    ';',
    '=',
    'AGENT:',
    '\0',
    'é',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 60 }).map((octets) => Buffer.from(octets)),
        fc.array(piece).map((all) => Buffer.from(all.join(''))),
      ),
      (octets) => {
        try {
          validateCard(octets);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      },
    ),
  );
});
