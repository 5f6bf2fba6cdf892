-- Keys of authenticator apps are sealed under a key that the database does not hold, so that a copy of it signs nobody in.
-- key_id: which key seals `secret`; null: `secret` is in clear, as rows are from before, until they are used next.
alter table second_factor add column key_id text;
