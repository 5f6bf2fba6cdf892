/** What work in the background tells whoever counts it; the process decides who that is. */

/** A run of the engine, or a batch of merges, that is over. */
export interface EndedRun {
  /** What started it: `manual`, `nightly`, `changes`, `cli`, `first-start`, `merge-exact`, `merge-nightly`. */
  readonly trigger: string;
  readonly outcome: 'done' | 'failed';
  readonly seconds: number;
  /** Counted by name: `cards`, `pairs`, `suggestions`, `merges`. */
  readonly numbers: Readonly<Record<string, number>>;
}

export interface Observer {
  runEnded(run: EndedRun): void;
  /** One merge that took `cards` cards into another; `batch` when it was part of a run. */
  merged(how: 'review' | 'batch', cards: number): void;
  nightEnded(outcome: 'done' | 'failed' | 'again'): void;
  mailEnded(about: 'night' | 'held-deletions', outcome: 'sent' | 'later' | 'failed'): void;
  /** A client was told of so many changes: all that is there, or those since it last asked. */
  synchronised(kind: 'first' | 'later', changes: number): void;
  /** So many cards wait to be scored. */
  staleCounted(cards: number): void;
}
