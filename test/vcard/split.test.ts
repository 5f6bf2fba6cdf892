/** Files of many cards, cut octet for octet whatever their line ends and chunks. */
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { type SplitCard, type SplitProblem, splitCards } from '../../src/vcard/split.ts';
import { cardOctets } from '../support/card-arbitrary.ts';

async function split(file: Buffer | string, chunk = 1 << 20, maxSize = 1 << 20): Promise<(SplitCard | SplitProblem)[]> {
  const octets = Buffer.from(file);
  const chunks: Buffer[] = [];
  for (let at = 0; at < octets.length; at += chunk) chunks.push(octets.subarray(at, at + chunk));
  const items: (SplitCard | SplitProblem)[] = [];
  for await (const item of splitCards(chunks, { maxSize })) items.push(item);
  return items;
}

const summary = (items: readonly (SplitCard | SplitProblem)[]): unknown[] =>
  items.map((item) => (item.kind === 'card' ? `card@${item.line}` : `${item.kind}@${item.line}: ${item.excerpt}`));

const one = 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:One\r\nEND:VCARD\r\n';

describe('splitCards', () => {
  test('gives back the cards of a file octet for octet, whatever the size of the chunks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(cardOctets(), { maxLength: 5 }),
        fc.integer({ min: 1, max: 200 }),
        async (cards, chunk) => {
          const items = await split(Buffer.concat(cards), chunk);
          expect(items.map((item) => (item.kind === 'card' ? item.octets.toString() : item))).toEqual(
            cards.map(String),
          );
        },
      ),
    );
  });

  test('tells the same of a file in whole pieces, where plain cards are taken at once, as octet by octet', async () => {
    const part = fc.oneof(
      { weight: 3, arbitrary: fc.constant(one) },
      cardOctets().map(String),
      fc.constantFrom(
        one.replaceAll('\r\n', '\r'),
        one.replaceAll('\r\n', '\n'),
        one.replace('END:VCARD', 'end : vcard'),
        one.replace('FN:One', 'AGENT:\r\nBEGIN:VCARD\r\nFN:Two\r\nEND:VCARD'),
        'BEGIN:VCARD\r\nFN:Cut\r\n',
        '\r\n',
        'junk\r\n',
        'END:VCARD\r\n',
        'BEGIN:VCARD\r\nEND:VCARD',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 6 }), async (parts) => {
        expect(await split(parts.join(''))).toEqual(await split(parts.join(''), 1));
      }),
    );
  });

  test('takes lone CR and CR CR LF line ends, and a byte order mark', async () => {
    const bare = one.replaceAll('\r\n', '\r');
    expect(summary(await split(bare + bare, 7))).toEqual(['card@1', 'card@5']);
    expect(summary(await split(one.replaceAll('\r\n', '\r\r\n') + one, 3))).toEqual(['card@1', 'card@5']);
    const [card] = await split(`\ufeff${one}`);
    expect(card).toEqual({ kind: 'card', octets: Buffer.from(one), line: 1 });
  });

  test('reports what stands between the cards with its line, and passes over blank lines', async () => {
    const items = await split(`Dear Bob,\r\nhere they are\r\n${one}\r\n  \r\n${one}-- \r\nmy signature`);
    expect(summary(items)).toEqual([
      'junk@1: Dear Bob,\r\nhere they are',
      'card@3',
      'card@9',
      'junk@13: -- \r\nmy signature',
    ]);
  });

  test('seeks the end of a card behind its beginning only, so that blank lines before it cost nothing each', async () => {
    const sought = vi.spyOn(Buffer.prototype, 'indexOf');
    try {
      expect(summary(await split('\r\n'.repeat(10_000) + one))).toEqual(['card@10001']);
      expect(sought.mock.calls.filter(([what]) => Buffer.isBuffer(what)).length).toBeLessThan(10);
    } finally {
      sought.mockRestore();
    }
  });

  test('reports a card that was never closed and goes on with the next', async () => {
    const cut = 'BEGIN:VCARD\nFN:Cut\n';
    expect(summary(await split(cut + one + cut))).toEqual([
      'unclosed@1: BEGIN:VCARD\nFN:Cut',
      'card@3',
      'unclosed@7: BEGIN:VCARD\nFN:Cut',
    ]);
  });

  test('keeps cards inside cards together (vCard 2.1 §2.4.3)', async () => {
    const inner = 'BEGIN:VCARD\r\nVERSION:2.1\r\nN:Secretary\r\nEND:VCARD\r\n';
    const outer = `BEGIN:VCARD\r\nVERSION:2.1\r\nN:Boss\r\nAGENT:\r\n${inner}TEL:1\r\nEND:VCARD\r\n`;
    const sameLine = `BEGIN:VCARD\r\nVERSION:2.1\r\nAGENT:${inner}END:VCARD\r\n`;
    const items = await split(outer + sameLine);
    expect(items.map((item) => (item.kind === 'card' ? item.octets.toString() : item))).toEqual([outer, sameLine]);
  });

  test('passes over a card beyond the limit and reports it, without holding it', async () => {
    const large = `BEGIN:VCARD\r\nNOTE:${'x'.repeat(5000)}\r\n y\r\nEND:VCARD\r\n`;
    expect(summary(await split(large + one, 100, 1000))).toEqual([
      expect.stringMatching(/^too-large@1: BEGIN:VCARD/),
      'card@5',
    ]);
  });

  test('is not misled by folded or quoted text that reads like a frame', async () => {
    const tricky = 'BEGIN:VCARD\r\nNOTE:a\r\n BEGIN:VCARD\r\nX-A:END:VCARD\r\nEND:VCARD\r\n';
    expect(summary(await split(tricky + one))).toEqual(['card@1', 'card@6']);
  });
});
