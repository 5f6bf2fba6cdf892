/** When an owner's cards are scored: once no more of them come in, since scoring would take the processor from a device that uploads. */

/** From so many stale cards on a full run is cheaper than scoring each by its neighbours. */
export const FULL_RUN_FROM = 300;

/** Looks in a row that must find nothing new: the more cards there are, the likelier a device is still uploading. One alone is due at once. */
const CALM: readonly { readonly from: number; readonly looks: number }[] = [
  { from: FULL_RUN_FROM, looks: 10 },
  { from: 20, looks: 5 },
  { from: 2, looks: 2 },
];
/** An owner whose cards never rest is scored after so many looks all the same. */
const MOST_LOOKS = 300;

/** What the looks at one owner's stale cards have found so far. */
export interface Seen {
  readonly stale: number;
  /** Looks in a row that found as many. */
  readonly calm: number;
  readonly looks: number;
}

/** What is known after one more look. */
export const lookAgain = (before: Seen | undefined, stale: number): Seen => ({
  stale,
  calm: before?.stale === stale ? before.calm + 1 : 1,
  looks: (before?.looks ?? 0) + 1,
});

/** True when the cards are to be scored now. */
export function isDue({ stale, calm, looks }: Seen): boolean {
  return looks >= MOST_LOOKS || calm >= (CALM.find(({ from }) => stale >= from)?.looks ?? 1);
}
