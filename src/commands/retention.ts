/** How long what was replaced, deleted, merged or refused is kept, in days. */

export interface Retention {
  /** Earlier versions, deleted objects and conflict copies. */
  readonly historyDays: number;
  /** Most octets of earlier versions and deleted objects of one owner: the newest stay. 0: as many as there are. */
  readonly historyOctets: number;
  /** What undoing a merge needs. */
  readonly undoDays: number;
}

export const DEFAULT_RETENTION: Retention = { historyDays: 90, historyOctets: 1024 ** 3, undoDays: 90 };

export const DAY_MS = 24 * 60 * 60_000;
