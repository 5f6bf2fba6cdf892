/** The resources a URL can name, and how their URLs are made (the shapes of `src/README.md`). */
import { createHash } from 'node:crypto';
import type { Privileges } from '../commands/privileges.ts';
import { CONTEXT_ROOT, HOME_SEGMENTS } from '../commands/resource-paths.ts';
import type { SeenCollection } from '../commands/seen-objects.ts';
import type { ObjectEntry } from '../store/objects.ts';
import type { Principal } from '../store/principals.ts';
import type { PrincipalKind } from '../store/schema/accounts.ts';
import type { CollectionKind } from '../store/schema/collections.ts';
import { collectionHref, hrefOf, type Path } from './href.ts';

interface Common {
  readonly path: Path;
  /** Percent-encoded; collections end with a slash. */
  readonly href: string;
  /** What the requester may do here. */
  readonly privileges: Privileges;
}

export interface RootResource extends Common {
  readonly kind: 'root';
}

/** A container of principals, or of homes: it lists what the requester may see and holds nothing else. */
export interface PrincipalSetResource extends Common {
  readonly kind: 'principalSet';
  /** Undefined: the container of all kinds. */
  readonly principalKind: PrincipalKind | undefined;
}

export interface HomeSetResource extends Common {
  readonly kind: 'homeSet';
  readonly home: Home;
}

export interface PrincipalResource extends Common {
  readonly kind: 'principal';
  readonly principal: Principal;
}

/** What a URL needs of the principal that owns it. */
export type Owner = Pick<Principal, 'organisation_id' | 'principal_id' | 'kind' | 'name'> &
  Partial<Pick<Principal, 'display_name'>>;

export interface HomeResource extends Common {
  readonly kind: 'addressbookHome' | 'calendarHome';
  readonly home: Home;
  readonly owner: Owner;
}

export interface CollectionResource extends Common, SeenCollection {
  readonly kind: CollectionKind;
  readonly owner: Owner;
}

export interface ObjectResource extends Common, SeenCollection {
  readonly kind: 'addressObject' | 'calendarObject' | 'file';
  readonly owner: Owner;
  readonly object: ObjectEntry;
  /** Loaded only where the octets are needed. */
  readonly body?: Buffer;
}

/** The virtual address book of the organisation's people. */
export interface DirectoryResource extends Common {
  readonly kind: 'directory';
}

export interface DirectoryCardResource extends Common {
  readonly kind: 'directoryCard';
  readonly principalId: string;
  readonly object: Pick<ObjectEntry, 'name' | 'etag' | 'size' | 'created_at' | 'component' | 'media_type'>;
  readonly body: Buffer;
}

export type Resource =
  | RootResource
  | DirectoryResource
  | DirectoryCardResource
  | PrincipalSetResource
  | HomeSetResource
  | PrincipalResource
  | HomeResource
  | CollectionResource
  | ObjectResource;
export type ResourceKind = Resource['kind'];

export interface Home {
  readonly segment: string;
  readonly kind: HomeResource['kind'];
  readonly holds: 'addressbook' | 'calendar';
}

/** The two homes every user has. */
export const HOMES: readonly Home[] = [
  { segment: HOME_SEGMENTS.addressbook, kind: 'addressbookHome', holds: 'addressbook' },
  { segment: HOME_SEGMENTS.calendar, kind: 'calendarHome', holds: 'calendar' },
];

/** Path segment of each kind of principal. */
export const PRINCIPAL_SEGMENTS: Readonly<Record<PrincipalKind, string>> = {
  user: 'users',
  group: 'groups',
  resource: 'resources',
  location: 'locations',
};

export const OBJECT_KIND: Readonly<Record<CollectionKind, ObjectResource['kind']>> = {
  addressbook: 'addressObject',
  calendar: 'calendarObject',
  plain: 'file',
};

export const OBJECTS: readonly ObjectResource['kind'][] = ['addressObject', 'calendarObject', 'file'];
export const COLLECTIONS: readonly CollectionResource['kind'][] = ['addressbook', 'calendar', 'plain'];
export const HOME_KINDS: readonly HomeResource['kind'][] = ['addressbookHome', 'calendarHome'];
export const EVERYWHERE: readonly ResourceKind[] = [
  'root',
  'directory',
  'directoryCard',
  'principalSet',
  'homeSet',
  'principal',
  ...HOME_KINDS,
  ...COLLECTIONS,
  ...OBJECTS,
];

export function isObject(resource: Resource): resource is ObjectResource {
  return (OBJECTS as readonly string[]).includes(resource.kind);
}

/** True for what GET gives octets of: objects, stored or made. */
export function hasContent(resource: Resource): resource is ObjectResource | DirectoryCardResource {
  return isObject(resource) || resource.kind === 'directoryCard';
}

export function isCollection(resource: Resource): resource is CollectionResource {
  return (COLLECTIONS as readonly string[]).includes(resource.kind);
}

export function isHome(resource: Resource): resource is HomeResource {
  return (HOME_KINDS as readonly string[]).includes(resource.kind);
}

/** The href of a path as it is where something like the resource stands on it. */
export function hrefLike(resource: Resource, path: Path): string {
  return isCollection(resource) ? collectionHref(path) : hrefOf(path);
}

/** `/dav/` */
export const ROOT_HREF = collectionHref([CONTEXT_ROOT]);

export function principalPath(principal: Pick<Principal, 'kind' | 'name'>): Path {
  return [CONTEXT_ROOT, 'principals', PRINCIPAL_SEGMENTS[principal.kind], principal.name];
}

export function principalHref(principal: Pick<Principal, 'kind' | 'name'>): string {
  return collectionHref(principalPath(principal));
}

export function homePath(home: Home, ownerName: string): Path {
  return [CONTEXT_ROOT, home.segment, ownerName];
}

export function homeHref(home: Home, ownerName: string): string {
  return collectionHref(homePath(home, ownerName));
}

/** The name under which a plain collection at this path below a home is stored. */
export function plainName(home: Home, rest: readonly string[]): string {
  return [home.segment, ...rest].join('/');
}

/** A collection's own validator, without quotes: it changes with every change inside, and is another where only the public form is seen. */
export function collectionEtag({ collection, publicOnly }: CollectionResource): string {
  const seen = publicOnly ? '-public' : '';
  return `${collection.collection_id}-${collection.sync_token}-${collection.modified_at.getTime().toString(36)}${seen}`;
}

/** The current entity tag of what has one, without quotes. */
export function etagOfResource(resource: Resource | undefined): string | undefined {
  if (!resource) return undefined;
  if (hasContent(resource)) return resource.object.etag;
  return isCollection(resource) ? collectionEtag(resource) : undefined;
}

/** The identifier that dead properties hang on and `resource-id` tells; undefined for resources that have none. */
export function idOf(resource: Resource): string | undefined {
  if (isObject(resource)) return resource.object.object_id;
  if (isCollection(resource)) return resource.collection.collection_id;
  if (resource.kind === 'principal') return resource.principal.principal_id;
  return isHome(resource) ? homeId(resource) : undefined;
}

/** A home is no row of its own: its identifier follows from its owner's (a UUID of version 8, RFC 9562 §5.8). */
function homeId({ home, owner }: HomeResource): string {
  const hex = createHash('sha256').update(`${owner.principal_id} ${home.segment}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
