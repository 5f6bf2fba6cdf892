-- The rows of a card's keys are most of what is kept of it, and a night read and wrote a page for nearly each of them. A book of
-- some thousand cards is read whole in less: only larger books keep rows of keys. keyed: this owner's book does. Keys are made
-- again by a full search, which each owner's next scoring asks for: taking out those of small books would touch each of them.
alter table dedup_state add column keyed boolean not null default false;
truncate blocking_key;
update dedup_state set engine_version = 0 where engine_version is not null;
