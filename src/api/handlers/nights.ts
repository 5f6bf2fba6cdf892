/** What the account wants of its nights, and what came of the last ones. */
import { z } from 'zod';
import { requirePrincipal } from '../../commands/accounts.ts';
import { changeNightSettings, nightSettings } from '../../commands/night-settings.ts';
import { listNights, type NightRow } from '../../store/nights.ts';
import { countStandingMerges } from '../../store/run-merges.ts';
import type { ApiContext, Caller } from '../api-context.ts';
import type { Handlers } from '../call.ts';
import type { Night, NightSettings } from '../contract/nights.ts';
import { cutPage, readCursor } from '../cursor.ts';

const settingsOf = async (api: ApiContext, caller: Caller): Promise<NightSettings> => ({
  ...nightSettings(await requirePrincipal(api, caller)),
  mailOffered: api.sendsMail,
});

const nightView = (row: NightRow, standing: number): Night => ({
  nightAt: row.night_at.toISOString(),
  state: row.state,
  numbers: row.numbers,
  mergeRunId: row.merge_run_id,
  standing,
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

  listNights: async ({ api, caller, query }) => {
    const before = readCursor(query.cursor, z.iso.datetime());
    const range = { limit: query.limit + 1, before: before === undefined ? undefined : new Date(before) };
    const rows = await listNights(api.db, caller.organisationId, caller.principalId, range);
    const { page, nextCursor } = cutPage(rows, query.limit, (last) => last.night_at.toISOString());
    const runIds = page.flatMap((row) => row.merge_run_id ?? []);
    const standing = await countStandingMerges(api.db, caller.organisationId, caller.principalId, runIds);
    return { items: page.map((row) => nightView(row, standing.get(row.merge_run_id ?? '') ?? 0)), nextCursor };
  },
};
