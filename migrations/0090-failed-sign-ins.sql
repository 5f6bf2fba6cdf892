-- Wrong passwords, counted for all processes together. key: digest of a name, an address, or both; a name that was tried may be
-- nobody's, so that there is no organisation to lead the key: like `login` this table is local to one node, and it may be emptied.
-- count: wrong ones since the last right one or the last hour without any. until: no attempt is judged before this moment.
-- known: the name has signed in from this address.

create table failed_sign_in (
  key text primary key,
  count integer not null default 0,
  until_at timestamptz not null default '-infinity',
  known boolean not null default false,
  last_at timestamptz not null
);
create index failed_sign_in_by_time on failed_sign_in (last_at);
