/** Octets to content lines (RFC 6350 §3.2, RFC 5545 §3.1, vCard 2.1 §2.1). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parameterValues, typeWords } from '../../src/contentline/content-line.ts';
import { parseContentLine } from '../../src/contentline/parse-line.ts';
import { readContentLines, unfoldedText } from '../../src/contentline/read.ts';

const texts = (source: string | Buffer): string[] => {
  const octets = Buffer.from(source);
  return readContentLines(octets).map((line) => unfoldedText(octets, line));
};

describe('unfolding', () => {
  test('takes CRLF, LF, lone CR and CR CR LF, folds by space or tab, and passes over blank lines', () => {
    expect(texts('A:1\r\n 2\r\n\r\nB:3\n\t4\r\r\nC:5\n')).toEqual(['A:12', 'B:34', 'C:5']);
    expect(texts('A:1\r B:2\rC:3')).toEqual(['A:1B:2', 'C:3']);
  });

  test('a stray CR inside a line of a file with LF belongs to the line, also to the last one', () => {
    expect(texts('A:1\r2\nB:3\r4')).toEqual(['A:1\r2', 'B:3\r4']);
  });

  test('removes one white space only', () => expect(texts('A:1\r\n  2')).toEqual(['A:1 2']));

  test('joins a character that a fold cuts in two', () => {
    const cut = Buffer.concat([Buffer.from('A:'), Buffer.from([0xc3]), Buffer.from('\r\n '), Buffer.from([0xbc])]);
    expect(texts(cut)).toEqual(['A:ü']);
  });

  test('joins the soft line breaks of quoted-printable, but never swallows the end of the card', () => {
    expect(texts('A;ENCODING=QUOTED-PRINTABLE:a=\r\nb=\r\nc\r\nB:x')).toEqual([
      'A;ENCODING=QUOTED-PRINTABLE:abc',
      'B:x',
    ]);
    expect(texts('A;QUOTED-PRINTABLE:a=\r\nEND:VCARD')).toEqual(['A;QUOTED-PRINTABLE:a=', 'END:VCARD']);
    expect(texts('A;X=1:a=\r\nB:x')).toEqual(['A;X=1:a=', 'B:x']);
  });

  test('reads octets that are not UTF-8 in the charset that the line names, or as Windows-1252', () => {
    expect(texts(Buffer.from('A:caf\xe9', 'latin1'))).toEqual(['A:café']);
    const japanese = Buffer.concat([Buffer.from('A;CHARSET=SHIFT_JIS:'), Buffer.from([0x93, 0xfa, 0x96, 0x7b])]);
    expect(texts(japanese)).toEqual(['A;CHARSET=SHIFT_JIS:日本']);
  });

  test('says where each line starts and ends, and on which physical line', () => {
    const octets = Buffer.from('\ufeffA:1\r\n 2\r\n\r\nB:3');
    const lines = readContentLines(octets);
    expect(lines.map(({ start, end, number }) => [start, end, number])).toEqual([
      [3, 12, 1],
      [14, 17, 4],
    ]);
  });

  test('is linear in hostile input', () => {
    const hostile = [`A:${' =\n'.repeat(200_000)}`, '"'.repeat(400_000), 'A;'.repeat(200_000), '\n'.repeat(400_000)];
    for (const text of hostile) expect(() => readContentLines(Buffer.from(text))).not.toThrow();
  }, 20_000);

  test('never throws and loses no octet but blank lines and the mark', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (octets) => {
        let at = 0;
        for (const { start, end } of readContentLines(octets)) {
          const between = Buffer.from(octets.subarray(at, start)).toString();
          expect(between.replace(/\ufeff/g, '').trim()).toBe('');
          at = end;
        }
      }),
    );
  });
});

describe('one line', () => {
  test('keeps heads of one length apart that begin and end alike, and reads a head alike when it comes again', () => {
    const lines = ['TEL;TYPE=HOME:1', 'TEL;TYPE=NAME:2', 'TEL;TYPE=HOME:3', 'tel;type=HOME:4'].map((text) =>
      parseContentLine(text),
    );
    expect(lines.map(typeWords)).toEqual([['home'], ['name'], ['home'], ['home']]);
    expect(lines.map(({ name, value }) => name + value)).toEqual(['TEL1', 'TEL2', 'TEL3', 'TEL4']);
  });

  test('splits group, name, parameters and value', () => {
    expect(parseContentLine('item1.x-Foo;P="a;b:c",d;Q=e:v:w')).toMatchObject({
      group: 'item1',
      name: 'X-FOO',
      params: [
        { name: 'P', values: ['a;b:c', 'd'] },
        { name: 'Q', values: ['e'] },
      ],
      value: 'v:w',
    });
  });

  test('without a colon keeps its text as value', () => {
    expect(parseContentLine('no colon')).toMatchObject({ name: '', value: 'no colon' });
    expect(parseContentLine(':x')).toMatchObject({ name: '', value: ':x' });
  });

  test('with a URI for a time zone that is not quoted keeps it whole', () => {
    expect(parseContentLine('DTSTART;TZID=tzone://Microsoft/Utc:20260105T090000')).toMatchObject({
      params: [{ name: 'TZID', values: ['tzone://Microsoft/Utc'] }],
      value: '20260105T090000',
    });
    expect(parseContentLine('URL;VALUE=uri://example.com:81').value).toBe('//example.com:81');
    expect(parseContentLine('X;TZID=a://b').value).toBe('//b');
  });

  test('with an unclosed quote ends its head at the first colon', () => {
    expect(parseContentLine('A;P="b:c')).toMatchObject({ name: 'A', value: 'c' });
  });

  test('decodes RFC 6868 carets and leaves unknown ones', () => {
    expect(parameterValues(parseContentLine("A;P=a^nb^^c^'d^x:v"), 'P')).toEqual(['a\nb^c"d^x']);
  });

  test('type words read alike in all spellings', () => {
    for (const head of ['TEL;TYPE=home,cell', 'TEL;TYPE="home,cell"', 'TEL;type=HOME;type=CELL', 'TEL;HOME;CELL'])
      expect(typeWords(parseContentLine(`${head};LANGUAGE=de:1`))).toEqual(['home', 'cell']);
  });
});
