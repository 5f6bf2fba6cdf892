-- Long lists of names and ETags are read page by page in order of names, each page out of this index alone: the key of names held no ETag.

alter table object drop constraint object_organisation_id_collection_id_name_key;
create unique index object_by_name on object (organisation_id, collection_id, name) include (etag);
