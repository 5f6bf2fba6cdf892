/** Which rows of a long list are in sight. */

/**
 * Rows (from `start`, before `end`) of a list of `count` rows of `rowHeight` pixels that show in a window of `height`
 * pixels scrolled to `top`, with `overscan` further ones on both sides.
 */
export function visibleRange(
  top: number,
  height: number,
  rowHeight: number,
  count: number,
  overscan: number,
): { readonly start: number; readonly end: number } {
  const first = Math.floor(Math.max(top, 0) / rowHeight) - overscan;
  const last = Math.ceil((Math.max(top, 0) + height) / rowHeight) + overscan;
  const end = Math.min(Math.max(last, 0), count);
  return { start: Math.min(Math.max(first, 0), end), end };
}
