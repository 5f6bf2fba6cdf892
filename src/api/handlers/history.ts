/** Earlier versions, the bin, and a collection taken back to a moment. */
import { z } from 'zod';
import { AppError } from '../../base/errors.ts';
import { restoreCollection, restoreVersion } from '../../commands/restore.ts';
import {
  findVersion,
  listDeleted,
  listVersions,
  type VersionEntry,
  type VersionPosition,
} from '../../store/history.ts';
import { headsAt } from '../../store/history-at-moment.ts';
import type { ApiContext, Caller } from '../api-context.ts';
import type { Handlers } from '../call.ts';
import type { ObjectVersionPage } from '../contract/history.ts';
import type { PageQuery } from '../contract/words.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { fieldsOf, objectTitle } from '../views/object-title.ts';
import { versionView } from '../views/version-view.ts';
import { requireCollection } from './collections.ts';
import { requireCard } from './reachable.ts';

const Position = z.tuple([z.iso.datetime(), z.int()]);

/** One page of versions, newest first; `list` reads them from a place on. */
async function versionPage(
  query: z.output<typeof PageQuery>,
  list: (limit: number, after?: VersionPosition) => Promise<VersionEntry[]>,
): Promise<ObjectVersionPage> {
  const after = readCursor(query.cursor, Position);
  const rows = await list(query.limit + 1, after && { endedAt: new Date(after[0]), seq: after[1] });
  const page = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? page.at(-1) : undefined;
  return {
    items: page.map(versionView),
    nextCursor: last ? writeCursor([last.ended_at.toISOString(), last.seq]) : null,
  };
}

const MOST_NAMES = 1000;
const MOST_TITLES = 100;

/** Names with their number, and what the first of them were called at `moment`. */
async function nameList(
  api: ApiContext,
  caller: Caller,
  collectionId: string,
  names: readonly string[],
  moment: Date | null,
) {
  const titled = moment === null ? [] : names.slice(0, MOST_TITLES);
  const heads = moment && (await headsAt(api.db, caller.organisationId, collectionId, moment, titled));
  return {
    count: names.length,
    names: names.slice(0, MOST_NAMES),
    titles: titled.map((name) => objectTitle(heads?.get(name) ?? Buffer.alloc(0), name)),
  };
}

const namesOf = (entries: readonly { readonly name: string }[]): string[] => entries.map(({ name }) => name);

type HistoryOperations = 'restoreCollection' | 'listVersions' | 'listDeleted' | 'showVersion' | 'restoreVersion';

export const historyHandlers: Handlers<HistoryOperations> = {
  listVersions: async ({ api, caller, parameters, query }) => {
    const { object } = await requireCard(api, caller, parameters.id, 'read');
    // for the owner alone: they say what was in the book before it was shared
    await requireCollection(api, caller, object.collection_id);
    return versionPage(query, (limit, after) =>
      listVersions(api.db, caller.organisationId, caller.principalId, object.object_id, limit, after),
    );
  },

  listDeleted: async ({ api, caller, parameters, query }) => {
    const { collection_id } = await requireCollection(api, caller, parameters.id);
    return versionPage(query, (limit, after) =>
      listDeleted(api.db, caller.organisationId, collection_id, limit, after),
    );
  },

  showVersion: async ({ api, caller, parameters }) => {
    const collection = await requireCollection(api, caller, parameters.id);
    const row = await findVersion(api.db, caller.organisationId, collection.collection_id, parameters.seq);
    if (!row) throw new AppError('notFound', 'no-such-version', 'There is no such version, or it has been pruned.');
    return {
      ...versionView({ ...row, head: row.body }),
      text: row.body.toString('utf8'),
      fields: fieldsOf(row.body),
    };
  },

  restoreVersion: async ({ api, caller, parameters }) =>
    restoreVersion(api, await requireCollection(api, caller, parameters.id), parameters.seq),

  restoreCollection: async ({ api, caller, parameters, body }) => {
    const collection = await requireCollection(api, caller, parameters.id);
    const { dryRun } = body;
    const moment = new Date(body.moment);
    const plan = await restoreCollection(api, collection, moment, { dryRun });
    const [then, now] = dryRun ? [moment, new Date(api.clock.now())] : [null, null];
    const list = (names: readonly string[], at: Date | null) =>
      nameList(api, caller, collection.collection_id, names, at);
    return {
      dryRun,
      brought: await list(namesOf(plan.brought), then),
      removed: await list(namesOf(plan.removed), now),
      lost: await list(plan.lost, now),
      locked: await list(plan.locked, now),
      unchanged: plan.unchanged,
    };
  },
};
