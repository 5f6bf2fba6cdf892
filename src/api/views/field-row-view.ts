/** Field rows of cards side by side: the merge's own rows with card ids instead of positions. */
import { fieldRows } from '../../merge/field-rows.ts';
import type { Card } from '../../vcard/card.ts';
import type { FieldRow } from '../contract/field-rows.ts';

/** Rows of the cards, the reference first; cells in the order of the cards. `region`: country of national phone numbers. */
export function fieldRowViews(
  cards: readonly { readonly id: string; readonly card: Card }[],
  region: string | null | undefined,
): FieldRow[] {
  const idAt = (index: number): string => cards[index]!.id;
  return fieldRows(
    cards.map(({ card }) => card),
    0,
    region ? { region } : {},
  ).map((row) => ({
    id: row.id,
    property: row.property,
    state: row.state,
    rule: row.rule,
    choices: row.choices.map(idAt),
    cells: row.cells.map((cell) => ({
      cardId: idAt(cell.card),
      state: cell.state,
      text: cell.text,
      alsoWritten: [...cell.alsoWritten],
      types: [...cell.types],
      preferred: cell.preferred,
      label: cell.label ?? null,
      photo: cell.photo ? { size: cell.photo.size, digest: cell.photo.digest, link: cell.photo.link ?? null } : null,
    })),
  }));
}
