/** Live properties of WebDAV itself: RFC 4918 §15, RFC 4331, RFC 3253 and RFC 5842's resource-id. */

import { caldav, carddav, dav, type Name } from '../../xml/names.ts';
import { element, hrefElement } from '../../xml/write.ts';
import { mediaTypeOf } from '../kinds.ts';
import { activeLocks, SUPPORTED_LOCKS } from '../locks.ts';
import { countOf, roomIn } from '../quota.ts';
import type {
  CollectionResource,
  DirectoryCardResource,
  HomeResource,
  ObjectResource,
  PrincipalResource,
  Resource,
  ResourceKind,
} from '../resource.ts';
import {
  COLLECTIONS,
  collectionEtag,
  EVERYWHERE,
  HOME_KINDS,
  idOf,
  isCollection,
  isHome,
  isObject,
  OBJECTS,
} from '../resource.ts';
import { type AnyProperty, elements, patchedText, property, text } from './property.ts';

type Content = ObjectResource | DirectoryCardResource;

const RESOURCE_TYPES: Readonly<Record<ResourceKind, readonly Name[]>> = {
  root: [dav('collection')],
  directory: [dav('collection'), carddav('addressbook'), carddav('directory')],
  directoryCard: [],
  principalSet: [dav('collection')],
  homeSet: [dav('collection')],
  principal: [dav('collection'), dav('principal')],
  addressbookHome: [dav('collection')],
  calendarHome: [dav('collection')],
  addressbook: [dav('collection'), carddav('addressbook')],
  calendar: [dav('collection'), caldav('calendar')],
  plain: [dav('collection')],
  addressObject: [],
  calendarObject: [],
  file: [],
};

function displayName(resource: Resource): string | undefined {
  if (isCollection(resource)) return resource.collection.display_name ?? undefined;
  if (resource.kind === 'principal') return resource.principal.display_name;
  if (resource.kind === 'directory') return 'Directory';
  if (isHome(resource)) return resource.owner.name;
  return isObject(resource) ? undefined : 'Doublon';
}

const CONTENT: readonly Content['kind'][] = [...OBJECTS, 'directoryCard'];

export const WEBDAV: readonly AnyProperty[] = [
  property<Resource>({
    name: dav('resourcetype'),
    rfc: '4918 §15.9',
    on: EVERYWHERE,
    allprop: true,
    get: ({ kind }) => elements(...RESOURCE_TYPES[kind]),
  }),
  property<Resource>({
    name: dav('displayname'),
    rfc: '4918 §15.2',
    on: EVERYWHERE.filter((kind) => ![...CONTENT, ...COLLECTIONS].some((other) => other === kind)),
    allprop: true,
    get: (resource) => text(displayName(resource)),
  }),
  property<CollectionResource>({
    name: dav('displayname'),
    rfc: '4918 §15.2',
    on: COLLECTIONS,
    allprop: true,
    get: (resource) => text(displayName(resource)),
    patch: (value) => ({ display_name: patchedText(value)?.trim() ?? null }),
  }),
  property<CollectionResource | ObjectResource>({
    name: dav('creationdate'),
    rfc: '4918 §15.1',
    on: [...COLLECTIONS, ...OBJECTS],
    allprop: true,
    get: (resource) => (isObject(resource) ? resource.object : resource.collection).created_at.toISOString(),
  }),
  property<CollectionResource | ObjectResource>({
    name: dav('getlastmodified'),
    rfc: '4918 §15.7',
    on: [...COLLECTIONS, ...OBJECTS],
    allprop: true,
    get: (resource) => (isObject(resource) ? resource.object : resource.collection).modified_at.toUTCString(),
  }),
  property<Content>({
    name: dav('getetag'),
    rfc: '4918 §15.6',
    on: CONTENT,
    allprop: true,
    get: ({ object }) => `"${object.etag}"`,
  }),
  property<CollectionResource>({
    name: dav('getetag'),
    rfc: '4918 §15.6',
    on: COLLECTIONS,
    get: (resource) => `"${collectionEtag(resource)}"`,
  }),
  property<Content>({
    name: dav('getcontentlength'),
    rfc: '4918 §15.4',
    on: CONTENT,
    allprop: true,
    get: ({ object }) => String(object.size),
  }),
  property<Content>({
    name: dav('getcontenttype'),
    rfc: '4918 §15.5',
    on: CONTENT,
    allprop: true,
    get: (resource) => text(mediaTypeOf(resource)),
  }),
  property<PrincipalResource>({
    name: dav('getcontentlanguage'),
    rfc: '4918 §15.3',
    on: ['principal'],
    get: ({ principal }) => text(principal.language),
  }),
  property<CollectionResource>({
    name: dav('add-member'),
    rfc: '5995 §3.2.1',
    on: COLLECTIONS,
    get: ({ href }) => hrefElement(href),
  }),
  property<Resource>({
    name: dav('supportedlock'),
    rfc: '4918 §15.10',
    on: EVERYWHERE,
    get: ({ kind }) => (isLockable(kind) ? SUPPORTED_LOCKS : ''),
  }),
  property<Resource>({
    name: dav('lockdiscovery'),
    rfc: '4918 §15.8',
    on: EVERYWHERE,
    get: (resource, request) => (isLockable(resource.kind) ? activeLocks(resource, request) : ''),
  }),
  property<Resource>({
    name: dav('supported-report-set'),
    rfc: '3253 §3.1.5',
    on: EVERYWHERE,
    get: ({ kind }, { tables }) =>
      tables
        .reportsOn(kind)
        .map((name) => element(dav('supported-report'), element(dav('report'), element(name))))
        .join(''),
  }),
  property<Resource>({
    name: dav('supported-method-set'),
    rfc: '3253 §3.1.3',
    on: EVERYWHERE,
    get: ({ kind }, { tables }) =>
      tables
        .methodsOn(kind)
        .map((name) => `<D:supported-method name="${name}"/>`)
        .join(''),
  }),
  property<CollectionResource | ObjectResource | HomeResource | PrincipalResource>({
    name: dav('resource-id'),
    rfc: '5842 §3.1',
    on: [...COLLECTIONS, ...OBJECTS, ...HOME_KINDS, 'principal'],
    get: (resource) => hrefElement(`urn:uuid:${idOf(resource)}`),
  }),
  property<HomeResource | CollectionResource>({
    name: dav('quota-available-bytes'),
    rfc: '4331 §3',
    on: [...HOME_KINDS, ...COLLECTIONS],
    get: async (resource, request) => (await roomIn(resource, request))?.toString(),
  }),
  property<HomeResource | CollectionResource>({
    name: dav('quota-used-bytes'),
    rfc: '4331 §4',
    on: [...HOME_KINDS, ...COLLECTIONS],
    get: async (resource, request) => String(await countOf(resource, request)),
  }),
];

function isLockable(kind: ResourceKind): boolean {
  return ([...COLLECTIONS, ...OBJECTS] as readonly string[]).includes(kind);
}
