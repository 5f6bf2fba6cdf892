/** Live properties of synchronisation: RFC 6578 §4 and the older getctag. */
import { calendarserver, dav } from '../../xml/names.ts';
import { homeCtag } from '../home-sync.ts';
import { type CollectionResource, type DirectoryResource, HOME_KINDS, type HomeResource } from '../resource.ts';
import { stateToken } from '../state-token.ts';
import { type AnyProperty, property } from './property.ts';

type Synchronised = CollectionResource | DirectoryResource;

/** Plain collections are not synchronised: sync-collection is not offered on them. */
const SYNCHRONISED: readonly Synchronised['kind'][] = ['addressbook', 'calendar', 'directory'];

export const SYNC: readonly AnyProperty[] = [
  property<Synchronised | HomeResource>({
    name: dav('sync-token'),
    rfc: '6578 §4',
    on: [...SYNCHRONISED, ...HOME_KINDS],
    get: stateToken,
  }),
  property<Synchronised>({
    name: calendarserver('getctag'),
    rfc: 'caldav-ctag-03 §4',
    on: SYNCHRONISED,
    get: stateToken,
  }),
  property<HomeResource>({
    name: calendarserver('getctag'),
    rfc: 'caldav-ctag-03 §4',
    on: HOME_KINDS,
    get: homeCtag,
  }),
];
