/** The cards of a cluster side by side, field by field. */
import { z } from 'zod';
import { Id } from './words.ts';

/**
 * How the values in one row relate: `identical` (same text), `equivalent` (same after normalising), `similar` (near),
 * `different` (they disagree), `only-here` (one card alone has it).
 */
export const RowState = z
  .enum(['identical', 'equivalent', 'similar', 'different', 'only-here'])
  .meta({ id: 'RowState' });
export type RowState = z.infer<typeof RowState>;

/** A value's state against the reference card's value (or the first card that has one); `missing`: this card has none. */
export const CellState = z
  .enum(['identical', 'equivalent', 'similar', 'different', 'only-here', 'missing'])
  .meta({ id: 'CellState' });
export type CellState = z.infer<typeof CellState>;

export const FieldCell = z
  .object({
    cardId: Id,
    state: CellState,
    /** Empty when missing. */
    text: z.string(),
    /** Further spellings of the same value on this card. */
    alsoWritten: z.array(z.string()),
    types: z.array(z.string()),
    preferred: z.boolean(),
    label: z.string().nullable(),
    /** A picture: its octets are at `/cards/{id}/photo`, unless it is only a link, which is never followed here. */
    photo: z.object({ size: z.int(), digest: z.string(), link: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'FieldCell' });
export type FieldCell = z.infer<typeof FieldCell>;

/** One row of the side by side view. `cells` has one entry per card, in the order of the cards. */
export const FieldRow = z
  .object({
    /** Stable within one set of cards: `TEL:2`. */
    id: z.string(),
    property: z.string(),
    state: RowState,
    /** What a merge does: `single` and `photo` keep one value, `union`, `note` and `list` keep all, `own` stays the card's. */
    rule: z.enum(['single', 'photo', 'union', 'note', 'list', 'own']),
    /** Cards whose value may be chosen under `choices[property]`, the default first; empty when there is no choice. */
    choices: z.array(Id),
    cells: z.array(FieldCell),
  })
  .meta({ id: 'FieldRow' });
export type FieldRow = z.infer<typeof FieldRow>;
