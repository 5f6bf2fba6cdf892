/** What the account wants of its nights, and what came of the last ones. */
import { requirePrincipal } from '../../commands/accounts.ts';
import { changeNightSettings, nightSettings } from '../../commands/night-settings.ts';
import { listNights, type NightRow } from '../../store/nights.ts';
import type { ApiContext, Caller } from '../api-context.ts';
import type { Handlers } from '../call.ts';
import type { Night, NightSettings } from '../contract/nights.ts';

const NIGHTS_SHOWN = 30;

const settingsOf = async (api: ApiContext, caller: Caller): Promise<NightSettings> =>
  nightSettings(await requirePrincipal(api, caller));

const nightView = (row: NightRow): Night => ({
  nightAt: row.night_at.toISOString(),
  state: row.state,
  numbers: row.numbers,
  mergeRunId: row.merge_run_id,
  failed: row.failed,
  mail: row.mail,
});

type NightOperations = 'showNightSettings' | 'changeNightSettings' | 'listNights';

export const nightHandlers: Handlers<NightOperations> = {
  showNightSettings: ({ api, caller }) => settingsOf(api, caller),

  changeNightSettings: async ({ api, caller, body }) => {
    await changeNightSettings(api, caller, body);
    return settingsOf(api, caller);
  },

  listNights: async ({ api, caller }) => {
    const rows = await listNights(api.db, caller.organisationId, caller.principalId, NIGHTS_SHOWN);
    return { items: rows.map(nightView) };
  },
};
