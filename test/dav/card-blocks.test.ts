/** The blocks of a book's index: whatever comes and goes, they hold what a map by name holds. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addCards, cardNamed, keysIn, noBlocks, putCard, removeCard } from '../../src/dav/reports/card-blocks.ts';
import type { IndexedCard } from '../../src/store/card-indexes.ts';

const cardOf = (number: number, fn: string): IndexedCard => ({
  name: `${number}.vcf`,
  seq: number,
  index: { FN: [fn], OTHERS: [] },
});
const FIRST = Array.from({ length: 1000 }, (_, number) => cardOf(number, `First ${number}`));
const change = fc.oneof(
  fc.record({ put: fc.integer({ min: 990, max: 1010 }), fn: fc.constantFrom('Ann', 'Bob', 'Cem') }),
  fc.record({ remove: fc.integer({ min: 990, max: 1010 }) }),
);

describe("the blocks of a book's cards", () => {
  it('hold each card once, as it was put last, with the keys of its values', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
        const blocks = noBlocks();
        addCards(blocks, FIRST);
        const expected = new Map(FIRST.map((card) => [card.name, card]));
        for (const each of changes) {
          for (const block of blocks.blocks) keysIn(block)('FN', 'i;octet');
          if ('put' in each) {
            const card = cardOf(each.put, each.fn);
            putCard(blocks, card);
            expected.set(card.name, card);
          } else {
            removeCard(blocks, `${each.remove}.vcf`);
            expected.delete(`${each.remove}.vcf`);
          }
        }
        const all = blocks.blocks.flatMap(({ cards }) => cards);
        expect(all).toHaveLength(expected.size);
        expect(new Map(all.map((card) => [card.name, card]))).toEqual(expected);
        for (const name of ['990.vcf', '1005.vcf']) expect(cardNamed(blocks, name)).toEqual(expected.get(name));
        const keys = blocks.blocks.map((block) => keysIn(block)('FN', 'i;ascii-casemap')).join('\n');
        expect(new Set(keys.split('\n').filter(Boolean))).toEqual(
          new Set(all.map(({ index }) => index!.FN![0]!.toUpperCase())),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('do not add up when cards come and go', () => {
    const blocks = noBlocks();
    for (let number = 0; number < 20_000; number++) {
      putCard(blocks, cardOf(number, 'Ann'));
      if (number >= 1500) removeCard(blocks, `${number - 1500}.vcf`);
    }
    expect(blocks.placeOf.size).toBe(1500);
    expect(blocks.blocks.length).toBeLessThan(20);
  });

  it('stay as they were for who looks through them already', () => {
    const blocks = noBlocks();
    addCards(blocks, FIRST.slice(0, 3));
    const [seen] = blocks.blocks;
    putCard(blocks, cardOf(1, 'Other'));
    removeCard(blocks, '2.vcf');
    expect(seen!.cards).toEqual(FIRST.slice(0, 3));
  });
});
