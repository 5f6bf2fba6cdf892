/** Row types of every table, by hand; a test compares them with the migrated database's catalogue. */
import type { ColumnType, Generated, Insertable, Selectable } from 'kysely';

/** bigint comes back from pg as a number: `database.ts` sets the parser and throws past 2^53. */
type Timestamp = ColumnType<Date, Date, Date>;
type Json<T> = ColumnType<T, string, string>;
type GeneratedJson<T> = ColumnType<T, string | undefined, string>;

export interface OrganisationTable {
  organisation_id: string;
  name: string;
  settings: GeneratedJson<Record<string, unknown>>;
  created_at: Timestamp;
}

export interface LoginTable {
  name: string;
  organisation_id: string;
  principal_id: string;
}

export interface FailedSignInTable {
  key: string;
  count: Generated<number>;
  until_at: Generated<Timestamp>;
  known: Generated<boolean>;
  last_at: Timestamp;
}

export type PrincipalKind = 'user' | 'group' | 'resource' | 'location';
export type Role = 'member' | 'administrator';

export interface PrincipalTable {
  organisation_id: string;
  principal_id: string;
  kind: PrincipalKind;
  name: string;
  display_name: string;
  emails: Generated<string[]>;
  role: Generated<Role>;
  password_hash: string | null;
  password_temporary: Generated<boolean>;
  language: string | null;
  time_zone: string | null;
  region: string | null;
  settings: GeneratedJson<Record<string, unknown>>;
  created_at: Timestamp;
  disabled_at: Timestamp | null;
  /** Sign-in asks for a code beside the password, and devices need app passwords. */
  second_factor: Generated<boolean>;
  /** Null: the setting's default. */
  quota_octets: number | null;
}

export interface GroupMemberTable {
  organisation_id: string;
  group_id: string;
  member_id: string;
}

export interface AppPasswordTable {
  organisation_id: string;
  app_password_id: string;
  principal_id: string;
  selector: string;
  name: string;
  hash: string;
  created_at: Timestamp;
  last_used_at: Timestamp | null;
  /** Address it was last used from. */
  last_used_from: string | null;
}

export interface SessionTable {
  organisation_id: string;
  session_id: string;
  principal_id: string;
  csrf_token: string;
  created_at: Timestamp;
  expires_at: Timestamp;
  /** User-Agent of the browser. */
  client: string | null;
  /** To a few minutes. */
  last_used_at: Timestamp | null;
  /** Address it was last used from. */
  address: string | null;
}

export interface SetUpLinkTable {
  organisation_id: string;
  token_hash: string;
  app_password_id: string;
  sealed: Buffer;
  expires_at: Timestamp;
}

export interface InvitationTable {
  organisation_id: string;
  invitation_id: string;
  token_hash: string;
  role: Role;
  email: string | null;
  inviter_id: string;
  created_at: Timestamp;
  expires_at: Timestamp;
  accepted_at: Timestamp | null;
  accepted_name: string | null;
}

export interface SecondFactorTable {
  organisation_id: string;
  principal_id: string;
  /** base32 in clear, or sealed, in base64url. */
  secret: string;
  /** Null: in clear. */
  key_id: string | null;
  last_step: Generated<number>;
  recovery_hashes: Generated<string[]>;
  created_at: Timestamp;
  confirmed_at: Timestamp | null;
}

export interface ExternalIdentityTable {
  organisation_id: string;
  issuer: string;
  subject: string;
  principal_id: string;
  created_at: Timestamp;
}

export interface AuditEntryTable {
  organisation_id: string;
  entry_id: string;
  happened_at: Timestamp;
  action: string;
  actor_id: string | null;
  actor_name: string;
  subject: Generated<string>;
  /** The principal it tells of. */
  subject_id: string | null;
  address: Generated<string>;
  details: GeneratedJson<Record<string, unknown>>;
}

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

export interface DeadPropertyTable {
  organisation_id: string;
  resource_id: string;
  namespace: string;
  local_name: string;
  xml: string;
}

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

export interface IdempotencyTable {
  organisation_id: string;
  principal_id: string;
  key: string;
  request_hash: string;
  answer: Json<unknown> | null;
  created_at: Timestamp;
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

export interface Schema {
  organisation: OrganisationTable;
  login: LoginTable;
  failed_sign_in: FailedSignInTable;
  principal: PrincipalTable;
  group_member: GroupMemberTable;
  app_password: AppPasswordTable;
  session: SessionTable;
  set_up_link: SetUpLinkTable;
  invitation: InvitationTable;
  second_factor: SecondFactorTable;
  external_identity: ExternalIdentityTable;
  audit_entry: AuditEntryTable;
  collection: CollectionTable;
  object: ObjectTable;
  tombstone: TombstoneTable;
  object_version: ObjectVersionTable;
  conflict_copy: ConflictCopyTable;
  deleted_collection: DeletedCollectionTable;
  deletion_window: DeletionWindowTable;
  device_deletion: DeviceDeletionTable;
  dead_property: DeadPropertyTable;
  directory_state: DirectoryStateTable;
  lock: LockTable;
  access_entry: AccessEntryTable;
  record: RecordTable;
  blocking_key: BlockingKeyTable;
  pair: PairTable;
  run: RunTable;
  suggestion: SuggestionTable;
  decision: DecisionTable;
  merge: MergeTable;
  merge_object: MergeObjectTable;
  merged_away: MergedAwayTable;
  suggestion_member: SuggestionMemberTable;
  dedup_state: DedupStateTable;
  night: NightTable;
  scored_record: ScoredRecordTable;
  shared_book: SharedBookTable;
  idempotency: IdempotencyTable;
  publication: PublicationTable;
  subscription: SubscriptionTable;
  birthday_calendar: BirthdayCalendarTable;
}

export type Row<T extends keyof Schema> = Selectable<Schema[T]>;
export type NewRow<T extends keyof Schema> = Insertable<Schema[T]>;
