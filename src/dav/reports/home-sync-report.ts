/** sync-collection on a home: which collections came, changed and went; with level infinite also what changed in them. */
import { collectionPath } from '../../commands/resource-paths.ts';
import { seenChanges } from '../../commands/seen-objects.ts';
import { type ChangeWindow, changesSince } from '../../store/changes.ts';
import { statusResponse } from '../../xml/multistatus.ts';
import { dav } from '../../xml/names.ts';
import { textElement } from '../../xml/write.ts';
import {
  type HomeState,
  membersOfHome,
  publicIn,
  type Remembered,
  readHomeToken,
  rememberedOf,
  writeHomeToken,
} from '../home-sync.ts';
import { collectionHref } from '../href.ts';
import { responsesFor } from '../propstats.ts';
import type { DavRequest } from '../request.ts';
import type { CollectionResource, HomeResource } from '../resource.ts';
import { changeResponses, invalidToken, type SyncRequest } from './sync-changes.ts';

/** The report's responses. Throws `valid-sync-token` before anything is sent. */
export async function homeSync(
  request: DavRequest,
  home: HomeResource,
  sync: SyncRequest,
): Promise<AsyncGenerator<string>> {
  const before: HomeState | undefined =
    sync.token === '' ? { collections: [], publicOnly: [] } : readHomeToken(sync.token);
  if (!before) throw invalidToken();
  const known = new Map(before.collections.map((entry) => [entry.id, entry]));
  const collections = await membersOfHome(home, request);
  requireSameSight(collections, known, before.publicOnly);
  if (sync.infinite) requireAnswerable(collections, known);
  return changesOfHome(request, home, collections, known, sync);
}

/** Where more or less of a known collection is shown than before, nothing of it can be told as a change. */
function requireSameSight(
  collections: readonly CollectionResource[],
  known: ReadonlyMap<string, Remembered>,
  before: readonly string[],
): void {
  const isOther = ({ collection: { collection_id }, publicOnly }: CollectionResource) =>
    known.has(collection_id) && publicOnly !== before.includes(collection_id);
  if (collections.some(isOther)) throw invalidToken();
}

/** A collection that forgot old deletions cannot be told exactly: the whole token is then too old. */
function requireAnswerable(collections: readonly CollectionResource[], known: ReadonlyMap<string, Remembered>): void {
  for (const { collection } of collections) {
    const remembered = known.get(collection.collection_id);
    if (!remembered) continue;
    const from = Math.max(remembered.seq, remembered.begunAt ?? 0);
    if (from < collection.pruned_seq || from > collection.sync_token) throw invalidToken();
  }
}

async function* changesOfHome(
  request: DavRequest,
  home: HomeResource,
  collections: readonly CollectionResource[],
  known: ReadonlyMap<string, Remembered>,
  sync: SyncRequest,
): AsyncGenerator<string> {
  const next = new Map(known);
  let left = sync.limit;
  let cut = false;
  const now = new Map(rememberedOf(collections).map((entry) => [entry.id, entry]));
  for (const [id, entry] of known) {
    if (now.get(id)?.name === entry.name) continue;
    if (left-- <= 0) {
      cut = true;
      break;
    }
    yield goneResponse(home, entry);
    next.delete(id);
  }
  for (const resource of cut ? [] : collections) {
    const entry = now.get(resource.collection.collection_id)!;
    const old = next.get(entry.id);
    const isSelfTold = old && old.modified === entry.modified && (old.toldAt ?? old.seq) === entry.seq;
    if (isSelfTold && old.seq === entry.seq) continue;
    if (left <= 0) {
      cut = true;
      break;
    }
    // of a collection that was cut in the middle only the rest is told, so that each report comes further
    if (!isSelfTold) {
      left--;
      yield responsesFor([resource], sync.asked, request);
    }
    const inside = sync.infinite ? await changesInside(request, resource, old, left) : 'not asked';
    if (isTold(inside)) {
      yield* changeResponses(request, resource, inside.changes, sync.asked, undefined);
      left -= inside.changes.length;
    }
    remember(next, entry, inside);
    cut ||= isTold(inside) && inside.truncated;
    if (cut) break;
  }
  if (cut) yield statusResponse(home.href, 507, dav('number-of-matches-within-limits'));
  yield textElement(
    dav('sync-token'),
    writeHomeToken({ collections: [...next.values()], publicOnly: publicIn(collections) }),
  );
}

type Inside = ChangeWindow | 'not asked' | undefined;

/** Undefined: the collection went away since the home was listed. Not known: it went and came back, or forgot deletions, since. */
const isTold = (inside: Inside): inside is ChangeWindow => typeof inside === 'object' && inside.known;

/**
 * Notes what was told of a collection. What could not be told of its inside is left as it was before: the next report tells it, or
 * refuses the token. The collection's own row was read before what is in it, and is told again where it is behind.
 */
function remember(next: Map<string, Remembered>, entry: Remembered, inside: Inside): void {
  const { id, seq: toldAt } = entry;
  if (inside === 'not asked') next.set(id, entry);
  else if (!isTold(inside)) next.set(id, next.get(id) ?? { ...entry, seq: 0, modified: 0 });
  else if (inside.truncated)
    next.set(id, { ...entry, seq: inside.token, toldAt, begunAt: inside.begunAt ?? inside.token });
  else next.set(id, inside.token === toldAt ? entry : { ...entry, seq: inside.token, toldAt });
}

function goneResponse(home: HomeResource, { name }: Remembered): string {
  const kind = name.startsWith(`${home.home.segment}/`) ? 'plain' : home.home.holds;
  return statusResponse(collectionHref(collectionPath(home.owner.name, { kind, name })), 404);
}

async function changesInside(
  request: DavRequest,
  resource: CollectionResource,
  old: Remembered | undefined,
  left: number,
): Promise<Inside> {
  const { organisation_id, collection_id, kind } = resource.collection;
  if (kind === 'plain') return 'not asked';
  const begunAt = old?.begunAt ?? old?.seq;
  const window = await changesSince(request.app.db, organisation_id, collection_id, old?.seq, left, begunAt);
  return seenChanges(request.app.db, resource, window, old);
}
