/** sync-collection (RFC 6578 §3) on address books, calendars and homes. */
import { seenChanges } from '../../commands/seen-objects.ts';
import { type ChangeWindow, changesSince, countMembers, nothingSince } from '../../store/changes.ts';
import { child, type Element, textOf } from '../../xml/element.ts';
import { statusResponse } from '../../xml/multistatus.ts';
import { dav } from '../../xml/names.ts';
import { textElement } from '../../xml/write.ts';
import { answerMultistatus } from '../answer.ts';
import { askedIn } from '../asked.ts';
import { DavError } from '../error.ts';
import type { DavRequest, Depth } from '../request.ts';
import { type CollectionResource, HOME_KINDS, type HomeResource, isHome } from '../resource.ts';
import { pointOfToken, type SyncPoint, syncToken } from '../sync-token.ts';
import { addressDataColumn, calendarDataColumn } from './data-column.ts';
import { foreseenChanges, noteWhether } from './foreseen-changes.ts';
import { limitIn } from './found-objects.ts';
import { homeSync } from './home-sync-report.ts';
import { report } from './report.ts';
import { changeResponses, invalidToken, memberResponses, type SyncRequest } from './sync-changes.ts';
import { floatingZone, wantsTimezones } from './time-zone.ts';

async function run(
  request: DavRequest,
  resource: CollectionResource | HomeResource,
  body: Element,
  depth: Depth,
): Promise<void> {
  const sync = syncRequestIn(request, body, depth);
  if (isHome(resource)) await answerMultistatus(request.ctx, await homeSync(request, resource, sync));
  else await answerMultistatus(request.ctx, await collectionSync(request, resource, body, sync));
}

/** What a sync-collection body asks for. Throws 400 for levels and limits that are none. */
export function syncRequestIn(request: DavRequest, body: Element, depth: Depth): SyncRequest {
  const level = child(body, dav('sync-level'));
  // before RFC 6578 was final the level was said by the Depth header; some clients still do
  const wanted = level ? textOf(level).trim() : depth === 'infinity' ? 'infinite' : '1';
  if (wanted !== '1' && wanted !== 'infinite' && wanted !== 'infinity')
    throw DavError.badRequest('sync-level is 1 or infinite.');
  const token = child(body, dav('sync-token'));
  const most = request.app.davLimits.results;
  return {
    token: token ? textOf(token).trim() : '',
    infinite: wanted !== '1',
    limit: Math.min(limitIn(body, dav) ?? most, most),
    asked: askedIn(body),
  };
}

/** Changes and token out of one statement; what follows only dresses them. */
async function collectionSync(
  request: DavRequest,
  resource: CollectionResource,
  body: Element,
  sync: SyncRequest,
): Promise<AsyncGenerator<string>> {
  const since = sync.token === '' ? undefined : pointOfToken(sync.token, resource);
  if (sync.token !== '' && since === undefined) throw invalidToken();
  const data = dataColumn(request, resource, body);
  const begun = since === undefined ? await beginWhole(request, resource, sync.limit) : undefined;
  if (begun !== undefined) {
    return (async function* () {
      const members = yield* memberResponses(request, resource, sync.asked, data);
      request.app.observer?.synchronised('first', members);
      yield textElement(dav('sync-token'), syncToken(resource, { seq: begun }));
    })();
  }
  const window = await seenChanges(
    request.app.db,
    resource,
    await windowSince(request, resource, since, sync.limit),
    since,
  );
  if (!window) throw DavError.notFound();
  if (!window.known) throw invalidToken();
  request.app.observer?.synchronised(since === undefined ? 'first' : 'later', window.changes.length);
  return (async function* () {
    yield* changeResponses(request, resource, window.changes, sync.asked, data);
    if (window.truncated) yield statusResponse(resource.href, 507, dav('number-of-matches-within-limits'));
    yield textElement(dav('sync-token'), syncToken(resource, { seq: window.token, begunAt: window.begunAt }));
  })();
}

/**
 * The token of a collection at one moment before anything is listed; undefined where the list is cut. Each object has a number of
 * its own up to the token: they need not be counted where it is below the limit.
 */
async function beginWhole(
  { app }: DavRequest,
  { collection }: CollectionResource,
  limit: number,
): Promise<number | undefined> {
  const { organisation_id, collection_id, sync_token } = collection;
  if (sync_token <= limit) return sync_token;
  const begun = await countMembers(app.db, organisation_id, collection_id);
  return begun && begun.objects <= limit ? begun.token : undefined;
}

/** Who asks with the collection's own token knows from the row that the path led to that nothing has changed. */
async function windowSince(
  { app, ctx }: DavRequest,
  { collection }: CollectionResource,
  since: SyncPoint | undefined,
  limit: number,
): Promise<ChangeWindow | undefined> {
  const { organisation_id, collection_id } = collection;
  const isCurrent = since !== undefined && since.begunAt === undefined && since.seq === collection.sync_token;
  noteWhether(!isCurrent, collection_id);
  if (isCurrent) return nothingSince(since.seq);
  const foreseen = since && (await foreseenChanges(ctx, collection_id, since, limit));
  if (foreseen) return foreseen;
  return changesSince(app.db, organisation_id, collection_id, since?.seq, limit, since?.begunAt);
}

/** The report asks for properties; clients that ask for the data as well get it and save a multiget. */
function dataColumn(request: DavRequest, { kind, collection }: CollectionResource, body: Element) {
  if (kind === 'addressbook') return addressDataColumn(body);
  const timezones = wantsTimezones(request.ctx.get('CalDAV-Timezones'));
  return calendarDataColumn(body, floatingZone(body, collection), timezones, request.app.limits.maxInstances);
}

export const SYNC_COLLECTION = report<CollectionResource | HomeResource>({
  name: dav('sync-collection'),
  rfc: '6578 §3.2',
  on: ['addressbook', 'calendar', ...HOME_KINDS],
  run,
});
