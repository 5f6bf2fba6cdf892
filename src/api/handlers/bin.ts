/** Deleted address books and calendars. */
import { forgetDeletedCollection, requireDeleted, restoreDeletedCollection } from '../../commands/restore-deleted.ts';
import { type DeletedCollection as DeletedRow, listDeletedCollections } from '../../store/deleted-collections.ts';
import type { Handlers } from '../call.ts';
import type { DeletedCollection } from '../contract/bin.ts';

/** A plain folder of files is nothing the page shows: an empty list. */
function deletedView({ kind, name, properties, ...row }: DeletedRow): DeletedCollection[] {
  if (kind === 'plain') return [];
  return [
    {
      id: row.collection_id,
      kind,
      name,
      displayName: typeof properties.display_name === 'string' ? properties.display_name : name,
      count: row.objects,
      octets: row.octets,
      deletedAt: row.deleted_at.toISOString(),
    },
  ];
}

type BinOperations = 'listDeletedCollections' | 'restoreDeletedCollection' | 'forgetDeletedCollection';

export const binHandlers: Handlers<BinOperations> = {
  listDeletedCollections: async ({ api, caller }) => {
    const rows = await listDeletedCollections(api.db, caller.organisationId, caller.principalId);
    return { items: rows.flatMap(deletedView) };
  },

  restoreDeletedCollection: async ({ api, caller, parameters, body }) => {
    const { dryRun } = body;
    const [restored] = await restoreDeletedCollection(api, await requireDeleted(api, caller, parameters.id), {
      dryRun,
    });
    const { collectionId, name, objects, octets } = restored!;
    return { dryRun, id: collectionId, name, count: objects, octets };
  },

  forgetDeletedCollection: async ({ api, caller, parameters }) => {
    await forgetDeletedCollection(api, await requireDeleted(api, caller, parameters.id));
    return { done: true };
  },
};
