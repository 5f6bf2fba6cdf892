/** Objects of a collection in pages by name: flat memory, and no connection held while a slow client reads. */
import { sql } from 'kysely';
import type { Db } from './database.ts';
import { ENTRY, type ObjectEntry, type ObjectWindow, type StoredObject } from './objects.ts';
import { PLANNED_ANEW } from './preparing-client.ts';
import { statement } from './statement.ts';

/** Objects of one page. */
export const PAGE = 1000;
/** Bodies are fetched in batches of about this many octets. */
const BATCH_OCTETS = 4 * 1024 * 1024;
const BATCH_OBJECTS = 500;

/** Entries of a collection, ordered by name, a page at a time; with `components` only those of these kinds. */
export function entryPages(
  db: Db,
  organisationId: string,
  collectionId: string,
  components?: ObjectWindow['components'],
) {
  return pages<ObjectEntry>(async (after) =>
    ordered(db, organisationId, collectionId, components, after).select(ENTRY).execute(),
  );
}

/** Name and ETag of an object: what most lists consist of. */
export interface Tagged {
  readonly name: string;
  readonly etag: string;
}

interface TaggedText {
  readonly count: number;
  readonly text: string;
}

// one value for a page, since a row for each object costs more than reading it; no ETag holds a space, no name a line feed
const TAGGED = statement<TaggedText>(`
  select count(*) as count, coalesce(string_agg(etag || ' ' || name, E'\\n'), '') as text from (
    select name, etag from object where organisation_id = $1 and collection_id = $2 and name > $3 order by name limit ${PAGE}
  ) as page`);

/** Names and ETags of a collection, ordered by name, a page at a time. */
export function taggedPages(db: Db, organisationId: string, collectionId: string): AsyncGenerator<Tagged[]> {
  return pages(async (after = '') => {
    const [{ count, text } = { count: 0, text: '' }] = await TAGGED(db, organisationId, collectionId, after);
    const page = text === '' ? [] : text.split('\n').map(taggedOf);
    if (page.length !== count) throw new Error(`a name in ${collectionId} holds a line feed`);
    return page;
  });
}

function taggedOf(line: string): Tagged {
  const space = line.indexOf(' ');
  return { etag: line.slice(0, space), name: line.slice(space + 1) };
}

/** Reads page after page, each behind the last name of the one before, one ahead of whoever takes them. */
export async function* pages<T extends { readonly name: string }>(read: (after: string | undefined) => Promise<T[]>) {
  let next = read(undefined);
  for (;;) {
    const page = await next;
    const isLast = page.length < PAGE;
    if (!isLast) {
      next = read(page.at(-1)!.name);
      // nobody may come for it
      next.catch(() => {});
    }
    if (page.length > 0) yield page;
    if (isLast) return;
  }
}

/** A page of a collection's objects by name. */
export function ordered(
  db: Db,
  organisationId: string,
  collectionId: string,
  components: ObjectWindow['components'],
  after?: string,
) {
  let query = db
    .selectFrom('object')
    .where('organisation_id', '=', organisationId)
    .where('collection_id', '=', collectionId)
    .orderBy('name')
    .limit(PAGE);
  if (after !== undefined) query = query.where('name', '>', after);
  if (components) query = query.where('component', 'in', [...components]);
  return query;
}

const bodiesText = (front: string): string =>
  `select ${front} ${[...ENTRY, 'body'].join(', ')} from object where organisation_id = $1 and collection_id = $2 and name = any($3::text[])`;

/** So many names at most are looked up by one plan, made for ten; for more the planner looks how many there are. */
const FEW_NAMES = 32;
const BODIES_OF_FEW = statement<StoredObject>(bodiesText(''));
const BODIES = statement<StoredObject>(bodiesText(PLANNED_ANEW));

/**
 * Bodies of the given entries in their order, in batches of bounded size, one statement each. An object that has gone in
 * the meantime is left out; one that has changed comes with its new ETag.
 */
export async function* bodiesOf(
  db: Db,
  organisationId: string,
  collectionId: string,
  entries: readonly Pick<ObjectEntry, 'name' | 'size'>[],
): AsyncGenerator<StoredObject[]> {
  let from = 0;
  while (from < entries.length) {
    let to = from;
    for (let octets = 0; to < entries.length && to - from < BATCH_OBJECTS && octets < BATCH_OCTETS; to++)
      octets += entries[to]!.size;
    const names = entries.slice(from, to).map((entry) => entry.name);
    const bodies = names.length <= FEW_NAMES ? BODIES_OF_FEW : BODIES;
    const rows = await bodies(db, organisationId, collectionId, names);
    const byName = new Map(rows.map((row) => [row.name, row]));
    yield names.flatMap((name) => byName.get(name) ?? []);
    from = to;
  }
}

const SIZES = statement<Pick<ObjectEntry, 'name' | 'size'>>(`
  select ${PLANNED_ANEW} name, size from object where organisation_id = $1 and collection_id = $2 and name = any($3::text[])`);

/** Those of the given names under which there is something, with its size: to ask for the bodies batch by batch. */
export const findSizes = (
  db: Db,
  organisationId: string,
  collectionId: string,
  names: readonly string[],
): Promise<Pick<ObjectEntry, 'name' | 'size'>[]> => SIZES(db, organisationId, collectionId, names);

/** Objects of a collection under the given names. */
export const named = (db: Db, organisationId: string, collectionId: string, names: readonly string[]) =>
  db
    .selectFrom('object')
    .modifyFront(sql.raw(PLANNED_ANEW))
    .where('organisation_id', '=', organisationId)
    .where('collection_id', '=', collectionId)
    .where((e) => e('name', '=', e.fn.any(e.val([...names]))));

/** Entries under the given names, in one statement. */
export const findEntries = (
  db: Db,
  organisationId: string,
  collectionId: string,
  names: readonly string[],
): Promise<ObjectEntry[]> => named(db, organisationId, collectionId, names).select(ENTRY).execute();
