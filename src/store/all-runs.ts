/** Runs of all users of an organisation, for its administrators. */
import { sql } from 'kysely';
import type { Db } from './database.ts';
import type { RunRow } from './runs.ts';

export interface RunOfUser extends RunRow {
  readonly owner_name: string;
}

export interface RunFilter {
  readonly ownerId?: string | undefined;
  readonly trigger?: string | undefined;
  readonly state?: RunRow['state'] | undefined;
  /** Only what stands behind this one in the list. */
  readonly before?: { readonly startedAt: Date; readonly runId: string } | undefined;
}

/** Newest first; of those that began in one moment, the greater id. */
export function listRunsOfAll(db: Db, organisationId: string, filter: RunFilter, limit: number): Promise<RunOfUser[]> {
  let query = db
    .selectFrom('run')
    .innerJoin('principal', (join) =>
      join
        .onRef('principal.organisation_id', '=', 'run.organisation_id')
        .onRef('principal.principal_id', '=', 'run.owner_id'),
    )
    .selectAll('run')
    .select('principal.name as owner_name')
    .where('run.organisation_id', '=', organisationId)
    .orderBy('run.started_at', 'desc')
    .orderBy('run.run_id', 'desc')
    .limit(limit);
  const { ownerId, trigger, state, before } = filter;
  if (ownerId) query = query.where('run.owner_id', '=', ownerId);
  if (trigger) query = query.where('run.trigger', '=', trigger);
  if (state) query = query.where('run.state', '=', state);
  if (before)
    query = query.where(sql<boolean>`(run.started_at, run.run_id) < (${before.startedAt}, ${before.runId}::uuid)`);
  return query.execute();
}
