-- Invitations, two-factor sign-in, identities at an OpenID provider, quotas, the audit log.

alter table principal
  add column second_factor boolean not null default false,
  add column quota_octets bigint;

alter table session add column client text;

-- token_hash: digest of the secret in the link.
create table invitation (
  organisation_id uuid not null references organisation,
  invitation_id uuid not null,
  token_hash text not null,
  role text not null check (role in ('member', 'administrator')),
  email text,
  inviter_id uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_name text,
  primary key (organisation_id, invitation_id),
  unique (organisation_id, token_hash)
);

-- secret: the key of the time-based codes, in base32. last_step: the time step of the newest code that was taken.
create table second_factor (
  organisation_id uuid not null,
  principal_id uuid not null,
  secret text not null,
  last_step bigint not null default 0,
  recovery_hashes text[] not null default '{}',
  created_at timestamptz not null,
  confirmed_at timestamptz,
  primary key (organisation_id, principal_id),
  foreign key (organisation_id, principal_id) references principal on delete cascade
);

create table external_identity (
  organisation_id uuid not null,
  issuer text not null,
  subject text not null,
  principal_id uuid not null,
  created_at timestamptz not null,
  primary key (organisation_id, issuer, subject),
  foreign key (organisation_id, principal_id) references principal on delete cascade
);
create index external_identity_by_principal on external_identity (organisation_id, principal_id);

-- entry_id is ordered by time. Names are kept as they were: an entry outlives the user it tells of.
create table audit_entry (
  organisation_id uuid not null references organisation,
  entry_id uuid not null,
  happened_at timestamptz not null,
  action text not null,
  actor_id uuid,
  actor_name text not null,
  subject text not null default '',
  address text not null default '',
  details jsonb not null default '{}',
  primary key (organisation_id, entry_id)
);
create index audit_entry_by_action on audit_entry (organisation_id, action, entry_id);
