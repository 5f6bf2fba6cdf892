-- What the review needs at once, and one row per owner that makes runs and rescoring of that owner take turns.

-- reasons: the strongest evidence; pairs: the scored pairs of the cluster; exact: all members hold the same content;
-- reopened: a decided pair is shown again because of a new strong identifier. rank orders by tier and benefit, best first.
-- hidden_until: postponed by "later".
alter table suggestion
  add column exact boolean not null default false,
  add column reopened boolean not null default false,
  add column reasons jsonb not null default '[]',
  add column benefit real not null default 0,
  add column hidden_until timestamptz;
create index suggestion_by_tier on suggestion (organisation_id, owner_id, tier, rank);

create table dedup_state (
  organisation_id uuid not null,
  owner_id uuid not null,
  full_run_at timestamptz,
  night_at timestamptz,
  primary key (organisation_id, owner_id),
  foreign key (organisation_id, owner_id) references principal on delete cascade
);

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
