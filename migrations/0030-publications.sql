-- Secret links under which a collection can be read without signing in. The link holds the organisation's id; of its secret
-- only a digest is kept.
create table publication (
  organisation_id uuid not null,
  publication_id uuid not null,
  collection_id uuid not null,
  token_digest text not null,
  name text not null,
  created_at timestamptz not null,
  primary key (organisation_id, publication_id),
  unique (organisation_id, token_digest),
  foreign key (organisation_id, collection_id) references collection on delete cascade
);
create index publication_by_collection on publication (organisation_id, collection_id);
