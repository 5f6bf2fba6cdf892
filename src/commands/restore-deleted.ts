/** Bringing a deleted collection back: its objects, properties and grants, under its old identity. */
import { AppError } from '../base/errors.ts';
import { replaceAccess } from '../store/access.ts';
import { findCollection, findCollectionById } from '../store/collections.ts';
import { inTransaction, type Tx } from '../store/database.ts';
import {
  type DeletedCollection,
  findDeletedCollection,
  forgetDeleted,
  heldBy,
  lockDeletion,
  releaseVersions,
  revive,
  standingGrants,
} from '../store/deleted-collections.ts';
import type { CollectionKind } from '../store/schema/collections.ts';
import type { Context } from './context.ts';
import { requireRoom } from './quota.ts';
import { HOME_SEGMENTS } from './resource-paths.ts';
import { putBack } from './restore.ts';
import { refuseLocked } from './write-locks.ts';

export interface RestoredCollection {
  readonly collectionId: string;
  /** Another one than before where that is taken meanwhile. */
  readonly name: string;
  readonly objects: number;
  readonly octets: number;
}

/** A deleted collection of this owner. Throws AppError notFound. */
export async function requireDeleted(
  context: Context,
  owner: { readonly organisationId: string; readonly principalId: string },
  collectionId: string,
): Promise<DeletedCollection> {
  const found = await findDeletedCollection(context.db, owner.organisationId, collectionId);
  if (found?.owner_id === owner.principalId) return found;
  throw new AppError(
    'notFound',
    'no-such-deleted-collection',
    'There is no such deleted collection, or it is no longer kept.',
  );
}

/**
 * Brings back what one request deleted, all or nothing: ids, octets, properties and grants are those of before, and every
 * object is a new change to whoever still has a token. The first is the collection itself, then what lay below it. With `dryRun`
 * only says what would come. Throws AppError notFound, `quota-not-exceeded`, `locked` when it lay in a locked folder.
 */
export async function restoreDeletedCollection(
  context: Context,
  deleted: DeletedCollection,
  options: { readonly dryRun: boolean },
): Promise<RestoredCollection[]> {
  const { organisation_id, owner_id, deletion_id } = deleted;
  return inTransaction(context.db, async (tx) => {
    const found = await lockDeletion(tx, organisation_id, deletion_id);
    const top = found[0];
    if (!top)
      throw new AppError('notFound', 'no-such-deleted-collection', 'The collection has been brought back already.');
    const free = await freeName(tx, top);
    await refuseLocked({ ...context, db: tx }, [
      { collection: { ...top, name: free.replace(/\/[^/]*$/, '') }, on: 'state' },
    ]);
    const plan = found.map((each) => ({
      deleted: each,
      collectionId: each.collection_id,
      name: free + each.name.slice(top.name.length),
      objects: each.objects,
      octets: each.octets,
    }));
    if (!options.dryRun) {
      const octets = found.reduce((sum, each) => sum + each.octets, 0);
      await requireRoom({ ...context, db: tx }, organisation_id, owner_id, octets);
      for (const each of plan) await bringBack({ ...context, db: tx }, tx, each.deleted, each.name);
    }
    return plan.map(({ deleted: _, ...told }) => told);
  });
}

/** Forgets a deleted collection, and what was deleted with it, for good. */
export function forgetDeletedCollection(context: Context, deleted: DeletedCollection): Promise<void> {
  return inTransaction(context.db, async (tx) => {
    const found = await lockDeletion(tx, deleted.organisation_id, deleted.deletion_id);
    const ids = found.map((each) => each.collection_id);
    await forgetDeleted(tx, deleted.organisation_id, ids);
  });
}

/** Kinds and names that a collection would share its URL with. */
function namesakes(kind: CollectionKind, name: string): { kind: CollectionKind; name: string }[] {
  if (kind !== 'plain')
    return [
      { kind, name },
      { kind: 'plain', name: `${HOME_SEGMENTS[kind]}/${name}` },
    ];
  const shown = Object.entries(HOME_SEGMENTS) as [keyof typeof HOME_SEGMENTS, string][];
  const inHome = shown.flatMap(([held, segment]) =>
    name.startsWith(`${segment}/`) ? { kind: held, name: name.slice(segment.length + 1) } : [],
  );
  return [{ kind, name }, ...inHome];
}

/** Its old name, or that with the first number for which nothing is there. */
async function freeName(tx: Tx, { organisation_id, owner_id, kind, name }: DeletedCollection): Promise<string> {
  for (let number = 1; ; number++) {
    const wanted = number === 1 ? name : `${name}-${number}`;
    const taken = await Promise.all(
      namesakes(kind, wanted).map((each) => findCollection(tx, organisation_id, owner_id, each.kind, each.name)),
    );
    if (taken.every((each) => each === undefined)) return wanted;
  }
}

async function bringBack(context: Context, tx: Tx, deleted: DeletedCollection, name: string): Promise<void> {
  const { organisation_id, collection_id } = deleted;
  await revive(tx, deleted, name, new Date(context.clock.now()));
  const collection = await findCollectionById(tx, organisation_id, collection_id);
  if (!collection) throw new Error(`collection ${collection_id} was not made`);
  for await (const versions of heldBy(tx, deleted)) {
    const back = versions.map((version) => ({ version, objectId: version.object_id }));
    await putBack(tx, context, collection, back);
  }
  await releaseVersions(tx, deleted);
  await replaceAccess(tx, organisation_id, collection_id, await standingGrants(tx, deleted));
}
