/** A night of a user, begun at once in the server that runs. */
import { PgBoss } from 'pg-boss';
import type { Db } from '../../src/store/database.ts';
import { claimNight } from '../../src/store/nights.ts';

/** Claims a night as of now and hands it to the server's queue. */
export async function beginNight(db: Db, url: string, name: string): Promise<void> {
  const { organisation_id, principal_id } = await db
    .selectFrom('principal')
    .select(['organisation_id', 'principal_id'])
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  const now = new Date();
  await claimNight(db, { organisationId: organisation_id, ownerId: principal_id, nightAt: now }, now);
  const boss = new PgBoss({ connectionString: url, max: 1, supervise: false, schedule: false, migrate: false });
  boss.on('error', () => {});
  await boss.start();
  await boss.send('night', { organisationId: organisation_id, ownerId: principal_id, nightAt: now.toISOString() });
  await boss.stop({ graceful: false });
}
