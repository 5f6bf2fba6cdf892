-- Duplicates over all address books that a user may read: own ones, and those of others in the organisation.

-- Books of others as the engine last compared them with the user's own. writable: cards in it may be merged.
-- compared: false where it is too large to be compared with everybody's own. seen_seq: the change of the book up to which
-- its cards were scored for this user.
create table shared_book (
  organisation_id uuid not null,
  viewer_id uuid not null,
  collection_id uuid not null,
  owner_id uuid not null,
  writable boolean not null,
  compared boolean not null,
  seen_seq bigint not null,
  primary key (organisation_id, viewer_id, collection_id),
  foreign key (organisation_id, viewer_id) references principal on delete cascade,
  foreign key (organisation_id, collection_id) references collection on delete cascade
);
create index shared_book_by_collection on shared_book (organisation_id, collection_id);

-- A card of somebody else that lost a pair in this user's eyes, for whom record.stale does not speak.
alter table scored_record add column again boolean not null default false;
create index scored_record_again on scored_record (organisation_id, owner_id) where again;
