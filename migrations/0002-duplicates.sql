-- The duplicate engine's stored state: records, blocking keys, pairs, suggestions, decisions, merges and runs.
-- owner_id is the principal whose books are compared with each other.

-- What the engine reads of a card, computed when the card is written; stale: its pairs are not yet re-scored.
create table record (
  organisation_id uuid not null,
  object_id uuid not null,
  owner_id uuid not null,
  collection_id uuid not null,
  content_hash text not null,
  data jsonb not null,
  engine_version integer not null,
  stale boolean not null,
  primary key (organisation_id, object_id),
  foreign key (organisation_id, object_id) references object on delete cascade
);
create index record_by_owner on record (organisation_id, owner_id, collection_id);
create index record_stale on record (organisation_id, owner_id) where stale;
create index record_by_content on record (organisation_id, owner_id, content_hash);

create table blocking_key (
  organisation_id uuid not null,
  owner_id uuid not null,
  key bigint not null,
  object_id uuid not null,
  primary key (organisation_id, owner_id, key, object_id),
  foreign key (organisation_id, object_id) references record on delete cascade
);
create index blocking_key_by_object on blocking_key (organisation_id, object_id);

create table pair (
  organisation_id uuid not null,
  owner_id uuid not null,
  object_a uuid not null,
  object_b uuid not null,
  score real not null,
  probability real not null,
  evidence jsonb not null,
  engine_version integer not null,
  primary key (organisation_id, owner_id, object_a, object_b),
  check (object_a < object_b),
  foreign key (organisation_id, object_a) references record on delete cascade,
  foreign key (organisation_id, object_b) references record on delete cascade
);
create index pair_by_a on pair (organisation_id, object_a);
create index pair_by_b on pair (organisation_id, object_b);

create table run (
  organisation_id uuid not null,
  run_id uuid not null,
  owner_id uuid not null,
  trigger text not null,
  state text not null check (state in ('running', 'done', 'failed')),
  started_at timestamptz not null,
  heartbeat_at timestamptz not null,
  finished_at timestamptz,
  numbers jsonb not null default '{}',
  error text,
  primary key (organisation_id, run_id),
  foreign key (organisation_id, owner_id) references principal on delete cascade
);
create index run_by_owner on run (organisation_id, owner_id, started_at desc);

-- A ranked cluster awaiting a decision. fingerprint: digest of its members, so that the same cluster keeps its row.
create table suggestion (
  organisation_id uuid not null,
  suggestion_id uuid not null,
  owner_id uuid not null,
  fingerprint text not null,
  rank integer not null,
  tier text not null check (tier in ('certain', 'likely', 'possible')),
  probability real not null,
  reference_id uuid not null,
  weakest jsonb,
  members uuid[] not null,
  collections uuid[] not null,
  created_at timestamptz not null,
  primary key (organisation_id, suggestion_id),
  unique (organisation_id, owner_id, fingerprint),
  foreign key (organisation_id, owner_id) references principal on delete cascade
);
create index suggestion_by_rank on suggestion (organisation_id, owner_id, rank);

-- A verdict on one pair of cards, by UID so that it survives edits and imports. 'different': never suggest; 'later': not before until_at.
create table decision (
  organisation_id uuid not null,
  owner_id uuid not null,
  uid_a text not null,
  uid_b text not null,
  verdict text not null check (verdict in ('different', 'later')),
  group_id uuid not null,
  evidence_hash text not null,
  until_at timestamptz,
  decided_at timestamptz not null,
  primary key (organisation_id, owner_id, uid_a, uid_b),
  check (uid_a < uid_b),
  foreign key (organisation_id, owner_id) references principal on delete cascade
);
create index decision_by_group on decision (organisation_id, owner_id, group_id);

create table merge (
  organisation_id uuid not null,
  merge_id uuid not null,
  owner_id uuid not null,
  actor_id uuid not null,
  reference_id uuid not null,
  run_id uuid,
  choices jsonb not null default '{}',
  merged_at timestamptz not null,
  undone_at timestamptz,
  primary key (organisation_id, merge_id),
  foreign key (organisation_id, owner_id) references principal on delete cascade
);
create index merge_by_owner on merge (organisation_id, owner_id, merged_at desc);

-- Each object a merge touched, with its octets before and after: what undo needs.
create table merge_object (
  organisation_id uuid not null,
  merge_id uuid not null,
  object_id uuid not null,
  collection_id uuid not null,
  role text not null check (role in ('reference', 'source', 'group')),
  name text not null,
  uid text,
  body_before bytea not null,
  body_after bytea,
  primary key (organisation_id, merge_id, object_id),
  foreign key (organisation_id, merge_id) references merge on delete cascade
);
create index merge_object_by_object on merge_object (organisation_id, object_id);

-- Names, UIDs and content that a merge took away: a device that brings one back must not revive the duplicate.
create table merged_away (
  organisation_id uuid not null,
  merge_id uuid not null,
  object_id uuid not null,
  collection_id uuid not null,
  name text not null,
  uid_key text,
  content_hash text not null,
  reference_id uuid not null,
  primary key (organisation_id, merge_id, object_id),
  foreign key (organisation_id, merge_id) references merge on delete cascade
);
create index merged_away_by_name on merged_away (organisation_id, collection_id, name);
create index merged_away_by_uid on merged_away (organisation_id, collection_id, uid_key);
create index merged_away_by_content on merged_away (organisation_id, collection_id, content_hash);
