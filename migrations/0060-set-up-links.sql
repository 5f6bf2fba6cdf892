-- One-time links by which a device fetches its settings without signing in.

-- token_hash: digest of the link's secret part. sealed: the settings, encrypted by a key that only the link holds.
create table set_up_link (
  organisation_id uuid not null,
  token_hash text not null,
  app_password_id uuid not null,
  sealed bytea not null,
  expires_at timestamptz not null,
  primary key (organisation_id, token_hash),
  foreign key (organisation_id, app_password_id) references app_password on delete cascade
);
