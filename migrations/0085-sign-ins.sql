-- What the owner of an account needs to see a stranger: when and from where each session and device was last used, and
-- the audit log by the person it tells of.

alter table session
  add column last_used_at timestamptz,
  add column address text;

alter table app_password add column last_used_from text;

-- subject_id: the principal that an entry is about, where it is about one.
alter table audit_entry add column subject_id uuid;
create index audit_entry_by_actor on audit_entry (organisation_id, actor_id, entry_id);
create index audit_entry_by_subject on audit_entry (organisation_id, subject_id, entry_id);
