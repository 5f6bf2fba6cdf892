/** What has no values: one list for all cards, since most of their lists are empty. */
export const EMPTY: readonly never[] = Object.freeze([]);
