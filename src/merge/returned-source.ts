/** Undo of a merge whose source is back already, changed: what it held at the merge and has not any more. */
import type { Card } from '../vcard/card.ts';
import { ruleOf } from './field-rules.ts';
import { asStored } from './field-values.ts';
import { lineValues } from './line-values.ts';
import { mergeCards } from './merge.ts';
import type { UndoConflict } from './unmerge.ts';

export interface ReturnedSource {
  /** Octets of the card as it is now with what it lacks of before; exactly those of now where it lacks nothing. */
  readonly whole: Buffer;
  /** A conflict for each value that it lacks; which card it is, is left to the caller. */
  readonly lacking: readonly Omit<UndoConflict, 'card'>[];
}

/** Undo takes the values of `before`, the source as it was merged, off the reference: they belong on `now`, which stands in its place. */
export function returnedSource(before: Card, now: Card): ReturnedSource {
  const { octets, account } = mergeCards(now, [before]);
  const absent = new Set(account.flatMap(({ card, line, fate }) => (card === 1 && fate !== 'present' ? [line] : [])));
  const stored = asStored(before);
  const lacking = lineValues(stored, stored.version === '4.0' ? '4.0' : '3.0')
    .filter(({ property, lines: [main] }) => ruleOf(property).merge !== 'own' && absent.has(main!))
    .map(({ property, text }) => {
      return { kind: 'restored-elsewhere', property, before: null, merged: text, now: null } as const;
    });
  return { whole: lacking.length === 0 ? now.octets : octets, lacking };
}
