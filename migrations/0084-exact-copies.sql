-- Pages of exact copies, which are few among the suggestions of a large book.
create index suggestion_exact on suggestion (organisation_id, owner_id, rank, benefit desc, (members[1])) where exact;
