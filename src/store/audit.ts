/** The audit log: what was done by whom, newest first. */
import { sql } from 'kysely';
import type { Db } from './database.ts';
import type { NewRow, Row } from './schema.ts';

export type AuditEntry = Row<'audit_entry'>;

export async function insertAuditEntry(db: Db, row: NewRow<'audit_entry'>): Promise<void> {
  await db.insertInto('audit_entry').values(row).execute();
}

export interface AuditFilter {
  readonly action?: string | undefined;
  /** Only entries of these kinds. */
  readonly actions?: readonly string[];
  /** Only what this principal did, or what was done to it. */
  readonly principalId?: string | undefined;
  /** Only entries older than this one. */
  readonly before?: string | undefined;
}

/** Entries of an organisation, newest first. */
export function listAuditEntries(
  db: Db,
  organisationId: string,
  filter: AuditFilter,
  limit: number,
): Promise<AuditEntry[]> {
  let query = db
    .selectFrom('audit_entry')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .orderBy('entry_id', 'desc')
    .limit(limit);
  if (filter.action) query = query.where('action', '=', filter.action);
  if (filter.actions) query = query.where('action', 'in', filter.actions);
  const { principalId } = filter;
  if (principalId)
    query = query.where((either) =>
      either.or([either('actor_id', '=', principalId), either('subject_id', '=', principalId)]),
    );
  if (filter.before) query = query.where('entry_id', '<', filter.before);
  return query.execute();
}

/** Removes an organisation's entries from before `moment`; returns how many. */
export async function pruneAudit(db: Db, organisationId: string, moment: Date): Promise<number> {
  const result = await db
    .deleteFrom('audit_entry')
    .where('organisation_id', '=', organisationId)
    .where('happened_at', '<', moment)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** When each user last signed in on the page, by principal id. */
export async function lastSignIns(
  db: Db,
  organisationId: string,
  principalIds: readonly string[],
): Promise<Map<string, Date>> {
  if (principalIds.length === 0) return new Map();
  const { rows } = await sql<{ actor_id: string; at: Date }>`
    select actor_id, max(happened_at) as at from audit_entry
    where organisation_id = ${organisationId} and action = 'sign-in' and actor_id = any(${[...principalIds]}::uuid[])
    group by actor_id`.execute(db);
  return new Map(rows.map((row) => [row.actor_id, row.at]));
}
