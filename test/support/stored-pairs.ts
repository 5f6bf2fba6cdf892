/** The scored pairs of an owner as they are stored. */
import type { Db } from '../../src/store/database.ts';
import type { StoredPair } from '../../src/store/pairs.ts';

/** Every pair of an owner that is not latent, by its cards. */
export function listPairs(db: Db, organisationId: string, ownerId: string): Promise<StoredPair[]> {
  return db
    .selectFrom('pair')
    .select(['object_a as a', 'object_b as b', 'score as weight', 'probability', 'tier', 'never'])
    .where('organisation_id', '=', organisationId)
    .where('owner_id', '=', ownerId)
    .where('latent', '=', false)
    .orderBy('object_a')
    .orderBy('object_b')
    .execute();
}
