import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundaryOf, firstFile } from '../../src/http/multipart.ts';

async function* pieces(octets: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  let at = 0;
  for (let i = 0; at < octets.length; i++) {
    const size = sizes[i % sizes.length]!;
    yield octets.subarray(at, at + size);
    at += size;
  }
}

async function fileIn(body: Buffer, sizes: readonly number[] = [7]): Promise<Buffer> {
  const found: Buffer[] = [];
  for await (const piece of firstFile(pieces(body, sizes), 'x-y')) found.push(piece);
  return Buffer.concat(found);
}

const part = (head: string, content: Buffer) =>
  Buffer.concat([
    Buffer.from(`--x-y\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
    content,
    Buffer.from('\r\n'),
  ]);
const END = Buffer.from('--x-y--\r\n');

describe('the first file of a form (RFC 7578)', () => {
  it('comes out octet for octet, however the body is cut into chunks', async () => {
    /** Octets full of what looks like the beginning of a boundary. */
    const hostile = fc
      .array(fc.constantFrom('\r', '\n', '\r\n', '\r\n-', '\r\n--', '\r\n--x', '--x-y', 'a', '\0'), { maxLength: 40 })
      .map((words) => words.join(''))
      .filter((text) => !`\r\n${text}\r\n`.includes('\r\n--x-y'));
    await fc.assert(
      fc.asyncProperty(hostile, fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), async (text, sizes) => {
        const content = Buffer.from(text);
        const body = Buffer.concat([
          part('name="policy"', Buffer.from('skip')),
          part('name="f"; filename="a.vcf"', content),
          part('name="g"; filename="b.vcf"', Buffer.from('another')),
          END,
        ]);
        expect((await fileIn(body, sizes)).toString()).toBe(text);
      }),
    );
  });

  it('is missed where the form has none, and an unfinished form is refused', async () => {
    await expect(fileIn(Buffer.concat([part('name="a"', Buffer.from('b')), END]))).rejects.toThrow('no file');
    await expect(fileIn(Buffer.from('nothing of the kind'))).rejects.toThrow('no file');
    await expect(fileIn(part('name="f"; filename="a"', Buffer.from('cut')).subarray(0, -2))).rejects.toThrow(
      'ends inside',
    );
    const endless = Buffer.from(`--x-y\r\nX: ${'a'.repeat(50_000)}`);
    await expect(fileIn(endless, [1000])).rejects.toThrow('head of a part');
  });

  it('needs a boundary', () => {
    expect(boundaryOf('multipart/form-data; boundary=abc')).toBe('abc');
    expect(boundaryOf('multipart/form-data; charset=utf-8; Boundary="a b"')).toBe('a b');
    expect(() => boundaryOf('multipart/form-data')).toThrow('boundary');
  });
});
