-- When the count of a name passed a power of two, every card that holds it was compared anew with all that it meets, since the name's
-- rarity may lift a pair that was not worth keeping. Pairs that could be lifted so are few: they are stored, too. latent: this is one
-- of them, and nobody is told of it. The next scoring of each owner is a full search, which finds them.
alter table pair add column latent boolean not null default false;
update dedup_state set engine_version = 0 where engine_version is not null;
