/** Synchronising a home (RFC 6578 on a collection of collections): its token names every collection in it with its own token. */
import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { OWNER } from '../commands/privileges.ts';
import { listCollections } from '../store/collections.ts';
import { accessWithin, ownedBy } from './access.ts';
import { collectionResource } from './make-resource.ts';
import { looksForShared } from './one-home.ts';
import type { DavRequest, Depth } from './request.ts';
import type { CollectionResource, HomeResource } from './resource.ts';
import { bindingIn, sharedIn } from './shared-in-home.ts';

/** A collection as a home's token remembers it. */
export interface Remembered {
  readonly id: string;
  readonly name: string;
  /** Number of the newest change told of what is in it. */
  readonly seq: number;
  /** Moment of its newest property change (ms since 1970). */
  readonly modified: number;
  /** Its count when it was told itself, where that is not `seq`. */
  readonly toldAt?: number | undefined;
  /** Its count when its first list was begun, where a limit cut that. */
  readonly begunAt?: number | undefined;
}

/** The same in a token: numbers that are not known are left out at the end. */
type Written = readonly [id: string, name: string, ...numbers: number[]];

const written = ({ id, name, seq, modified, toldAt, begunAt }: Remembered): Written => [
  id,
  name,
  ...[seq, modified, toldAt, begunAt].filter((number) => number !== undefined),
];

const read = ([id, name, seq, modified, toldAt, begunAt]: Written): Remembered => ({
  id,
  name,
  seq: seq!,
  modified: modified!,
  toldAt,
  begunAt,
});

const PREFIX = 'urn:doublon:home:';
const LONGEST_STATE = 4 * 1024 * 1024;
/** What compresses better is no state: identifiers hardly do. Reading a few kilobytes of brackets, packed, would keep the process busy. */
const MOST_INFLATED = 20;

/** The collections directly in a home that the requester may see, by name. */
async function collectionsIn(home: HomeResource, request: DavRequest): Promise<CollectionResource[]> {
  const { app } = request;
  const { organisation_id, principal_id } = home.owner;
  const rows = await listCollections(app.db, organisation_id, principal_id);
  const direct = rows.filter(
    ({ kind, name }) =>
      kind === home.home.holds ||
      (kind === 'plain' && name.split('/').length === 2 && name.startsWith(`${home.home.segment}/`)),
  );
  if (ownedBy(request, home.owner)) return direct.map((row) => collectionResource(home.owner, row, OWNER));
  const access = await accessWithin(request, home.owner);
  return direct.flatMap((row) => {
    const privileges = access.get(row.collection_id);
    return privileges ? collectionResource(home.owner, row, privileges) : [];
  });
}

/** The same with what others share, for a program that would not find it elsewhere: what the home lists. */
export async function membersOfHome(home: HomeResource, request: DavRequest): Promise<CollectionResource[]> {
  // what may not be read itself (RFC 3744 appendix B) is not told of by its home either, such as a calendar that lets one see busy times
  const own = (await collectionsIn(home, request)).filter(({ privileges }) => privileges.has('read'));
  if (!ownedBy(request, home.owner) || !looksForShared(request.ctx, home.home.holds)) return own;
  return [...own, ...(await sharedIn(home, request, own))];
}

/**
 * The calendars whose objects a report on a calendar home covers: with Depth infinity all that the requester may read, else none,
 * since a home holds no objects itself (RFC 4791 §7.1, RFC 3253 §3.6).
 */
export async function calendarsUnder(
  home: HomeResource,
  request: DavRequest,
  depth: Depth,
  privilege = 'read',
): Promise<CollectionResource[]> {
  if (depth !== 'infinity') return [];
  const collections = await collectionsIn(home, request);
  return collections.filter(({ kind, privileges }) => kind === 'calendar' && privileges.has(privilege));
}

export function rememberedOf(collections: readonly CollectionResource[]): Remembered[] {
  return collections.map(({ collection, ...resource }) => ({
    id: collection.collection_id,
    name: bindingIn(resource) ?? collection.name,
    seq: collection.sync_token,
    modified: collection.modified_at.getTime(),
  }));
}

/** What a home's token remembers. */
export interface HomeState {
  readonly collections: readonly Remembered[];
  /** Identifiers of those of which only the public form was shown. */
  readonly publicOnly: readonly string[];
}

export const publicIn = (collections: readonly CollectionResource[]): string[] =>
  collections.filter(({ publicOnly }) => publicOnly).map(({ collection }) => collection.collection_id);

export function writeHomeToken({ collections, publicOnly }: HomeState): string {
  return PREFIX + deflateRawSync(JSON.stringify([...collections.map(written), ...publicOnly])).toString('base64url');
}

/** Undefined when the token is none of a home. */
export function readHomeToken(token: string): HomeState | undefined {
  if (!token.startsWith(PREFIX)) return undefined;
  try {
    const octets = Buffer.from(token.slice(PREFIX.length), 'base64url');
    const maxOutputLength = Math.min(LONGEST_STATE, octets.length * MOST_INFLATED);
    const state: unknown = JSON.parse(inflateRawSync(octets, { maxOutputLength }).toString('utf8'));
    if (!Array.isArray(state)) return undefined;
    const publicOnly = state.filter((entry) => typeof entry === 'string');
    const collections = state.filter((entry) => typeof entry !== 'string');
    return collections.every(isWritten) ? { collections: collections.map(read), publicOnly } : undefined;
  } catch {
    return undefined;
  }
}

function isWritten(entry: unknown): entry is Written {
  return (
    Array.isArray(entry) &&
    entry.length >= 4 &&
    entry.length <= 6 &&
    typeof entry[0] === 'string' &&
    typeof entry[1] === 'string' &&
    entry.slice(2).every(Number.isSafeInteger)
  );
}

export async function homeSyncToken(home: HomeResource, request: DavRequest): Promise<string> {
  const members = await membersOfHome(home, request);
  return writeHomeToken({ collections: rememberedOf(members), publicOnly: publicIn(members) });
}

/** A short word that changes whenever the home's token does. */
export async function homeCtag(home: HomeResource, request: DavRequest): Promise<string> {
  return createHash('sha256')
    .update(await homeSyncToken(home, request))
    .digest('base64url')
    .slice(0, 27);
}
