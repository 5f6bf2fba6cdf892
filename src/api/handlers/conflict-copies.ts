/** What devices sent too late: listed, compared with what is stored now, taken back or dropped. */
import { z } from 'zod';
import { requireConflictCopy, takeBackConflictCopy } from '../../commands/conflict-copies.ts';
import { listCollections } from '../../store/collections.ts';
import {
  type ConflictCopyEntry,
  type ConflictCopy as CopyRow,
  deleteConflictCopy,
  listConflictCopies,
} from '../../store/conflict-copies.ts';
import { findObject } from '../../store/objects.ts';
import { readCard } from '../../vcard/card.ts';
import type { ApiContext, Caller } from '../api-context.ts';
import type { Handlers } from '../call.ts';
import type { ConflictCopy } from '../contract/conflict-copies.ts';
import { cutPage, readCursor } from '../cursor.ts';
import { fieldRowViews } from '../views/field-row-view.ts';
import { fieldsOf, objectTitle } from '../views/object-title.ts';
import { requireCollection } from './collections.ts';

const copyView = (row: ConflictCopyEntry): ConflictCopy => ({
  id: row.conflict_id,
  collectionId: row.collection_id,
  name: row.name,
  displayName: objectTitle(row.head, row.name),
  uid: row.uid,
  size: row.size,
  refusedAt: row.refused_at.toISOString(),
});

/** A copy of one of the caller's collections. Throws AppError notFound. */
async function requireCopy(api: ApiContext, caller: Caller, id: string): Promise<CopyRow> {
  const copy = await requireConflictCopy(api, caller.organisationId, id);
  await requireCollection(api, caller, copy.collection_id);
  return copy;
}

const Position = z.tuple([z.iso.datetime(), z.uuid()]);

type ConflictOperations = 'listConflictCopies' | 'showConflictCopy' | 'takeBackConflictCopy' | 'dropConflictCopy';

export const conflictCopyHandlers: Handlers<ConflictOperations> = {
  listConflictCopies: async ({ api, caller, query }) => {
    const at = readCursor(query.cursor, Position);
    const after = at && { refusedAt: new Date(at[0]), conflictId: at[1] };
    const collections = await listCollections(api.db, caller.organisationId, caller.principalId);
    const ids = collections.map((collection) => collection.collection_id);
    const rows = await listConflictCopies(api.db, caller.organisationId, ids, { limit: query.limit + 1, after });
    const { page, nextCursor } = cutPage(rows, query.limit, (last) => [
      last.refused_at.toISOString(),
      last.conflict_id,
    ]);
    return { items: page.map(copyView), nextCursor };
  },

  showConflictCopy: async ({ api, caller, parameters }) => {
    const copy = await requireCopy(api, caller, parameters.id);
    const current = await findObject(api.db, caller.organisationId, copy.collection_id, copy.name);
    const fields = fieldsOf(copy.body);
    const rows =
      current && fields.length > 0
        ? fieldRowViews(
            [
              { id: current.object_id, card: readCard(current.body) },
              { id: copy.conflict_id, card: readCard(copy.body) },
            ],
            null,
          )
        : [];
    return {
      ...copyView({ ...copy, head: copy.body }),
      text: copy.body.toString('utf8'),
      fields,
      current: current ? { objectId: current.object_id, text: current.body.toString('utf8') } : null,
      rows,
    };
  },

  takeBackConflictCopy: async ({ api, caller, parameters }) => {
    const copy = await requireCopy(api, caller, parameters.id);
    const { etag } = await takeBackConflictCopy(api, copy);
    return { name: copy.name, etag };
  },

  dropConflictCopy: async ({ api, caller, parameters }) => {
    await requireCopy(api, caller, parameters.id);
    await deleteConflictCopy(api.db, caller.organisationId, parameters.id);
    return { done: true };
  },
};
