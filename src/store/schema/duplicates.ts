/** The engine: records, pairs, clusters, and what was decided of them. */
import type { Generated } from 'kysely';
import type { GeneratedJson, Json, Timestamp } from './columns.ts';

export interface RecordTable {
  organisation_id: string;
  object_id: string;
  owner_id: string;
  collection_id: string;
  content_hash: string;
  data: Json<unknown>;
  engine_version: number;
  stale: boolean;
}

export interface BlockingKeyTable {
  organisation_id: string;
  owner_id: string;
  /** A signed 64-bit number as decimal text: it does not fit a JavaScript number. */
  key: string;
  object_id: string;
  /** Another card of the owner may hold the same content. */
  copied: Generated<boolean>;
}

export interface PairTable {
  organisation_id: string;
  owner_id: string;
  object_a: string;
  object_b: string;
  score: number;
  probability: number;
  evidence: Json<unknown>;
  engine_version: number;
  tier: Generated<Tier | 'none'>;
  never: Generated<boolean>;
  latent: Generated<boolean>;
}

export interface ScoredRecordTable {
  organisation_id: string;
  owner_id: string;
  object_id: string;
  content_hash: string;
  counts: Json<Record<string, number>>;
  /** Signed 64-bit numbers; they stay below 2^53. */
  keys: string[];
  gone: Generated<boolean>;
  again: Generated<boolean>;
}

export interface SharedBookTable {
  organisation_id: string;
  viewer_id: string;
  collection_id: string;
  owner_id: string;
  writable: boolean;
  compared: boolean;
  seen_seq: number;
}

export interface DedupStateTable {
  organisation_id: string;
  owner_id: string;
  /** Counts over distinct contents when pairs were last scored; null before the first full run. */
  counts: Json<Record<string, number>> | null;
  engine_version: number | null;
  night_at: Timestamp | null;
  /** The book is large enough to keep rows of its cards' keys. */
  keyed: Generated<boolean>;
}

export type Tier = 'certain' | 'likely' | 'possible';

export interface SuggestionTable {
  organisation_id: string;
  suggestion_id: string;
  owner_id: string;
  fingerprint: string;
  rank: number;
  tier: Tier;
  probability: number;
  reference_id: string;
  weakest: Json<unknown> | null;
  members: string[];
  collections: string[];
  created_at: Timestamp;
  exact: Generated<boolean>;
  /** Members that hold what another member holds. */
  copies: Generated<number>;
  reopened: Generated<boolean>;
  reasons: GeneratedJson<unknown[]>;
  benefit: Generated<number>;
  hidden_until: Timestamp | null;
  held: Generated<boolean>;
}

export interface SuggestionMemberTable {
  organisation_id: string;
  object_id: string;
  suggestion_id: string;
}

export interface DecisionTable {
  organisation_id: string;
  owner_id: string;
  uid_a: string;
  uid_b: string;
  verdict: 'different' | 'later';
  group_id: string;
  evidence_hash: string;
  until_at: Timestamp | null;
  decided_at: Timestamp;
}

export interface DuplicateTables {
  record: RecordTable;
  blocking_key: BlockingKeyTable;
  pair: PairTable;
  scored_record: ScoredRecordTable;
  shared_book: SharedBookTable;
  dedup_state: DedupStateTable;
  suggestion: SuggestionTable;
  suggestion_member: SuggestionMemberTable;
  decision: DecisionTable;
}
