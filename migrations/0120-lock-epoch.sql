-- A write under way when a WebDAV lock was granted landed after the grant: the locks were looked up before its transaction. lock_epoch counts
-- the locks granted in a collection; a write that saw another number looks again under the lock of the row. A constant default rewrites nothing.
alter table collection add column lock_epoch bigint not null default 0;
