-- A mail about held deletions that no mail server takes was tried again every quarter of an hour for three days; now later and later, as often as
-- the mail about a night. Constant defaults rewrite nothing.
alter table deletion_window add column mail_attempts integer not null default 0;
alter table deletion_window add column mail_after timestamptz;
