-- A search that failed in the background is tried again later and later: when next, its row says. Null: it is not tried again by itself.
alter table run add column next_try_at timestamptz;
