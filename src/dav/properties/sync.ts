/** Live properties of synchronisation: RFC 6578 §4 and the older getctag. */
import { calendarserver, dav } from '../../xml/names.ts';
import { directoryCards, directoryToken, membersOfDirectory } from '../directory.ts';
import { homeCtag, homeSyncToken } from '../home-sync.ts';
import type { DavRequest } from '../request.ts';
import { type CollectionResource, type DirectoryResource, HOME_KINDS, type HomeResource } from '../resource.ts';
import { syncToken } from '../sync-token.ts';
import { type AnyProperty, property } from './property.ts';

/** Plain collections are not synchronised: sync-collection is not offered on them. */
const SYNCHRONISED: readonly CollectionResource['kind'][] = ['addressbook', 'calendar'];

const tokenOf = ({ collection }: CollectionResource) =>
  syncToken(collection.collection_id, { seq: collection.sync_token });

const directoryState = async (_resource: DirectoryResource, request: DavRequest) =>
  directoryToken(request, membersOfDirectory(await directoryCards(request)));

export const SYNC: readonly AnyProperty[] = [
  property<DirectoryResource>({ name: dav('sync-token'), rfc: '6578 §4', on: ['directory'], get: directoryState }),
  property<DirectoryResource>({
    name: calendarserver('getctag'),
    rfc: 'caldav-ctag-03 §4',
    on: ['directory'],
    get: directoryState,
  }),
  property<CollectionResource>({ name: dav('sync-token'), rfc: '6578 §4', on: SYNCHRONISED, get: tokenOf }),
  property<CollectionResource>({
    name: calendarserver('getctag'),
    rfc: 'caldav-ctag-03 §4',
    on: SYNCHRONISED,
    get: tokenOf,
  }),
  property<HomeResource>({ name: dav('sync-token'), rfc: '6578 §4', on: HOME_KINDS, get: homeSyncToken }),
  property<HomeResource>({
    name: calendarserver('getctag'),
    rfc: 'caldav-ctag-03 §4',
    on: HOME_KINDS,
    get: homeCtag,
  }),
];
