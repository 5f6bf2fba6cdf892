-- The merges of a night or of a batch, which are undone together.
create index merge_by_run on merge (organisation_id, run_id) where run_id is not null;
