-- Privileges granted on collections (RFC 3744 §5.5). grantee_id null: every signed-in principal of the organisation.
create table access_entry (
  organisation_id uuid not null references organisation,
  collection_id uuid not null,
  position integer not null,
  grantee_id uuid,
  privileges text[] not null,
  primary key (organisation_id, collection_id, position),
  foreign key (organisation_id, collection_id) references collection on delete cascade,
  foreign key (organisation_id, grantee_id) references principal on delete cascade
);
create index access_entry_by_grantee on access_entry (organisation_id, grantee_id);
