/** Runs, nights and merges. */
import type { Generated } from 'kysely';
import type { GeneratedJson, Json, Timestamp } from './columns.ts';

export interface RunTable {
  organisation_id: string;
  run_id: string;
  owner_id: string;
  trigger: string;
  state: 'running' | 'done' | 'failed';
  started_at: Timestamp;
  heartbeat_at: Timestamp;
  finished_at: Timestamp | null;
  numbers: GeneratedJson<Record<string, number>>;
  error: string | null;
  /** A failed run is tried again then. */
  next_try_at: Timestamp | null;
}

export interface NightTable {
  organisation_id: string;
  owner_id: string;
  night_at: Timestamp;
  state: 'running' | 'done' | 'failed';
  attempts: Generated<number>;
  heartbeat_at: Timestamp;
  merge_run_id: string | null;
  numbers: GeneratedJson<Record<string, number>>;
  failed: Generated<string[]>;
  mail: Generated<'none' | 'due' | 'sending' | 'sent' | 'failed'>;
  mail_attempts: Generated<number>;
  mail_after: Timestamp | null;
}

export interface MergeTable {
  organisation_id: string;
  merge_id: string;
  owner_id: string;
  actor_id: string;
  reference_id: string;
  run_id: string | null;
  choices: GeneratedJson<Record<string, unknown>>;
  merged_at: Timestamp;
  undone_at: Timestamp | null;
  forgotten_at: Timestamp | null;
}

export interface MergeObjectTable {
  organisation_id: string;
  merge_id: string;
  object_id: string;
  collection_id: string;
  role: 'reference' | 'source' | 'group';
  name: string;
  uid: string | null;
  body_before: Buffer;
  body_after: Buffer | null;
}

export interface MergedAwayTable {
  organisation_id: string;
  merge_id: string;
  object_id: string;
  collection_id: string;
  name: string;
  uid_key: string | null;
  content_hash: string;
  reference_id: string;
}

export interface IdempotencyTable {
  organisation_id: string;
  principal_id: string;
  key: string;
  request_hash: string;
  answer: Json<unknown> | null;
  created_at: Timestamp;
}

export interface RunTables {
  run: RunTable;
  night: NightTable;
  merge: MergeTable;
  merge_object: MergeObjectTable;
  merged_away: MergedAwayTable;
  idempotency: IdempotencyTable;
}
