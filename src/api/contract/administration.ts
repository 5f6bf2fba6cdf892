/** Runs and the audit log of an organisation. */
import { z } from 'zod';
import { Run } from './runs.ts';
import { Cursor, Id, Moment } from './words.ts';

export const AuditQuery = z.object({
  action: z.string().max(50).optional(),
  user: Id.optional().describe('Id of a user: what it did, and what was done to it.'),
  cursor: Cursor,
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type AuditQuery = z.input<typeof AuditQuery>;

export const AuditEntry = z
  .object({
    id: Id,
    at: Moment,
    action: z.string().describe('`sign-in`, `sign-in-refused`, `merge`, `user-deleted`, …'),
    actor: z.string(),
    subject: z.string(),
    subjectId: Id.nullable().describe('The user it tells of, where that is not who did it.'),
    actorId: Id.nullable(),
    address: z.string(),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof AuditEntry>;

export const AuditPage = z
  .object({ items: z.array(AuditEntry), nextCursor: z.string().nullable() })
  .meta({ id: 'AuditPage' });
export type AuditPage = z.infer<typeof AuditPage>;

export const RunOfUser = Run.extend({ user: z.string() }).meta({ id: 'RunOfUser' });
export type RunOfUser = z.infer<typeof RunOfUser>;

export const RunQuery = z.object({
  user: Id.optional().describe('Id of a user.'),
  trigger: z.string().max(50).optional(),
  state: z.enum(['running', 'done', 'failed']).optional(),
  cursor: Cursor,
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type RunQuery = z.input<typeof RunQuery>;

export const RunPage = z
  .object({ items: z.array(RunOfUser), nextCursor: z.string().nullable() })
  .meta({ id: 'RunPage' });
export type RunPage = z.infer<typeof RunPage>;
