-- Organisations, principals, credentials, collections, objects and their change log.
-- organisation_id leads every key: it is the distribution key of a sharded Postgres. No triggers, no deferrable constraints.

create table organisation (
  organisation_id uuid primary key,
  name text not null,
  settings jsonb not null default '{}',
  created_at timestamptz not null
);

-- The one table that is looked up without an organisation: which organisation a login name belongs to.
create table login (
  name text primary key,
  organisation_id uuid not null,
  principal_id uuid not null
);

create table principal (
  organisation_id uuid not null references organisation,
  principal_id uuid not null,
  kind text not null check (kind in ('user', 'group', 'resource', 'location')),
  name text not null,
  display_name text not null,
  emails text[] not null default '{}',
  role text not null default 'member' check (role in ('member', 'administrator')),
  password_hash text,
  password_temporary boolean not null default false,
  language text,
  time_zone text,
  region text,
  settings jsonb not null default '{}',
  created_at timestamptz not null,
  disabled_at timestamptz,
  primary key (organisation_id, principal_id),
  unique (organisation_id, name)
);

create table group_member (
  organisation_id uuid not null,
  group_id uuid not null,
  member_id uuid not null,
  primary key (organisation_id, group_id, member_id),
  foreign key (organisation_id, group_id) references principal on delete cascade,
  foreign key (organisation_id, member_id) references principal on delete cascade
);
create index group_member_by_member on group_member (organisation_id, member_id);

-- selector: the public first part of an app password, so that one hash is verified and not all of them.
create table app_password (
  organisation_id uuid not null,
  app_password_id uuid not null,
  principal_id uuid not null,
  selector text not null,
  name text not null,
  hash text not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  primary key (organisation_id, app_password_id),
  unique (organisation_id, principal_id, selector),
  foreign key (organisation_id, principal_id) references principal on delete cascade
);

create table session (
  organisation_id uuid not null,
  session_id text not null,
  principal_id uuid not null,
  csrf_token text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (organisation_id, session_id),
  foreign key (organisation_id, principal_id) references principal on delete cascade
);
create index session_by_principal on session (organisation_id, principal_id);

-- sync_token: the seq of the newest change; pruned_seq: tokens below it can no longer be answered exactly.
create table collection (
  organisation_id uuid not null,
  collection_id uuid not null,
  owner_id uuid not null,
  kind text not null check (kind in ('addressbook', 'calendar', 'plain')),
  name text not null,
  display_name text,
  description text,
  color text,
  sort_order text,
  components text[],
  time_zone text,
  time_zone_id text,
  transparent boolean not null default false,
  region text,
  sync_token bigint not null default 0,
  pruned_seq bigint not null default 0,
  created_at timestamptz not null,
  modified_at timestamptz not null,
  primary key (organisation_id, collection_id),
  unique (organisation_id, owner_id, kind, name),
  foreign key (organisation_id, owner_id) references principal on delete cascade
) with (fillfactor = 50);

-- body: the octets as the client sent them. seq: position of the object's newest change in its collection.
-- uid_key: the UID, or its digest when it is too long for an index. starts_at, ends_at: bounds of all instances
-- of a calendar object (null: no bound on that side), floating times read as UTC and widened by a day.
create table object (
  organisation_id uuid not null,
  object_id uuid not null,
  collection_id uuid not null,
  name text not null,
  uid text,
  uid_key text,
  component text not null,
  media_type text,
  body bytea not null,
  size integer not null,
  etag text not null,
  seq bigint not null,
  starts_at timestamptz,
  ends_at timestamptz,
  index_data jsonb,
  created_at timestamptz not null,
  modified_at timestamptz not null,
  primary key (organisation_id, object_id),
  unique (organisation_id, collection_id, name),
  unique (organisation_id, collection_id, uid_key),
  foreign key (organisation_id, collection_id) references collection on delete cascade
);
create unique index object_by_seq on object (organisation_id, collection_id, seq) include (name, etag);
create index object_by_time on object (organisation_id, collection_id, ends_at, starts_at);

-- One row per name that is gone: with object.seq it makes the whole change log, one row per name.
create table tombstone (
  organisation_id uuid not null,
  collection_id uuid not null,
  name text not null,
  seq bigint not null,
  deleted_at timestamptz not null,
  primary key (organisation_id, collection_id, name),
  foreign key (organisation_id, collection_id) references collection on delete cascade
);
create index tombstone_by_seq on tombstone (organisation_id, collection_id, seq);

-- Dead properties of collections, objects and principals (RFC 4918 §4.1): the element as XML, language and namespaces kept.
create table dead_property (
  organisation_id uuid not null,
  resource_id uuid not null,
  namespace text not null,
  local_name text not null,
  xml text not null,
  primary key (organisation_id, resource_id, namespace, local_name)
);
