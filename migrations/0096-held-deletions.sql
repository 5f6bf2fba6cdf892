-- Deletions by one device of much of a collection in a short time: held until the owner confirms or discards them.

-- One row for each device that deletes in a collection. objects: how many there were when the window began; deleted: by this
-- device since. allowed_until: the owner has confirmed, and the device may go on.
create table deletion_window (
  organisation_id uuid not null,
  window_id uuid not null,
  collection_id uuid not null,
  device_id uuid not null,
  device_name text not null,
  began_at timestamptz not null,
  objects integer not null,
  deleted integer not null,
  allowed_until timestamptz,
  primary key (organisation_id, window_id),
  unique (organisation_id, collection_id, device_id),
  foreign key (organisation_id, collection_id) references collection on delete cascade
);

-- What was deleted within a window, and (held) what was to be. seq: the version that it was.
create table device_deletion (
  organisation_id uuid not null,
  window_id uuid not null,
  name text not null,
  object_id uuid not null,
  seq bigint not null,
  etag text not null,
  held boolean not null,
  asked_at timestamptz not null,
  primary key (organisation_id, window_id, name),
  foreign key (organisation_id, window_id) references deletion_window on delete cascade
);
