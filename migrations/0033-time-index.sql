-- A window of time finds calendar objects by their bounds alone: an open bound counts as infinity, so that one range condition covers it.
drop index object_by_time;
create index object_by_time on object (organisation_id, collection_id, coalesce(ends_at, 'infinity'), coalesce(starts_at, '-infinity'))
  where component <> 'VCARD';
