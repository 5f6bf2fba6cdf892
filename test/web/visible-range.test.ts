/** Which rows of a long list are in the document. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visibleRange } from '../../src/web/parts/visible-range.ts';

const anyScroll = fc.record({
  top: fc.double({ min: -500, max: 2_000_000, noNaN: true }),
  height: fc.integer({ min: 0, max: 3000 }),
  rowHeight: fc.integer({ min: 1, max: 200 }),
  count: fc.integer({ min: 0, max: 20_000 }),
  overscan: fc.integer({ min: 0, max: 20 }),
});

/** How far the list is scrolled, and how far down in the window a row is looked at. */
const share = fc.double({ min: 0, max: 0.999, noNaN: true });

describe('rows in sight', () => {
  it('stays within the list and never holds more rows than the window needs', () => {
    fc.assert(
      fc.property(anyScroll, ({ top, height, rowHeight, count, overscan }) => {
        const { start, end } = visibleRange(top, height, rowHeight, count, overscan);
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(count);
        expect(start).toBeLessThanOrEqual(end);
        expect(end - start).toBeLessThanOrEqual(Math.ceil(height / rowHeight) + 1 + 2 * overscan);
      }),
    );
  });

  it('holds every row that shows even by one pixel', () => {
    fc.assert(
      fc.property(anyScroll, share, share, ({ height, rowHeight, count }, scrolled, seen) => {
        const top = scrolled * count * rowHeight;
        const row = Math.floor((top + seen * height) / rowHeight);
        fc.pre(height > 0 && row < count);
        const { start, end } = visibleRange(top, height, rowHeight, count, 0);
        expect([row >= start, row < end]).toEqual([true, true]);
      }),
    );
  });

  it('shows the first rows of a list that was not scrolled', () => {
    expect(visibleRange(0, 900, 90, 10_000, 5)).toEqual({ start: 0, end: 15 });
  });
});
