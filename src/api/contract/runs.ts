/** Runs that look for duplicates. */
import { z } from 'zod';
import { Id, Moment } from './words.ts';

export const Run = z
  .object({
    id: Id,
    trigger: z
      .string()
      .describe(
        'What started it: `manual`, `nightly`, `cli`, `changes`, `first-start`; `merge-exact` is a batch of merges.',
      ),
    state: z.enum(['running', 'done', 'failed']),
    startedAt: Moment,
    finishedAt: Moment.nullable(),
    numbers: z
      .record(z.string(), z.number())
      .describe('Counted so far: `cards`, `pairs`, `suggestions`, `merges`, `percent` (0-100), `milliseconds`.'),
    error: z.string().nullable(),
    nextTryAt: Moment.nullable().describe('When a failed search that changes had started is tried again.'),
  })
  .meta({ id: 'Run' });
export type Run = z.infer<typeof Run>;

export const RunList = z.object({ items: z.array(Run), nextCursor: z.string().nullable() }).meta({ id: 'RunList' });
export type RunList = z.infer<typeof RunList>;

export const RunUndoResult = z
  .object({
    undone: z.array(Id),
    refused: z.array(z.object({ mergeId: Id, code: z.string(), detail: z.string() })),
  })
  .meta({
    id: 'RunUndoResult',
    description:
      "Undo of all merges of one run: those that could not be undone are named with the problem's code and sentence.",
  });
export type RunUndoResult = z.infer<typeof RunUndoResult>;
