/** Address books and calendars, imports and exports, secret links, subscribed calendars. */
import { z } from 'zod';
import {
  CollectionChangeRequest,
  CollectionList,
  CollectionView,
  ImportQuery,
  ImportReport,
  NewCollectionRequest,
} from '../contract/collections.ts';
import { EventList, EventQuery } from '../contract/events.ts';
import { NewPublication, NewPublicationRequest, PublicationList } from '../contract/publications.ts';
import {
  NewSubscriptionRequest,
  Subscription,
  SubscriptionChangeRequest,
  SubscriptionList,
} from '../contract/subscriptions.ts';
import { Done, Id } from '../contract/words.ts';
import type { Operation } from './operation.ts';

const id = z.object({ id: Id });

export const COLLECTIONS = {
  listCollections: {
    method: 'GET',
    path: '/collections',
    tag: 'collections',
    summary: 'Address books and calendars with their counts',
    answer: CollectionList,
  },
  createCollection: {
    method: 'POST',
    path: '/collections',
    tag: 'collections',
    summary: 'Make an address book or a calendar',
    body: NewCollectionRequest,
    answer: CollectionView,
    status: 201,
  },
  changeCollection: {
    method: 'PATCH',
    path: '/collections/{id}',
    tag: 'collections',
    summary: 'Rename, describe or colour a collection',
    parameters: id,
    body: CollectionChangeRequest,
    answer: CollectionView,
  },
  deleteCollection: {
    method: 'DELETE',
    path: '/collections/{id}',
    tag: 'collections',
    summary: 'Delete a collection with everything in it',
    parameters: id,
    answer: Done,
  },
  importObjects: {
    method: 'POST',
    path: '/collections/{id}/import',
    tag: 'collections',
    summary: 'Read a .vcf, .csv or .ics file into a collection: the body is the file, or a form with one file',
    parameters: id,
    query: ImportQuery,
    streamedBody: ['text/vcard', 'text/csv', 'text/calendar', 'application/octet-stream', 'multipart/form-data'],
    answer: ImportReport,
  },
  exportCollection: {
    method: 'GET',
    path: '/collections/{id}/export',
    tag: 'collections',
    summary: 'All cards as one .vcf, or all calendar objects as one .ics',
    parameters: id,
    streamedAnswer: ['text/vcard', 'text/calendar'],
  },
  listPublications: {
    method: 'GET',
    path: '/collections/{id}/publications',
    tag: 'publications',
    summary: 'The secret links to a collection',
    parameters: id,
    answer: PublicationList,
  },
  createPublication: {
    method: 'POST',
    path: '/collections/{id}/publications',
    tag: 'publications',
    summary: 'Make a secret link under which anybody who has it reads the collection: it is shown once',
    parameters: id,
    body: NewPublicationRequest,
    answer: NewPublication,
    status: 201,
  },
  revokePublication: {
    method: 'DELETE',
    path: '/publications/{id}',
    tag: 'publications',
    summary: 'Take a secret link back at once',
    parameters: id,
    answer: Done,
  },
  listSubscriptions: {
    method: 'GET',
    path: '/subscriptions',
    tag: 'subscriptions',
    summary: 'Calendars fetched from elsewhere, and how that went',
    answer: SubscriptionList,
  },
  createSubscription: {
    method: 'POST',
    path: '/subscriptions',
    tag: 'subscriptions',
    summary: 'Subscribe to an .ics file by its URL: it is fetched at once, and nothing is made when that fails',
    body: NewSubscriptionRequest,
    answer: Subscription,
    status: 201,
  },
  changeSubscription: {
    method: 'PATCH',
    path: '/subscriptions/{id}',
    tag: 'subscriptions',
    summary: 'Change URL or interval; a new URL is fetched at once, and refused when that fails',
    parameters: id,
    body: SubscriptionChangeRequest,
    answer: Subscription,
  },
  deleteSubscription: {
    method: 'DELETE',
    path: '/subscriptions/{id}',
    tag: 'subscriptions',
    summary: 'End a subscription: the calendar goes with it',
    parameters: id,
    answer: Done,
  },
  refreshSubscription: {
    method: 'POST',
    path: '/subscriptions/{id}/refresh',
    tag: 'subscriptions',
    summary: 'Fetch a subscribed calendar now; what went wrong is in the answer',
    parameters: id,
    answer: Subscription,
  },
  listEvents: {
    method: 'GET',
    path: '/events',
    tag: 'events',
    summary: 'What own and shared calendars hold in a window of time, recurring events instance by instance',
    query: EventQuery,
    answer: EventList,
  },
} as const satisfies Readonly<Record<string, Operation>>;
