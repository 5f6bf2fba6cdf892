-- Counting the contents that hold a key read the wide record of each holder. Cards that hold what another card of their owner
-- holds are few: their keys are marked, all others are counted out of this index alone. Keys are made again by a full search,
-- which each owner's next scoring asks for: marking those that stand would touch each of them.
truncate blocking_key;
alter table blocking_key add column copied boolean not null default false;
alter table blocking_key drop constraint blocking_key_pkey;
alter table blocking_key add primary key (organisation_id, owner_id, key, object_id) include (copied);
update dedup_state set engine_version = 0 where engine_version is not null;
