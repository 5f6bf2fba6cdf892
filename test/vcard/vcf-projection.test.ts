/** The package's reading of the projection agrees with our own, and nothing hostile reaches it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { typeWords } from '../../src/contentline/content-line.ts';
import { readCard } from '../../src/vcard/card.ts';
import { boundedValue, projectionText, vcfProjection } from '../../src/vcard/vcf-projection.ts';
import { anyCard } from '../support/card-arbitrary.ts';

test('values and types of the common properties are those of our own reading', () => {
  fc.assert(
    fc.property(anyCard(), (card) => {
      for (const name of ['FN', 'N', 'TEL', 'EMAIL', 'ADR', 'ORG', 'NOTE', 'TITLE', 'BDAY']) {
        const own = card.lines.filter((line) => line.name === name && boundedValue(line.value) !== '');
        const theirs = vcfProjection(card).filter((value) => value.name === name);
        expect(theirs.map(({ value }) => value)).toEqual(own.map(({ value }) => boundedValue(value)));
        expect(theirs.map(({ types }) => types)).toEqual(own.map(typeWords));
      }
    }),
  );
});

test('names that JavaScript objects have, quotes, long white space and long values do no harm', () => {
  const hostile = [
    'CONSTRUCTOR:x',
    'TEL;toString=1;isEmpty=1;TYPE=constructor,__proto__,cell:1',
    `FN:a${' '.repeat(300_000)}b`,
    `NOTE:${'\\'.repeat(200_001)}`,
    'EMAIL;X-P="a;b:c":d@e.f',
    'NOTE:BEGIN:VCARD',
    ...Array.from({ length: 5000 }, (_, n) => `TEL:${n}`),
  ];
  const card = readCard(Buffer.from(['BEGIN:VCARD', 'VERSION:3.0', ...hostile, 'END:VCARD'].join('\r\n')));
  expect(projectionText(card).length).toBeLessThan(20_000);
  const values = vcfProjection(card);
  expect(values.find(({ name }) => name === 'TEL')).toEqual({
    name: 'TEL',
    value: '1',
    types: ['constructor', 'cell'],
  });
  expect(values.find(({ name }) => name === 'EMAIL')?.value).toBe('d@e.f');
});

test('no card makes it throw', () => {
  const name = fc.constantFrom('FN', 'TEL', 'constructor', '__proto__', 'to-string', 'hasOwnProperty', 'N', '');
  fc.assert(
    fc.property(fc.array(fc.tuple(name, fc.string(), fc.string())), (lines) => {
      const body = lines.map(([n, p, v]) => `${n};${p}:${v}`).join('\r\n');
      expect(() => vcfProjection(readCard(Buffer.from(`BEGIN:VCARD\r\n${body}\r\nEND:VCARD`)))).not.toThrow();
    }),
  );
});
