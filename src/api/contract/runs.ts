/** Runs that look for duplicates. */
import { z } from 'zod';
import { Id, Moment } from './words.ts';

export const Run = z
  .object({
    id: Id,
    /** What started it: `manual`, `nightly`, `cli`, `changes`, `first-start`; `merge-exact` is a batch of merges. */
    trigger: z.string(),
    state: z.enum(['running', 'done', 'failed']),
    startedAt: Moment,
    finishedAt: Moment.nullable(),
    /** Counted so far: `cards`, `pairs`, `suggestions`, `merges`, `percent` (0-100), `milliseconds`. */
    numbers: z.record(z.string(), z.number()),
    error: z.string().nullable(),
    /** When a failed search that changes had started is tried again. */
    nextTryAt: Moment.nullable(),
  })
  .meta({ id: 'Run' });
export type Run = z.infer<typeof Run>;

export const RunList = z.object({ items: z.array(Run), nextCursor: z.string().nullable() }).meta({ id: 'RunList' });
export type RunList = z.infer<typeof RunList>;

/** Undo of all merges of one run: those that could not be undone are named with the problem's code and sentence. */
export const RunUndoResult = z
  .object({
    undone: z.array(Id),
    refused: z.array(z.object({ mergeId: Id, code: z.string(), detail: z.string() })),
  })
  .meta({ id: 'RunUndoResult' });
export type RunUndoResult = z.infer<typeof RunUndoResult>;
