/** Files in UTF-16 are read as UTF-8, however they arrive (RFC 3629 §6). */
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inUtf8 } from '../../src/contentline/utf16.ts';

async function read(octets: Buffer, piece: number): Promise<Buffer> {
  const pieces = Array.from({ length: Math.ceil(octets.length / piece) }, (_, i) =>
    octets.subarray(i * piece, (i + 1) * piece),
  );
  return buffer(inUtf8(pieces));
}
const littleEndian = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');
const bigEndian = (text: string): Buffer => littleEndian(text).swap16();

test('a text in either order of octets is the same text, in pieces of any size', () =>
  fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 9 }), async (text, piece) => {
      const well = text.toWellFormed();
      expect((await read(littleEndian(well), piece)).toString()).toBe(well);
      expect((await read(bigEndian(well), piece)).toString()).toBe(well);
    }),
  ));

test('a file without such a mark stays as it is, however short', () =>
  fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 20 }), fc.integer({ min: 1, max: 9 }), async (octets, piece) => {
      const isMarked = octets.length > 1 && (octets[0]! ^ octets[1]!) === 1 && octets[0]! >= 0xfe;
      if (!isMarked) expect(await read(Buffer.from(octets), piece)).toEqual(Buffer.from(octets));
    }),
  ));
