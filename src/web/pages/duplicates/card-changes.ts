/** What became of cards that were changed while the reader looked at them: pure, so that it is tested without a browser. */
import type { CardDetail, CardField } from '../../../api/contract/cards.ts';
import { FOR_PROGRAMS } from '../../parts/lines-for-programs.ts';

export interface ChangedValue {
  readonly property: string;
  /** Null: it is new. */
  readonly before: string | null;
  /** Null: it went. */
  readonly now: string | null;
}

export interface ChangedCard {
  /** Its column, from 1. */
  readonly number: number;
  readonly displayName: string;
  /** True: the card itself is no longer there. */
  readonly gone: boolean;
  readonly values: readonly ChangedValue[];
}

const keyOf = (field: CardField): string => JSON.stringify([field.property, field.text, field.types, field.label]);

/** What the card holds now beside what was shown; values that only moved to another line are no change. */
export function changedCard(number: number, before: CardDetail, now: CardDetail | null): ChangedCard {
  const { displayName } = before;
  if (now === null) return { number, displayName, gone: true, values: [] };
  const removed = without(before.fields, now.fields);
  const added = without(now.fields, before.fields);
  const properties = [...new Set([...removed, ...added].map((field) => field.property))];
  const values = properties.flatMap((property) => {
    const [old, fresh] = [removed, added].map((fields) => fields.filter((field) => field.property === property));
    const length = Math.max(old!.length, fresh!.length);
    return Array.from({ length }, (_, index) => ({
      property,
      before: old![index]?.text ?? null,
      now: fresh![index]?.text ?? null,
    }));
  });
  return { number, displayName, gone: false, values };
}

/** The fields of `mine` that `theirs` does not hold, each counted as often as it stands there. */
function without(mine: readonly CardField[], theirs: readonly CardField[]): CardField[] {
  const left = new Map<string, number>();
  for (const field of theirs) left.set(keyOf(field), (left.get(keyOf(field)) ?? 0) + 1);
  return mine.filter((field) => {
    const count = left.get(keyOf(field)) ?? 0;
    left.set(keyOf(field), count - 1);
    return count <= 0 && !FOR_PROGRAMS.has(field.property);
  });
}
