/** Objects as somebody sees them: who may read a calendar, but not change it, sees the public form of what is in it (RFC 5545 §3.8.1.3). */
// Whoever sees all pays nothing for it. To the others nothing else is stored: what is kept back looks missing, its texts match no search.
import { publicForm } from '../icalendar/public-form.ts';
import type { Change, ChangeWindow } from '../store/changes.ts';
import { type ClassifiedEntry, classifiedAmong } from '../store/classified-entries.ts';
import type { Collection } from '../store/collections.ts';
import type { Db } from '../store/database.ts';
import { bodiesOf, entryPages, findEntries, type Tagged, taggedPages } from '../store/object-pages.ts';
import { type ObjectText, textsOf } from '../store/object-texts.ts';
import { findObject, type ObjectEntry, type ObjectWindow, type StoredObject } from '../store/objects.ts';

/** A collection, and how much of it is shown. */
export interface SeenCollection {
  readonly collection: Collection;
  /** Only the public form (`seesPublicForm`). */
  readonly publicOnly: boolean;
}

/** The ETag of a form that is not the stored octets: it changes with them, and is no digest by which their text could be guessed. */
const formEtag = (collectionId: string, seq: number): string => `${collectionId}-${seq}`;

/** True: what is shown of the object is not what is stored. */
export const isForm = ({ collection_id, seq, etag }: Pick<ObjectEntry, 'collection_id' | 'seq' | 'etag'>): boolean =>
  etag === formEtag(collection_id, seq);

/** What is shown of an object; undefined: nothing, it looks missing. Judged by the octets themselves. */
export function seenForm<T extends StoredObject>({ publicOnly }: Pick<SeenCollection, 'publicOnly'>, object: T) {
  const body = publicOnly ? publicForm(object.body) : object.body;
  if (body === object.body) return object;
  return body && { ...object, body, size: body.length, etag: formEtag(object.collection_id, object.seq) };
}

/** An object that was found under its name, as it is seen; with its octets where they were read. */
export async function seenMember(
  db: Db,
  seen: SeenCollection,
  member: (ObjectEntry & { readonly body?: Buffer }) | undefined,
): Promise<(ObjectEntry & { readonly body?: Buffer }) | undefined> {
  if (!seen.publicOnly || !member) return member;
  const object = member.body ? (member as StoredObject) : await stored(db, seen, member.name);
  const shown = object && seenForm(seen, object);
  if (!shown || member.body) return shown;
  const { body: _, ...entry } = shown;
  return entry;
}

const stored = (db: Db, { collection }: SeenCollection, name: string): Promise<StoredObject | undefined> =>
  findObject(db, collection.organisation_id, collection.collection_id, name);

/** The object of this name, as it is seen. */
export async function seenObject(db: Db, seen: SeenCollection, name: string): Promise<StoredObject | undefined> {
  const object = await stored(db, seen, name);
  return object && seenForm(seen, object);
}

/** Objects with their octets, in batches (`bodiesOf`). */
export async function* seenBodies(
  db: Db,
  seen: SeenCollection,
  entries: readonly Pick<ObjectEntry, 'name' | 'size'>[],
): AsyncGenerator<StoredObject[]> {
  const { organisation_id, collection_id } = seen.collection;
  for await (const batch of bodiesOf(db, organisation_id, collection_id, entries))
    yield seen.publicOnly ? batch.flatMap((object) => seenForm(seen, object) ?? []) : batch;
}

/** Objects as texts, in batches (`textsOf`). */
export async function* seenTexts(
  db: Db,
  seen: SeenCollection,
  names: readonly string[],
): AsyncGenerator<readonly ObjectText[]> {
  const { organisation_id, collection_id } = seen.collection;
  if (seen.publicOnly)
    yield* seenBodies(
      db,
      seen,
      names.map((name) => ({ name, size: 0 })),
    );
  else yield* textsOf(db, organisation_id, collection_id, names);
}

/** Entries under the given names. */
export async function seenEntries(db: Db, seen: SeenCollection, names: readonly string[]): Promise<ObjectEntry[]> {
  const { organisation_id, collection_id } = seen.collection;
  return onlySeen(db, seen, await findEntries(db, organisation_id, collection_id, names));
}

/** All entries by name, a page at a time. */
export function seenEntryPages(
  db: Db,
  seen: SeenCollection,
  components?: ObjectWindow['components'],
): AsyncGenerator<ObjectEntry[]> {
  const { organisation_id, collection_id } = seen.collection;
  return seenPages(db, seen, entryPages(db, organisation_id, collection_id, components));
}

/** Names and ETags of all, a page at a time. */
export function seenTaggedPages(db: Db, seen: SeenCollection): AsyncGenerator<Tagged[]> {
  const { organisation_id, collection_id } = seen.collection;
  return seenPages(db, seen, taggedPages(db, organisation_id, collection_id));
}

function seenPages<T extends Tagged>(db: Db, seen: SeenCollection, pages: AsyncGenerator<T[]>): AsyncGenerator<T[]> {
  return seen.publicOnly ? seenOfEach(db, seen, pages) : pages;
}

async function* seenOfEach<T extends Tagged>(db: Db, seen: SeenCollection, pages: AsyncGenerator<T[]>) {
  for await (const page of pages) yield await onlySeen(db, seen, page);
}

async function onlySeen<T extends Tagged>(db: Db, seen: SeenCollection, page: T[]): Promise<T[]> {
  if (!seen.publicOnly) return page;
  const known = await classifiedIn(
    db,
    seen,
    page.map(({ name }) => name),
  );
  return page.flatMap((entry) => {
    const classified = known.get(entry.name);
    if (!classified) return entry;
    const { shown, seq } = classified;
    if (shown === 0) return [];
    const form = { etag: formEtag(seen.collection.collection_id, seq) };
    return { ...entry, ...form, ...('size' in entry && { size: shown, seq }) };
  });
}

async function classifiedIn(
  db: Db,
  { collection }: SeenCollection,
  names: readonly string[],
): Promise<ReadonlyMap<string, ClassifiedEntry>> {
  if (names.length === 0) return new Map();
  const rows = await classifiedAmong(db, collection.organisation_id, collection.collection_id, names);
  return new Map(rows.map((row) => [row.name, row]));
}

/**
 * Changes as they are seen: what is kept back is told as gone (RFC 6578 §3.5.2), since it may have been shown before; not in a first list,
 * which tells of nothing that is gone: `since` is undefined before it, and holds where it was begun while it is cut.
 */
export async function seenChanges<W extends ChangeWindow | undefined>(
  db: Db,
  seen: SeenCollection,
  window: W,
  since: { readonly begunAt?: number | undefined } | undefined,
): Promise<W> {
  if (!window || !seen.publicOnly) return window;
  const listedTo = since ? (since.begunAt ?? 0) : Number.POSITIVE_INFINITY;
  const there = window.changes.filter(({ etag }) => etag !== undefined);
  const known = await classifiedIn(
    db,
    seen,
    there.map(({ name }) => name),
  );
  const changes = window.changes.flatMap((change): Change | [] => {
    const classified = change.etag === undefined ? undefined : known.get(change.name);
    if (!classified) return change;
    if (classified.shown > 0) return { ...change, etag: formEtag(seen.collection.collection_id, classified.seq) };
    return change.seq <= listedTo ? [] : { ...change, etag: undefined };
  });
  return { ...window, changes };
}
