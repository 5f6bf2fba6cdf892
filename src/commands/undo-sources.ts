/** The cards that a merge took away, when it is undone: which come back, and which are back already. */
import { returnedSource } from '../merge/returned-source.ts';
import type { UndoConflict } from '../merge/unmerge.ts';
import type { Collection } from '../store/collections.ts';
import type { Tx } from '../store/database.ts';
import type { MergeObject } from '../store/merges.ts';
import { findEntriesFor, findObjectsById, type StoredObject, uidKey } from '../store/objects.ts';
import { readCard } from '../vcard/card.ts';
import type { OnConflict } from './undo-merge.ts';

/** A card with the octets it shall have. */
export interface CardBack {
  readonly object_id: string;
  readonly collection_id: string;
  readonly name: string;
  readonly after: Buffer;
}

export interface SourcesBack {
  /** Come back under their old identity. */
  readonly restored: readonly CardBack[];
  /** Are there already, brought back by somebody, and get what they held at the merge and lack now. */
  readonly completed: readonly CardBack[];
  /** `card`: index into `[reference, ...sources]`. */
  readonly conflicts: readonly UndoConflict[];
}

/** A merge that is undone. */
interface Undone {
  readonly sources: readonly MergeObject[];
  /** Those of the merge that are there, by id. */
  readonly present: ReadonlyMap<string, StoredObject>;
  /** Books that may be written, by id. */
  readonly books: ReadonlyMap<string, Collection>;
  /** The book of the reference. */
  readonly home: string;
}

/**
 * Sources come back under their old name; where that is taken by another card, under a free one. One whose book is gone comes back
 * in the reference's. One whose UID lives in its book again was brought back by a device: it stays, with the values that the
 * reference gives back and it lacks, which is a conflict; with `restore` it becomes what it was. What finds no place stays in the record.
 */
export async function sourcesBack(tx: Tx, undone: Undone, onConflict: OnConflict): Promise<SourcesBack> {
  const { books, home, present } = undone;
  const sources = undone.sources.map((source, at) => {
    const collection_id = books.has(source.collection_id) ? source.collection_id : home;
    return { ...source, collection_id, card: at + 1 };
  });
  const restored: (CardBack & { readonly uid: string | null })[] = [];
  const back: { source: (typeof sources)[number]; now: StoredObject }[] = [];
  for (const [collectionId, group] of Map.groupBy(sources, (source) => source.collection_id)) {
    const book = books.get(collectionId);
    if (!book) continue;
    const { returned, names } = await inTheWay(tx, book, group);
    for (const source of group) {
      const now = present.get(source.object_id) ?? returned.find(({ uid }) => sameUid(uid, source.uid));
      if (now) back.push({ source, now });
      else if (!restored.some((each) => each.collection_id === collectionId && sameUid(each.uid, source.uid))) {
        const { object_id, uid, body_before: after } = source;
        const name = names.has(source.name) ? `${object_id}.vcf` : source.name;
        names.add(name);
        restored.push({ object_id, collection_id: collectionId, uid, after, name });
      }
    }
  }
  return { restored, ...completedOf(back, onConflict) };
}

const sameUid = (one: string | null, other: string | null): boolean =>
  one !== null && other !== null && uidKey(one) === uidKey(other);

/** Names that others bear, and the cards that bear a UID of the sources. */
async function inTheWay(
  tx: Tx,
  { organisation_id, collection_id }: Collection,
  sources: readonly MergeObject[],
): Promise<{ readonly names: Set<string>; readonly returned: readonly StoredObject[] }> {
  const wanted = sources.map(({ name }) => name);
  const uids = sources.flatMap(({ uid }) => uid ?? []);
  const entries = await findEntriesFor(tx, organisation_id, collection_id, wanted, uids);
  const bearers = entries.filter(({ uid }) => sources.some((source) => sameUid(uid, source.uid)));
  const ids = bearers.map(({ object_id }) => object_id);
  const returned = ids.length === 0 ? [] : await findObjectsById(tx, organisation_id, ids);
  return { names: new Set(entries.map(({ name }) => name)), returned };
}

function completedOf(
  back: readonly { readonly source: MergeObject & { readonly card: number }; readonly now: StoredObject }[],
  onConflict: OnConflict,
): Pick<SourcesBack, 'completed' | 'conflicts'> {
  const settled = back.map(({ source, now }) => {
    const { whole, lacking } = returnedSource(readCard(source.body_before), readCard(now.body));
    const after = lacking.length > 0 && onConflict === 'restore' ? source.body_before : whole;
    return { card: { ...now, after }, conflicts: lacking.map((each) => ({ ...each, card: source.card })) };
  });
  return {
    completed: settled.map(({ card }) => card).filter(({ body, after }) => !body.equals(after)),
    conflicts: settled.flatMap(({ conflicts }) => conflicts),
  };
}
