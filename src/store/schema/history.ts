/** What was: earlier versions, and what was deleted, refused or held. */
import type { Generated } from 'kysely';
import type { CollectionKind } from './collections.ts';
import type { Json, Timestamp } from './columns.ts';

export interface TombstoneTable {
  organisation_id: string;
  collection_id: string;
  name: string;
  seq: number;
  deleted_at: Timestamp;
}

export interface ObjectVersionTable {
  organisation_id: string;
  collection_id: string;
  seq: number;
  object_id: string;
  name: string;
  uid: string | null;
  component: string;
  media_type: string | null;
  body: Buffer;
  size: number;
  etag: string;
  written_at: Timestamp;
  ended_at: Timestamp;
  reason: 'replaced' | 'deleted' | 'moved';
  /** Went with its collection, and stays as long as that can be brought back. */
  deletion_id: string | null;
}

export interface DeletionWindowTable {
  organisation_id: string;
  window_id: string;
  collection_id: string;
  device_id: string;
  device_name: string;
  began_at: Timestamp;
  objects: number;
  deleted: number;
  allowed_until: Timestamp | null;
  /** When its owner was told by mail. */
  mailed_at: Timestamp | null;
  mail_attempts: Generated<number>;
  /** A mail that was not taken is tried again from then on. */
  mail_after: Timestamp | null;
}

export interface DeviceDeletionTable {
  organisation_id: string;
  window_id: string;
  name: string;
  object_id: string;
  seq: number;
  etag: string;
  held: boolean;
  asked_at: Timestamp;
}

export interface DeletedCollectionTable {
  organisation_id: string;
  collection_id: string;
  owner_id: string;
  deletion_id: string;
  kind: CollectionKind;
  name: string;
  /** The collection's row as it was. */
  properties: Json<Readonly<Record<string, unknown>>>;
  grants: Json<readonly { readonly granteeId: string | null; readonly privileges: readonly string[] }[]>;
  objects: number;
  octets: number;
  deleted_at: Timestamp;
}

export interface ConflictCopyTable {
  organisation_id: string;
  conflict_id: string;
  collection_id: string;
  name: string;
  uid: string | null;
  body: Buffer;
  size: number;
  etag: string;
  refused_at: Timestamp;
}

export interface HistoryTables {
  tombstone: TombstoneTable;
  object_version: ObjectVersionTable;
  deletion_window: DeletionWindowTable;
  device_deletion: DeviceDeletionTable;
  deleted_collection: DeletedCollectionTable;
  conflict_copy: ConflictCopyTable;
}
