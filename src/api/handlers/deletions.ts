/** Mass deletions that are held. */
import { requirePrincipal } from '../../commands/accounts.ts';
import { brakeLimits, changeBrakeLimits } from '../../commands/deletion-brake.ts';
import { confirmDeletions, discardDeletions, requireHeld } from '../../commands/settle-deletions.ts';
import { listCollections } from '../../store/collections.ts';
import { type DeletionWindow, listDeletions, listHoldingWindows } from '../../store/held-deletions.ts';
import type { ApiContext, Caller } from '../api-context.ts';
import type { Handlers } from '../call.ts';
import type { DeletionSettings, HeldDeletions } from '../contract/deletions.ts';

const NAMES_SHOWN = 20;

async function heldView(api: ApiContext, window: DeletionWindow): Promise<HeldDeletions> {
  const deletions = await listDeletions(api.db, window.organisation_id, window.window_id);
  const held = deletions.filter((deletion) => deletion.held);
  return {
    id: window.window_id,
    collectionId: window.collection_id,
    device: window.device_name,
    beganAt: window.began_at.toISOString(),
    count: window.held,
    deletedBefore: deletions.length - held.length,
    names: held.slice(0, NAMES_SHOWN).map(({ name }) => name),
  };
}

const settingsOf = async (api: ApiContext, caller: Caller): Promise<DeletionSettings> =>
  brakeLimits(api, await requirePrincipal(api, caller));

type DeletionOperations =
  | 'listHeldDeletions'
  | 'confirmDeletions'
  | 'discardDeletions'
  | 'showDeletionSettings'
  | 'changeDeletionSettings';

export const deletionHandlers: Handlers<DeletionOperations> = {
  listHeldDeletions: async ({ api, caller }) => {
    const collections = await listCollections(api.db, caller.organisationId, caller.principalId);
    const ids = collections.map((collection) => collection.collection_id);
    const windows = await listHoldingWindows(api.db, caller.organisationId, ids);
    return { items: await Promise.all(windows.map((window) => heldView(api, window))) };
  },

  confirmDeletions: async ({ api, caller, parameters }) => {
    const { collection, window } = await requireHeld(api, caller, parameters.id);
    return { deleted: await confirmDeletions(api, collection, window) };
  },

  discardDeletions: async ({ api, caller, parameters }) => {
    const { collection, window } = await requireHeld(api, caller, parameters.id);
    return discardDeletions(api, collection, window);
  },

  showDeletionSettings: ({ api, caller }) => settingsOf(api, caller),

  changeDeletionSettings: async ({ api, caller, body }) => {
    await changeBrakeLimits(api, caller, body);
    return settingsOf(api, caller);
  },
};
