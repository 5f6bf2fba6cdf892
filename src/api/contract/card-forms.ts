/** The fields of a card that a form edits. */
import { z } from 'zod';
import { Id } from './words.ts';

const FormText = z.string().max(100_000);

/** What a value is for; the empty string says nothing. A value with a `label` keeps it and has no other kind. */
const FormKind = z.enum(['home', 'work', 'cell', 'fax', 'other', '']);

const FormValue = z.object({
  line: z
    .int()
    .min(0)
    .nullable()
    .describe('Index of its line in the card that was read; null for a new value. A line that is left out goes.'),
  value: FormText,
  kind: FormKind,
  label: z.string().nullable(),
});

const FormValues = z.array(FormValue).max(5000);

export const CardForm = z
  .object({
    displayName: FormText,
    name: z.array(FormText).length(5).describe('Family, given, additional names, prefixes, suffixes.'),
    organisation: FormText,
    department: FormText,
    title: FormText,
    phones: FormValues,
    emails: FormValues,
    addresses: z
      .array(
        FormValue.omit({ value: true }).extend({
          parts: z
            .array(FormText)
            .length(7)
            .describe('Post office box, extended, street, city, region, postcode, country.'),
        }),
      )
      .max(5000),
    urls: FormValues,
    birthday: FormText.describe(
      '`1985-04-12`, `--04-12` without a year; what a card says otherwise is given back as it is.',
    ),
    note: z.string().max(1_000_000),
  })
  .meta({
    id: 'CardForm',
    description: 'The common fields of a card; whatever else the card holds is not in it and stays.',
  });
export type CardForm = z.infer<typeof CardForm>;

export const CardFormView = z.object({ form: CardForm, etag: z.string() }).meta({ id: 'CardFormView' });
export type CardFormView = z.infer<typeof CardFormView>;

export const EditCardRequest = z.object({ form: CardForm, etag: z.string() }).meta({
  id: 'EditCardRequest',
  description: '`etag` is the version that the form was read from: 409 `card-changed` when it is no longer stored.',
});
export type EditCardRequest = z.infer<typeof EditCardRequest>;

export const NewCardFormRequest = z.object({ collectionId: Id, form: CardForm }).meta({ id: 'NewCardFormRequest' });
export type NewCardFormRequest = z.infer<typeof NewCardFormRequest>;

export const SimilarFormRequest = z
  .object({ form: CardForm })
  .meta({ id: 'SimilarFormRequest', description: 'A card that is being filled in: who is like it?' });
export type SimilarFormRequest = z.infer<typeof SimilarFormRequest>;
