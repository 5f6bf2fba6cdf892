/** Octets used, for RFC 4331: counted once per request, whatever the number of collections that are asked. */
import { quotaOf } from '../commands/quota.ts';
import { listCollections, sumOctets } from '../store/collections.ts';
import type { DavRequest } from './request.ts';
import { type CollectionResource, type HomeResource, isCollection } from './resource.ts';

const counts = new WeakMap<DavRequest, Map<string, Promise<Map<string, number>>>>();

/** Octets of all objects in a collection, or in all collections of a home's owner. */
export async function countOf(resource: CollectionResource | HomeResource, request: DavRequest): Promise<number> {
  const used = await usedBy(resource.owner.principal_id, request);
  if (isCollection(resource)) return used.get(resource.collection.collection_id) ?? 0;
  return [...used.values()].reduce((sum, octets) => sum + octets, 0);
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
  const used = [...(await usedBy(owner.principal_id, request)).values()].reduce((sum, octets) => sum + octets, 0);
  return Math.max(0, quota - used);
}

function usedBy(ownerId: string, request: DavRequest): Promise<Map<string, number>> {
  const known = counts.get(request) ?? new Map<string, Promise<Map<string, number>>>();
  counts.set(request, known);
  const counted = known.get(ownerId) ?? count(ownerId, request);
  known.set(ownerId, counted);
  return counted;
}

async function count(ownerId: string, { app, principal }: DavRequest): Promise<Map<string, number>> {
  const owned = await listCollections(app.db, principal.organisation_id, ownerId);
  const ids = owned.map((collection) => collection.collection_id);
  return sumOctets(app.db, principal.organisation_id, ids);
}
