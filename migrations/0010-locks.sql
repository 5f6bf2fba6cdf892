-- WebDAV locks (RFC 4918 §6, §7). path: decoded segments joined by "/", so that a lock may hold on a URL before anything is there.
create table lock (
  organisation_id uuid not null references organisation,
  lock_id uuid not null,
  path text not null,
  infinite boolean not null,
  exclusive boolean not null,
  holder_id uuid not null,
  description text not null,
  seconds integer not null,
  expires_at timestamptz not null,
  primary key (organisation_id, lock_id),
  foreign key (organisation_id, holder_id) references principal on delete cascade
);
create index lock_by_path on lock (organisation_id, path);
