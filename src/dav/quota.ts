/** Octets used, for RFC 4331: counted once per request, whatever the number of collections that are asked. */
import { quotaOf } from '../commands/quota.ts';
import { type Collection, listCollections, sumOctets } from '../store/collections.ts';
import type { DavRequest } from './request.ts';
import { type CollectionResource, type HomeResource, isCollection } from './resource.ts';

interface Use {
  readonly collection: Collection;
  readonly octets: number;
}

const counts = new WeakMap<DavRequest, Map<string, Promise<Use[]>>>();

/** Octets of all objects in a collection and in those below it, or in all collections of a home's owner. */
export async function countOf(resource: CollectionResource | HomeResource, request: DavRequest): Promise<number> {
  const used = await usedBy(resource.owner.principal_id, request);
  return sum(isCollection(resource) ? used.filter(({ collection }) => lies(collection, resource)) : used);
}

const sum = (used: readonly Use[]): number => used.reduce((total, { octets }) => total + octets, 0);

/** Only plain collections hold collections, and their names say which (`plainName`). */
function lies({ collection_id, kind, name }: Collection, { collection }: CollectionResource): boolean {
  if (collection_id === collection.collection_id) return true;
  return kind === 'plain' && collection.kind === 'plain' && name.startsWith(`${collection.name}/`);
}

/**
 * Octets that the owner of a resource may still store; undefined without a quota. The quota is one for all that an owner
 * keeps, so every home and collection of an owner tells the same (RFC 4331 §3).
 */
export async function roomIn(
  { owner }: CollectionResource | HomeResource,
  request: DavRequest,
): Promise<number | undefined> {
  const quota = await quotaOf(request.app, owner.organisation_id, owner.principal_id);
  if (quota === undefined) return undefined;
  return Math.max(0, quota - sum(await usedBy(owner.principal_id, request)));
}

function usedBy(ownerId: string, request: DavRequest): Promise<Use[]> {
  const known = counts.get(request) ?? new Map<string, Promise<Use[]>>();
  counts.set(request, known);
  const counted = known.get(ownerId) ?? count(ownerId, request);
  known.set(ownerId, counted);
  return counted;
}

async function count(ownerId: string, { app, principal }: DavRequest): Promise<Use[]> {
  const owned = await listCollections(app.db, principal.organisation_id, ownerId);
  const ids = owned.map((collection) => collection.collection_id);
  const octets = await sumOctets(app.db, principal.organisation_id, ids);
  return owned.map((collection) => ({ collection, octets: octets.get(collection.collection_id) ?? 0 }));
}
