-- Where an event lies in time is reckoned once, when it is stored. A version that reads a rule otherwise than the one before it has to
-- reckon anew, or a search of a month misses what it would find. time_version: by what all that is stored here was reckoned.
alter table organisation add column time_version integer not null default 0;
