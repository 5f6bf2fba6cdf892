/** The cards of a cluster side by side, field by field. */
import { z } from 'zod';
import { Id } from './words.ts';

export const RowState = z.enum(['identical', 'equivalent', 'similar', 'different', 'only-here']).meta({
  id: 'RowState',
  description:
    'How the values in one row relate: `identical` (same text), `equivalent` (same after normalising), `similar` (near), `different` (they disagree), `only-here` (one card alone has it).',
});
export type RowState = z.infer<typeof RowState>;

export const CellState = z.enum(['identical', 'equivalent', 'similar', 'different', 'only-here', 'missing']).meta({
  id: 'CellState',
  description:
    "A value's state against the reference card's value (or the first card that has one); `missing`: this card has none.",
});
export type CellState = z.infer<typeof CellState>;

export const FieldCell = z
  .object({
    cardId: Id,
    state: CellState,
    text: z.string().describe('Empty when missing.'),
    alsoWritten: z.array(z.string()).describe('Further spellings of the same value on this card.'),
    types: z.array(z.string()),
    preferred: z.boolean(),
    label: z.string().nullable(),
    photo: z
      .object({ size: z.int(), digest: z.string(), link: z.string().nullable() })
      .nullable()
      .describe(
        'A picture: its octets are at `/cards/{id}/photo`, unless it is only a link, which is never followed here.',
      ),
  })
  .meta({ id: 'FieldCell' });
export type FieldCell = z.infer<typeof FieldCell>;

export const FieldRow = z
  .object({
    id: z.string().describe('Stable within one set of cards: `TEL:2`.'),
    property: z.string(),
    state: RowState,
    rule: z
      .enum(['single', 'photo', 'union', 'note', 'list', 'own'])
      .describe(
        "What a merge does: `single` and `photo` keep one value, `union`, `note` and `list` keep all, `own` stays the card's.",
      ),
    choices: z
      .array(Id)
      .describe(
        'Cards whose value may be chosen under `choices[property]`, the default first; empty when there is no choice.',
      ),
    cells: z.array(FieldCell),
  })
  .meta({
    id: 'FieldRow',
    description: 'One row of the side by side view. `cells` has one entry per card, in the order of the cards.',
  });
export type FieldRow = z.infer<typeof FieldRow>;
