-- Deleted collections that can be brought back: their properties and grants; what they held are versions that ended with the deletion.

-- properties: the collection's row as it was. deletion_id: what one request deleted together is brought back together.
create table deleted_collection (
  organisation_id uuid not null,
  collection_id uuid not null,
  owner_id uuid not null,
  deletion_id uuid not null,
  kind text not null,
  name text not null,
  properties jsonb not null,
  grants jsonb not null,
  objects integer not null,
  octets bigint not null,
  deleted_at timestamptz not null,
  primary key (organisation_id, collection_id),
  foreign key (organisation_id, owner_id) references principal on delete cascade
);
create index deleted_collection_by_owner on deleted_collection (organisation_id, owner_id, deleted_at desc);
create index deleted_collection_by_time on deleted_collection (organisation_id, deleted_at);

-- History and conflict copies outlive their collection.
alter table object_version drop constraint object_version_organisation_id_collection_id_fkey;
alter table conflict_copy drop constraint conflict_copy_organisation_id_collection_id_fkey;

-- deletion_id: went with its collection, and stays as long as that can be brought back.
alter table object_version add column deletion_id uuid;
