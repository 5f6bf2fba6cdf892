-- A card has some twenty-four blocking keys, and a foreign key looked its record up once for each of them: that was most of the
-- work of storing a card. Whatever removes records removes their keys itself; keys of a record that is gone find no card, since
-- every reader joins the record, and housekeeping takes them away.

alter table blocking_key drop constraint blocking_key_organisation_id_object_id_fkey;
