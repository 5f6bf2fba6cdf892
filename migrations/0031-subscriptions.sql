-- Calendars whose content the server itself puts in: clients may read them only. `fed_by` says from where.
alter table collection add column fed_by text check (fed_by in ('subscription', 'birthdays'));

-- A calendar fetched from a URL. `next_at`: when it is fetched again; moved ahead by whoever begins to.
create table subscription (
  organisation_id uuid not null,
  collection_id uuid not null,
  url text not null,
  refresh_minutes integer not null,
  etag text,
  last_modified text,
  failures integer not null default 0,
  error text,
  skipped integer not null default 0,
  refreshed_at timestamptz,
  next_at timestamptz not null,
  primary key (organisation_id, collection_id),
  foreign key (organisation_id, collection_id) references collection on delete cascade
);
create index subscription_due on subscription (next_at);
