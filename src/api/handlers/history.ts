/** Earlier versions, the bin, and what devices sent too late. */
import { AppError } from '../../base/errors.ts';
import { requireConflictCopy, takeBackConflictCopy } from '../../commands/conflict-copies.ts';
import { restoreCollection, restoreVersion } from '../../commands/restore.ts';
import { listCollections } from '../../store/collections.ts';
import { type ConflictCopy as CopyRow, deleteConflictCopy, listConflictCopies } from '../../store/conflict-copies.ts';
import { findVersion, listDeleted, listVersions, type VersionEntry } from '../../store/history.ts';
import { readCard } from '../../vcard/card.ts';
import type { ApiContext, Caller } from '../api-context.ts';
import type { Handlers } from '../call.ts';
import type { CardField } from '../contract/cards.ts';
import type { ConflictCopy } from '../contract/conflict-copies.ts';
import type { ObjectVersion } from '../contract/history.ts';
import { cardFields } from '../views/card-view.ts';
import { requireCard } from './cards.ts';
import { requireCollection } from './collections.ts';

function versionView(row: VersionEntry, text?: CardField[]): ObjectVersion {
  const named = text?.find((field) => field.property === 'FN')?.text;
  return {
    seq: row.seq,
    collectionId: row.collection_id,
    objectId: row.object_id,
    name: row.name,
    displayName: named || row.name,
    size: row.size,
    writtenAt: row.written_at.toISOString(),
    endedAt: row.ended_at.toISOString(),
    reason: row.reason,
  };
}

/** Fields of octets that are a card; none of any other. */
const fieldsOf = (octets: Buffer): CardField[] =>
  /^\s*BEGIN:VCARD/i.test(octets.toString('latin1', 0, 40)) ? cardFields(readCard(octets)) : [];

/** Versions with the names of the cards they hold. */
function named(api: ApiContext, rows: readonly VersionEntry[]): Promise<ObjectVersion[]> {
  return Promise.all(
    rows.map(async (row) => {
      const whole = await findVersion(api.db, row.organisation_id, row.collection_id, row.seq);
      return versionView(row, whole && fieldsOf(whole.body));
    }),
  );
}

const copyView = (row: Omit<CopyRow, 'body'>): ConflictCopy => ({
  id: row.conflict_id,
  collectionId: row.collection_id,
  name: row.name,
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

const MOST_NAMES = 1000;
const nameList = (names: readonly string[]) => ({ count: names.length, names: names.slice(0, MOST_NAMES) });

type HistoryOperations =
  | 'restoreCollection'
  | 'listVersions'
  | 'listDeleted'
  | 'showVersion'
  | 'restoreVersion'
  | 'listConflictCopies'
  | 'showConflictCopy'
  | 'takeBackConflictCopy'
  | 'dropConflictCopy';

export const historyHandlers: Handlers<HistoryOperations> = {
  listVersions: async ({ api, caller, parameters }) => {
    const { object } = await requireCard(api, caller, parameters.id);
    return { items: await named(api, await listVersions(api.db, caller.organisationId, object.object_id)) };
  },

  listDeleted: async ({ api, caller, parameters }) => {
    const collection = await requireCollection(api, caller, parameters.id);
    return { items: await named(api, await listDeleted(api.db, caller.organisationId, collection.collection_id)) };
  },

  showVersion: async ({ api, caller, parameters }) => {
    const collection = await requireCollection(api, caller, parameters.id);
    const row = await findVersion(api.db, caller.organisationId, collection.collection_id, parameters.seq);
    if (!row) throw new AppError('notFound', 'no-such-version', 'There is no such version, or it has been pruned.');
    const fields = fieldsOf(row.body);
    return { ...versionView(row, fields), text: row.body.toString('utf8'), fields };
  },

  restoreVersion: async ({ api, caller, parameters }) =>
    restoreVersion(api, await requireCollection(api, caller, parameters.id), parameters.seq),

  restoreCollection: async ({ api, caller, parameters, body }) => {
    const collection = await requireCollection(api, caller, parameters.id);
    const { dryRun, moment } = body;
    const plan = await restoreCollection(api, collection, new Date(moment), { dryRun });
    const { brought, removed, lost, unchanged } = plan;
    return { dryRun, brought: nameList(brought), removed: nameList(removed), lost: nameList(lost), unchanged };
  },

  listConflictCopies: async ({ api, caller }) => {
    const collections = await listCollections(api.db, caller.organisationId, caller.principalId);
    const ids = collections.map((collection) => collection.collection_id);
    return { items: (await listConflictCopies(api.db, caller.organisationId, ids)).map(copyView) };
  },

  showConflictCopy: async ({ api, caller, parameters }) => {
    const copy = await requireCopy(api, caller, parameters.id);
    return { ...copyView(copy), text: copy.body.toString('utf8'), fields: fieldsOf(copy.body) };
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
