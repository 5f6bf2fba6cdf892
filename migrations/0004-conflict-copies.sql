-- Bodies that a precondition refused: the edit of a device that had not seen a newer version is not lost with the 412.
create table conflict_copy (
  organisation_id uuid not null,
  conflict_id uuid not null,
  collection_id uuid not null,
  name text not null,
  uid text,
  body bytea not null,
  size integer not null,
  etag text not null,
  refused_at timestamptz not null,
  primary key (organisation_id, conflict_id),
  unique (organisation_id, collection_id, name, etag),
  foreign key (organisation_id, collection_id) references collection on delete cascade
);
create index conflict_copy_by_time on conflict_copy (organisation_id, collection_id, refused_at);
