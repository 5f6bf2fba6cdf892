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
      fc.property(anyScroll, fc.nat(), ({ top, height, rowHeight, count, overscan }, row) => {
        fc.pre(row < count);
        const { start, end } = visibleRange(top, height, rowHeight, count, overscan);
        const from = Math.max(top, 0);
        const shows = row * rowHeight < from + height && (row + 1) * rowHeight > from;
        if (shows) expect(row >= start && row < end).toBe(true);
      }),
    );
  });

  it('shows the first rows of a list that was not scrolled', () => {
    expect(visibleRange(0, 900, 90, 10_000, 5)).toEqual({ start: 0, end: 15 });
  });
});
