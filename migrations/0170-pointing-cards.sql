-- The planner takes "is not null" of an expression for nearly every row, and read the whole book for the few cards that name
-- others: in a large book that was most of the cost of a merge. Equality it takes for few.
drop index object_pointing;
create index object_pointing on object (organisation_id, collection_id)
  where component = 'VCARD' and (jsonb_typeof(index_data -> 'RELATED') = 'array'
    or btrim(lower(index_data -> 'KIND' ->> 0)) = 'group'
    or btrim(lower(index_data -> 'X-ADDRESSBOOKSERVER-KIND' ->> 0)) = 'group');
