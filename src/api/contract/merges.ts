/** Previews, merges, their records and undoing them. */
import { z } from 'zod';
import { CardField } from './cards.ts';
import { FieldRow } from './field-rows.ts';
import { Run } from './runs.ts';
import { SuggestionSummary } from './suggestions.ts';
import { Cursor, Id, Moment } from './words.ts';

export const PreviewRequest = z
  .object({
    referenceId: Id,
    memberIds: z
      .array(Id)
      .min(1)
      .max(500)
      .describe('The other cards to merge into the reference (not the reference itself).'),
    choices: z
      .record(z.string().max(200), Id)
      .default({})
      .describe(
        "Property name (`BDAY`) to the id of the card whose value is taken. Without one the reference's value stays.",
      ),
  })
  .meta({
    id: 'PreviewRequest',
    description:
      "What to merge: the reference card, the ticked others, and for choosable rows which card's value is kept.",
  });
export type PreviewRequest = z.input<typeof PreviewRequest>;

export const Preview = z
  .object({
    referenceId: Id,
    vcard: z.string().describe('The reference card as the merge will store it.'),
    fields: z
      .array(CardField.extend({ fromCardIds: z.array(Id), added: z.boolean() }))
      .describe(
        'Its fields; `fromCardIds` names the cards that hold the value; `added`: it is not on the reference card today.',
      ),
    kept: z
      .array(
        z.object({
          cardId: Id,
          property: z.string(),
          text: z.string(),
          fate: z.enum(['kept-aside', 'not-on-card']),
          as: z.string().nullable(),
        }),
      )
      .describe(
        'Values that lost: `kept-aside` stands on the merged card under the property `as`; `not-on-card` is only in the merge record, from where undo brings it back.',
      ),
    groups: z
      .array(z.object({ id: Id, displayName: z.string() }))
      .describe('Group cards that will be pointed to the reference.'),
    rows: z.array(FieldRow).describe('Field rows of the cards that take part, the reference first.'),
    etags: z.record(Id, z.string()).describe('Card id to ETag: what the merge must be given.'),
  })
  .meta({ id: 'Preview' });
export type Preview = z.infer<typeof Preview>;

export const MergeRequest = PreviewRequest.extend({ etags: z.record(Id, z.string()) }).meta({
  id: 'MergeRequest',
  description: "The preview's request and its `etags`; refused with 409 `card-changed` when a card moved on.",
});
export type MergeRequest = z.input<typeof MergeRequest>;

export const MergeRecord = z
  .object({
    id: Id,
    mergedAt: Moment,
    undoneAt: Moment.nullable(),
    runId: Id.nullable().describe('The run or batch it was part of.'),
    referenceId: Id,
    objects: z
      .array(
        z.object({
          id: Id,
          collectionId: Id,
          role: z.enum(['reference', 'source', 'group']),
          name: z.string(),
          displayName: z.string(),
        }),
      )
      .describe('The cards as they were before, reference first, then what was merged into it, then groups.'),
  })
  .meta({ id: 'MergeRecord' });
export type MergeRecord = z.infer<typeof MergeRecord>;

export const MergeResult = z
  .object({ merge: MergeRecord, etag: z.string().describe('ETag of the reference card after the merge.') })
  .meta({ id: 'MergeResult' });
export type MergeResult = z.infer<typeof MergeResult>;

export const MergePage = z
  .object({ items: z.array(MergeRecord), nextCursor: z.string().nullable() })
  .meta({ id: 'MergePage' });
export type MergePage = z.infer<typeof MergePage>;

export const UndoRequest = z.object({ onConflict: z.enum(['ask', 'keep-edits', 'restore']).default('ask') }).meta({
  id: 'UndoRequest',
  description:
    "How undo settles lines that were edited after the merge: keep today's, or take back what was there before it.",
});
export type UndoRequest = z.input<typeof UndoRequest>;

export const UndoConflict = z
  .object({
    kind: z.enum(['edited-merged-value', 'restored-elsewhere']),
    cardId: Id,
    property: z.string(),
    before: z.string().nullable(),
    merged: z.string().nullable(),
    now: z.string().nullable(),
  })
  .meta({
    id: 'UndoConflict',
    description:
      'An edit made after the merge that undo cannot settle by itself; texts are null where there was none. `edited-merged-value`: a value that the merge had brought in was changed: the old one goes back to its card, the new one stays on the reference. `restored-elsewhere`: a value was removed after the merge, and comes back with the card that it belongs to.',
  });
export type UndoConflict = z.infer<typeof UndoConflict>;

export const UndoResult = z
  .object({
    merge: MergeRecord,
    restored: z.array(Id).describe('Cards that exist again.'),
    conflicts: z.array(UndoConflict).describe('How many conflicts were settled by `onConflict`.'),
  })
  .meta({
    id: 'UndoResult',
    description: '409 `undo-conflict` holds the same `conflicts` when `onConflict` is `ask`.',
  });
export type UndoResult = z.infer<typeof UndoResult>;

export const ExactQuery = z.object({
  collectionId: Id.optional(),
  cursor: Cursor,
  limit: z.coerce.number().int().min(1).max(500).default(200),
});
export type ExactQuery = z.input<typeof ExactQuery>;

export const ExactCopies = z
  .object({
    items: z.array(SuggestionSummary),
    nextCursor: z.string().nullable(),
    clusters: z.int().describe('Clusters on all pages.'),
    copies: z.int().describe('Cards that merging all of them would take away.'),
  })
  .meta({
    id: 'ExactCopies',
    description:
      'Clusters with exact copies in the caller\'s own books: what "merge all exact copies" would merge, and leave what only resembles them.',
  });
export type ExactCopies = z.infer<typeof ExactCopies>;

export const MergeExactRequest = z
  .object({
    suggestionIds: z.array(Id).max(10_000).optional().describe('Only these suggestions; all exact copies when absent.'),
    exceptSuggestionIds: z.array(Id).max(10_000).optional().describe('All but these.'),
    collectionId: Id.optional(),
  })
  .meta({ id: 'MergeExactRequest' });
export type MergeExactRequest = z.infer<typeof MergeExactRequest>;

export const MergeExactResult = z
  .object({
    run: Run,
    merged: z.int(),
    removed: z.int(),
    refused: z.array(z.object({ suggestionId: Id, code: z.string(), detail: z.string() })),
  })
  .meta({ id: 'MergeExactResult', description: '`run` groups the merges: undoing the run undoes them all.' });
export type MergeExactResult = z.infer<typeof MergeExactResult>;
