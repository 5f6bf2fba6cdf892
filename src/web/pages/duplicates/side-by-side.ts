/** Whether list and cluster stand side by side. */

/** style/duplicates.css changes over at the same width. */
const SIDE_BY_SIDE = '(min-width: 60rem)';

export function isSideBySide(): boolean {
  return matchMedia(SIDE_BY_SIDE).matches;
}
