/** Texts and values that break programs: what the fuzzers put where something harmless was meant. */
import fc from 'fast-check';

const OVERLONG = '\xc0\xae\xc0\xae';
const TEXTS = [
  '',
  ' ',
  '\t',
  '*',
  '"',
  '()',
  '<>',
  '%',
  '%00',
  '%c0%ae%c0%ae',
  '%ff',
  '%F0%90%80',
  '..',
  '../../etc/passwd',
  '0',
  '-1',
  '1e309',
  '99999999999999999999999',
  '0x10',
  'NaN',
  'null',
  'undefined',
  '__proto__',
  'constructor',
  "'; drop table object; --",
  'é',
  OVERLONG,
  'x'.repeat(5000),
  ','.repeat(2000),
  '('.repeat(2000),
  '<'.repeat(1000),
  'a=b;'.repeat(1000),
] as const;

/** Without control characters: what can stand in a header or a request line. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<string>(...TEXTS) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary-ascii', maxLength: 60 }).map(withoutControls) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }).map(withoutControls) },
);

/** Without what ends a header or a request line. */
export function withoutControls(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f]/g, '');
}

/** For JSON and XML, where control characters, NUL and halves of surrogate pairs can be written. */
export const hostileString: fc.Arbitrary<string> = fc.oneof(
  hostileText,
  fc.constantFrom('\0', 'a\0b', '\ud800', 'x\udfff', '\u0001', '\r\nBEGIN:VCARD', '\u202e', '\ufeff', 'ﷺ'.repeat(500)),
);

/** Takes a text apart at random and puts it together again a little differently. */
export function mutatedText(text: string): fc.Arbitrary<string> {
  const at = fc.nat({ max: text.length });
  return fc.oneof(
    fc
      .tuple(at, at, hostileText)
      .map(([a, b, with_]) => text.slice(0, Math.min(a, b)) + with_ + text.slice(Math.max(a, b))),
    fc.tuple(at, hostileText).map(([a, put]) => text.slice(0, a) + put + text.slice(a)),
    at.map((a) => text.slice(0, a)),
    fc.tuple(at, at).map(([a, b]) => text + text.slice(Math.min(a, b), Math.max(a, b))),
  );
}
