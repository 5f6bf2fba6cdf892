-- A book whose cards told the country of its national phone numbers: the guess may become another while the book grows, and
-- gives way when its owner names a country; a country that was named never changes by itself.
alter table collection add column region_guessed boolean not null default false;
