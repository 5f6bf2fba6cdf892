/** Collections with their objects, and who may do what with them. */
import type { Generated } from 'kysely';
import type { Json, Timestamp } from './columns.ts';

export type CollectionKind = 'addressbook' | 'calendar' | 'plain';

/** Where the server itself takes a collection's content from. */
export type FedBy = 'subscription' | 'birthdays';

export interface CollectionTable {
  organisation_id: string;
  collection_id: string;
  owner_id: string;
  kind: CollectionKind;
  name: string;
  display_name: string | null;
  description: string | null;
  color: string | null;
  sort_order: string | null;
  components: string[] | null;
  time_zone: string | null;
  time_zone_id: string | null;
  transparent: Generated<boolean>;
  region: string | null;
  /** The region was guessed from the cards: it may change, and gives way to one that the owner names. */
  region_guessed: Generated<boolean>;
  fed_by: FedBy | null;
  sync_token: Generated<number>;
  pruned_seq: Generated<number>;
  /** Counts the WebDAV locks granted here. */
  lock_epoch: Generated<number>;
  created_at: Timestamp;
  modified_at: Timestamp;
}

export interface ObjectTable {
  organisation_id: string;
  object_id: string;
  collection_id: string;
  name: string;
  uid: string | null;
  uid_key: string | null;
  component: string;
  media_type: string | null;
  body: Buffer;
  size: number;
  etag: string;
  seq: number;
  starts_at: Timestamp | null;
  ends_at: Timestamp | null;
  index_data: Json<Record<string, unknown>> | null;
  created_at: Timestamp;
  modified_at: Timestamp;
}

export interface DeadPropertyTable {
  organisation_id: string;
  resource_id: string;
  namespace: string;
  local_name: string;
  xml: string;
}

export interface LockTable {
  organisation_id: string;
  lock_id: string;
  path: string;
  infinite: boolean;
  exclusive: boolean;
  holder_id: string;
  /** The `DAV:owner` element as the client wrote it, or the empty string. */
  description: string;
  seconds: number;
  expires_at: Timestamp;
}

export interface AccessEntryTable {
  organisation_id: string;
  collection_id: string;
  position: number;
  grantee_id: string | null;
  privileges: string[];
}

export interface PublicationTable {
  organisation_id: string;
  publication_id: string;
  collection_id: string;
  token_digest: string;
  name: string;
  created_at: Timestamp;
}

export interface SubscriptionTable {
  organisation_id: string;
  collection_id: string;
  url: string;
  refresh_minutes: number;
  etag: string | null;
  last_modified: string | null;
  failures: Generated<number>;
  error: string | null;
  skipped: Generated<number>;
  refreshed_at: Timestamp | null;
  next_at: Timestamp;
}

export interface BirthdayCalendarTable {
  organisation_id: string;
  collection_id: string;
  owner_id: string;
  made_from: string;
}

export interface DirectoryStateTable {
  organisation_id: string;
  digest: string;
  members: Record<string, string>;
  asked_at: Timestamp;
}

export interface CollectionTables {
  collection: CollectionTable;
  object: ObjectTable;
  dead_property: DeadPropertyTable;
  lock: LockTable;
  access_entry: AccessEntryTable;
  publication: PublicationTable;
  subscription: SubscriptionTable;
  birthday_calendar: BirthdayCalendarTable;
  directory_state: DirectoryStateTable;
}
