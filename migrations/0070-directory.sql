-- States of the directory of an organisation's people that were given out as sync tokens: the next report tells what differs
-- from one of them. members: entity tag of each card by its name. The digest of them is the token.
create table directory_state (
  organisation_id uuid not null references organisation,
  digest text not null,
  members jsonb not null,
  asked_at timestamptz not null,
  primary key (organisation_id, digest)
);
create index directory_state_by_age on directory_state (organisation_id, asked_at);
