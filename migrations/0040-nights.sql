-- A user's nights, merges whose octets are no longer kept, and suggestions that wait for a later night.

-- One row per user and night: what came of it, and whether the mail about it went out. heartbeat_at: last sign of life of the
-- process at work, so that another one takes over what a crash left; merge_run_id: the run that holds the unattended merges.
-- mail: 'due' from mail_after on; 'sending' is never sent again, so that a crash cannot cause a second mail.
create table night (
  organisation_id uuid not null,
  owner_id uuid not null,
  night_at timestamptz not null,
  state text not null check (state in ('running', 'done', 'failed')),
  attempts integer not null default 0,
  heartbeat_at timestamptz not null,
  merge_run_id uuid,
  numbers jsonb not null default '{}',
  failed text[] not null default '{}',
  mail text not null default 'none' check (mail in ('none', 'due', 'sending', 'sent', 'failed')),
  mail_attempts integer not null default 0,
  mail_after timestamptz,
  primary key (organisation_id, owner_id, night_at),
  foreign key (organisation_id, owner_id) references principal on delete cascade
);
create index night_running on night (heartbeat_at) where state = 'running';
create index night_mail_due on night (mail_after) where mail = 'due';

-- Found by a night, but not yet shown: a night shows a few new suggestions only.
alter table suggestion add column held boolean not null default false;

-- When the octets that undo needs were dropped. The row itself stays, since merged_away still tells who stands in for whom.
alter table merge add column forgotten_at timestamptz;
