/** Partial address-data (RFC 6352 §10.4). */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCard } from '../../src/vcard/card.ts';
import { projectCard } from '../../src/vcard/project.ts';
import { validateCard } from '../../src/vcard/validate.ts';
import { anyCard } from '../support/card-arbitrary.ts';

const prop = (name: string, noValue = false) => ({ name, noValue });
const text =
  'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:x\r\nitem1.TEL;TYPE=home:1\r\nTEL;x=y:2\r\nNOTE:lo\r\n ng\r\nEND:VCARD\r\n';
const card = readCard(Buffer.from(text));
const projected = (...props: ReturnType<typeof prop>[]): string => projectCard(card, props).toString();

test('gives the asked properties octet for octet, in every group', () => {
  expect(projected(prop('tel'), prop('Note'))).toBe(text.replace('FN:x\r\n', ''));
});

test('gives a grouped property only where the group is asked for', () => {
  expect(projected(prop('item1.TEL'))).toBe('BEGIN:VCARD\r\nVERSION:3.0\r\nitem1.TEL;TYPE=home:1\r\nEND:VCARD\r\n');
});

test('novalue gives name and parameters without the value (§10.4.2)', () => {
  expect(projected(prop('TEL', true), prop('NOTE', true))).toBe(
    'BEGIN:VCARD\r\nVERSION:3.0\r\nitem1.TEL;TYPE=home:\r\nTEL;x=y:\r\nNOTE:\r\nEND:VCARD\r\n',
  );
});

test('without properties gives the whole card', () => {
  expect(projectCard(card, [])).toBe(card.octets);
  expect(projectCard(card, undefined)).toBe(card.octets);
});

test('is always a valid card with lines of the original only', () => {
  fc.assert(
    fc.property(anyCard(), fc.array(fc.constantFrom('FN', 'TEL', 'item1.TEL', 'NOTE', 'PHOTO')), (any, names) => {
      const part = validateCard(
        projectCard(
          any,
          names.map((name) => prop(name)),
        ),
      );
      for (const { start, end } of part.lines) expect(any.octets.includes(part.octets.subarray(start, end))).toBe(true);
    }),
  );
});
