-- Exact copies stand in clusters with cards that only resemble them, too: a device that made copy after copy, and somebody who
-- edited one of them. How many cards of a cluster are copies of another is what is merged at once; before, only clusters of
-- nothing but copies were found.
alter table suggestion add column copies integer not null default 0;
update suggestion set copies = cardinality(members) - 1 where exact;
drop index suggestion_exact;
create index suggestion_copied on suggestion (organisation_id, owner_id, rank, benefit desc, (members[1])) where copies > 0;
