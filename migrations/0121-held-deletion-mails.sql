-- Who sees neither page nor device for days would not learn that deletions wait: a mail tells once for each window. Null: none was sent.
alter table deletion_window add column mailed_at timestamptz;
