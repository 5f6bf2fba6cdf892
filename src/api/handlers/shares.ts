/** Sharing collections with others of the organisation. */
import { AppError } from '../../base/errors.ts';
import { leaveCollection, shareCollection, sharedFor } from '../../commands/grant-access.ts';
import { listGrantees } from '../../store/access.ts';
import { findGranted } from '../../store/granted-collections.ts';
import { findPrincipalByName } from '../../store/principals.ts';
import type { ApiContext, Caller } from '../api-context.ts';
import type { Handlers } from '../call.ts';
import type { ShareList } from '../contract/shares.ts';
import { sharedViews } from '../views/collection-view.ts';
import { NO_COLLECTION, requireCollection } from './collections.ts';

async function shares(api: ApiContext, caller: Caller, collectionId: string): Promise<ShareList> {
  const rows = await listGrantees(api.db, caller.organisationId, collectionId);
  const items = [...Map.groupBy(rows, (row) => row.grantee_id).values()].map((entries) => {
    const { name, display_name, kind } = entries[0]!;
    const may = sharedFor(entries.flatMap(({ privileges }) => privileges)) ?? ('other' as const);
    return { name, displayName: display_name || name, kind, may };
  });
  return { items };
}

/** Throws AppError: only others can be shared with, and only those that there are; sharing ends with the disabled, too. */
async function granteeNamed(api: ApiContext, caller: Caller, name: string, isEnding: boolean): Promise<string> {
  const found = await findPrincipalByName(api.db, caller.organisationId, name);
  if (!found || (found.disabled_at && !isEnding))
    throw new AppError('invalid', 'no-such-principal', `There is no user or group called "${name}" here.`);
  if (found.principal_id === caller.principalId)
    throw new AppError('invalid', 'own-collection', 'It is yours already: name somebody else.');
  return found.principal_id;
}

export const shareHandlers: Handlers<
  'listShares' | 'shareCollection' | 'listSharedCollections' | 'leaveSharedCollection'
> = {
  listShares: async ({ api, caller, parameters }) => {
    await requireCollection(api, caller, parameters.id);
    return shares(api, caller, parameters.id);
  },

  shareCollection: async ({ api, caller, parameters, body }) => {
    const collection = await requireCollection(api, caller, parameters.id);
    const isEnding = body.may === 'nothing';
    const granteeId = body.name === null ? null : await granteeNamed(api, caller, body.name, isEnding);
    await shareCollection(api, collection, granteeId, body.may);
    return shares(api, caller, parameters.id);
  },

  listSharedCollections: async ({ api, caller }) => ({ items: await sharedViews(api.db, caller) }),

  leaveSharedCollection: async ({ api, caller, parameters }) => {
    const granted = await findGranted(api.db, caller.organisationId, caller.principalId, parameters.id);
    if (!granted || granted.collection.kind === 'plain') throw NO_COLLECTION();
    await leaveCollection(api, granted.collection, caller.principalId);
    return { done: true };
  },
};
