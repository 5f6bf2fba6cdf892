-- Earlier versions of objects, deleted ones included: what a mistaken edit, a deletion or a faulty client took away can be brought back.
-- seq: the place the version had in its collection's change count, which no other version of that collection ever has.
-- written_at to ended_at: the time during which the collection held these octets under this name.

create table object_version (
  organisation_id uuid not null,
  collection_id uuid not null,
  seq bigint not null,
  object_id uuid not null,
  name text not null,
  uid text,
  component text not null,
  media_type text,
  body bytea not null,
  size integer not null,
  etag text not null,
  written_at timestamptz not null,
  ended_at timestamptz not null,
  reason text not null check (reason in ('replaced', 'deleted', 'moved')),
  primary key (organisation_id, collection_id, seq),
  foreign key (organisation_id, collection_id) references collection on delete cascade
);
create index object_version_by_object on object_version (organisation_id, object_id, ended_at);
create index object_version_by_end on object_version (organisation_id, collection_id, ended_at);
