/** Runs of all users of an organisation, for its administrators. */
import type { Db } from './database.ts';
import type { RunRow } from './runs.ts';

export interface RunOfUser extends RunRow {
  readonly owner_name: string;
}

/** Newest first, of those that began before `before` when given. */
export function listRunsOfAll(db: Db, organisationId: string, limit: number, before?: Date): Promise<RunOfUser[]> {
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
    .limit(limit);
  if (before) query = query.where('run.started_at', '<', before);
  return query.execute();
}
