/** The state of a synchronised resource as one token: what sync-collection goes on from, and what an If header may name (RFC 6578 §4, §5). */
import { directoryCards, directoryToken, membersOfDirectory } from './directory.ts';
import { homeSyncToken } from './home-sync.ts';
import type { DavRequest } from './request.ts';
import { isCollection, isHome, type Resource } from './resource.ts';
import { syncToken } from './sync-token.ts';

/** The value of DAV:sync-token as it is now; undefined for what cannot be synchronised, such as plain collections and objects. */
export function stateToken(resource: Resource, request: DavRequest): string | undefined | Promise<string> {
  if (resource.kind === 'directory') return directoryState(request);
  if (isHome(resource)) return homeSyncToken(resource, request);
  if (!isCollection(resource) || resource.kind === 'plain') return undefined;
  return syncToken(resource, { seq: resource.collection.sync_token });
}

async function directoryState(request: DavRequest): Promise<string> {
  return directoryToken(request, membersOfDirectory(await directoryCards(request)));
}
