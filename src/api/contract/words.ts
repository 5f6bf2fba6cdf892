/** Words that many answers of the API use. */
import { z } from 'zod';

export const Id = z.uuid();

export const Moment = z.iso.datetime();

export const TierName = z.enum(['certain', 'likely', 'possible']).meta({ id: 'TierName' });
export type TierName = z.infer<typeof TierName>;

export const Problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    instance: z.string().optional(),
  })
  .meta({
    id: 'Problem',
    description:
      'An error (RFC 9457). `code` is a stable word; further members depend on it (`fields`, `changed`, `conflicts`, `limit`).',
  });
export type Problem = z.infer<typeof Problem>;

export const Done = z
  .object({ done: z.literal(true) })
  .meta({ id: 'Done', description: 'An answer without content of its own.' });
export type Done = z.infer<typeof Done>;

export const Evidence = z
  .object({
    code: z.string(),
    weight: z.number(),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
  })
  .meta({
    id: 'Evidence',
    description:
      'One reason for or against: a code with its parameters (the page has the words) and its weight (natural log-odds).',
  });
export type Evidence = z.infer<typeof Evidence>;

export const Cursor = z
  .string()
  .max(500)
  .optional()
  .describe('`nextCursor` of the page before; left out: the first page.');

export const PageQuery = z.object({
  cursor: Cursor,
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type PageQuery = z.input<typeof PageQuery>;

export const RoleName = z.enum(['member', 'administrator']);

export const Password = z.string().min(1).max(1000);
