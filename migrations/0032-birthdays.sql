-- Calendars of birthdays and anniversaries. `made_from`: what the calendar was made from when it was last made; another value
-- of the same expression says that it is to be made anew.
create table birthday_calendar (
  organisation_id uuid not null,
  collection_id uuid not null,
  owner_id uuid not null,
  made_from text not null,
  primary key (organisation_id, collection_id),
  unique (organisation_id, owner_id),
  foreign key (organisation_id, collection_id) references collection on delete cascade
);

-- Cards with a date in them, found without reading the others. The marks of cards stored before are set here, generously.
update object set index_data = coalesce(index_data, '{}') || '{"DATES": []}'
where component = 'VCARD' and (position('BDAY'::bytea in body) > 0 or position('bday'::bytea in body) > 0
  or position('ANNIVERSARY'::bytea in body) > 0 or position('X-ABDATE'::bytea in body) > 0);
create index object_dated on object (organisation_id, collection_id) where index_data -> 'DATES' is not null;
