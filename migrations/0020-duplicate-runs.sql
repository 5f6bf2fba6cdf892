-- What the review needs at once, and one row per owner that makes runs and rescoring of that owner take turns.

-- reasons: the strongest evidence; exact: all members hold the same content;
-- reopened: a decided pair is shown again because of a new strong identifier. rank: 0 for certain, 1 for likely, 2 for possible;
-- within one rank the greatest benefit comes first.
-- hidden_until: postponed by "later".
alter table suggestion
  add column exact boolean not null default false,
  add column reopened boolean not null default false,
  add column reasons jsonb not null default '[]',
  add column benefit double precision not null default 0,
  add column hidden_until timestamptz,
  alter column probability type double precision;
drop index suggestion_by_rank;
create index suggestion_by_rank on suggestion (organisation_id, owner_id, rank, benefit desc, (members[1]));

create table suggestion_member (
  organisation_id uuid not null,
  object_id uuid not null,
  suggestion_id uuid not null,
  primary key (organisation_id, object_id, suggestion_id),
  foreign key (organisation_id, suggestion_id) references suggestion on delete cascade
);
create index suggestion_member_by_suggestion on suggestion_member (organisation_id, suggestion_id);

-- The few cards that name other cards: groups in both forms, and cards with relations.
create index object_pointing on object (organisation_id, collection_id)
  where component = 'VCARD' and (index_data -> 'RELATED' is not null
    or btrim(lower(index_data -> 'KIND' ->> 0)) = 'group'
    or btrim(lower(index_data -> 'X-ADDRESSBOOKSERVER-KIND' ->> 0)) = 'group');

-- Weights are sums whose last bit decides ties: they come back as they were computed.
alter table pair
  add column tier text not null default 'possible',
  add column never boolean not null default false,
  alter column score type double precision,
  alter column probability type double precision;

-- counts: the engine's counts over distinct contents when pairs were last scored; null before the first full run.
create table dedup_state (
  organisation_id uuid not null,
  owner_id uuid not null,
  counts jsonb,
  engine_version integer,
  night_at timestamptz,
  primary key (organisation_id, owner_id),
  foreign key (organisation_id, owner_id) references principal on delete cascade
);

-- What each card held when its pairs were last scored. gone: the card left since, which is not yet accounted for: what it held
-- is rarer now. Therefore no foreign key to record. counts: its content's share in dedup_state.counts.
create table scored_record (
  organisation_id uuid not null,
  owner_id uuid not null,
  object_id uuid not null,
  content_hash text not null,
  counts jsonb not null,
  keys bigint[] not null,
  gone boolean not null default false,
  primary key (organisation_id, owner_id, object_id),
  foreign key (organisation_id, owner_id) references principal on delete cascade
);
create index scored_record_by_content on scored_record (organisation_id, owner_id, content_hash);
create index scored_record_gone on scored_record (organisation_id, owner_id) where gone;

-- The first answer to a request that carries an Idempotency-Key; request_hash tells a repeat from another request.
create table idempotency (
  organisation_id uuid not null,
  principal_id uuid not null,
  key text not null,
  request_hash text not null,
  answer jsonb,
  created_at timestamptz not null,
  primary key (organisation_id, principal_id, key),
  foreign key (organisation_id, principal_id) references principal on delete cascade
);
