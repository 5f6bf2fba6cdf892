/** Undo of a merge, also after later edits: what was merged away comes back, what was edited since stays. */
import { AppError } from '../base/errors.ts';
import { type UndoConflict as LineConflict, type UndoResult, undoMerge } from '../merge/unmerge.ts';
import type { Collection } from '../store/collections.ts';
import { inTransaction, type Tx } from '../store/database.ts';
import { closeMerge, listMergeObjects, type MergeObject } from '../store/merges.ts';
import type { StoredObject } from '../store/objects.ts';
import { lockDuplicates } from '../store/pair-writes.ts';
import { readCard } from '../vcard/card.ts';
import type { Actor, Context } from './context.ts';
import { limitsOfStored } from './limits.ts';
import { lockBooks } from './lock-books.ts';
import { writeCards } from './merge-cards.ts';
import { suggestAgain } from './recluster.ts';
import { placeOf, presentObjects, refuseMergedAgain, refuseOutOfReach, requireUndoable } from './undo-refusals.ts';
import { sourcesBack } from './undo-sources.ts';
import { type Effect, refuseLocked } from './write-locks.ts';

/** What to do where an edit since touched a line that the merge had brought in. */
export type OnConflict = 'ask' | 'keep-edits' | 'restore';

/** A conflict with the card it is about. */
export interface UndoConflict extends Omit<LineConflict, 'card'> {
  readonly cardId: string;
}

export interface UndoOutcome {
  readonly restored: readonly string[];
  readonly conflicts: readonly UndoConflict[];
}

/**
 * Takes one merge back, in one transaction and one sync step. Throws AppError 'no-such-merge', 'already-undone',
 * 'merged-again' (details.merges: later merges of the same cards, to be undone first), 'undo-conflict' (details.conflicts,
 * when `onConflict` is `ask`), 'read-only-book' where the actor may no longer write a book of somebody else,
 * 'locked' when a WebDAV lock holds on a card that would change or come back.
 */
export function undoStoredMerge(
  context: Context,
  actor: Actor,
  mergeId: string,
  onConflict: OnConflict,
): Promise<UndoOutcome> {
  return inTransaction(context.db, async (tx) => {
    const objects = await listMergeObjects(tx, actor.organisationId, [mergeId]);
    const books = await lockBooksOf(tx, actor, objects);
    await lockDuplicates(tx, actor.organisationId, actor.principalId);
    const merge = await requireUndoable(tx, actor, mergeId);
    await refuseMergedAgain(tx, actor, merge, objects);
    const present = await presentObjects(tx, actor, objects);
    await refuseOutOfReach(tx, actor, books, objects, present);
    const { changed, restored, conflicts } = await planUndo(tx, { objects, present, books }, onConflict);
    if (conflicts.length > 0 && onConflict === 'ask') {
      throw new AppError('conflict', 'undo-conflict', 'Edits made since touch what the merge brought in.', {
        conflicts,
      });
    }
    await refuseLocked({ ...context, db: tx }, [
      ...effectsOn(books, changed, 'state'),
      ...effectsOn(books, restored, 'members'),
    ]);
    const now = new Date(context.clock.now());
    const unlimited = { ...context, limits: limitsOfStored(context.limits) };
    await writeCards(unlimited, tx, books, [...changed, ...restored], now);
    await closeMerge(tx, actor.organisationId, mergeId, now);
    const ids = objects.map((object) => object.object_id);
    await suggestAgain(context, tx, actor, ids);
    return { restored: restored.map((source) => source.object_id), conflicts };
  });
}

interface Undoing {
  readonly objects: readonly MergeObject[];
  readonly present: ReadonlyMap<string, StoredObject>;
  readonly books: ReadonlyMap<string, Collection>;
}

/** What becomes of each card: those that are there and change, those that come back, and where edits made since stand in the way. */
async function planUndo(tx: Tx, { objects, present, books }: Undoing, onConflict: OnConflict) {
  const reference = objects.find((object) => object.role === 'reference')!;
  const sources = objects.filter((object) => object.role === 'source');
  const undo = threeWay(reference, sources, present.get(reference.object_id));
  const groups = groupsBack(objects, present, onConflict);
  const home = placeOf(present, reference).collection_id;
  const { restored, completed, ...returned } = await sourcesBack(tx, { sources, present, books, home }, onConflict);
  const conflicts = [
    ...[...undo.conflicts, ...returned.conflicts].map((each) => conflictOn([reference, ...sources], each)),
    ...groups.flatMap((group) => group.conflicts),
  ];
  const back = onConflict === 'restore' ? reference.body_before : undo.reference;
  const edited = [
    ...(present.has(reference.object_id) ? [{ ...reference, ...placeOf(present, reference), after: back }] : []),
    ...groups.map(({ conflicts: _, ...group }) => group),
  ].filter((card) => !present.get(card.object_id)?.body.equals(card.after));
  return { changed: [...edited, ...completed], restored, conflicts };
}

const effectsOn = (
  books: ReadonlyMap<string, Collection>,
  cards: readonly Pick<StoredObject, 'collection_id' | 'name'>[],
  on: Effect['on'],
): Effect[] => cards.map(({ collection_id, name }) => ({ collection: books.get(collection_id)!, name, on }));

/** The books that the merge touched and that the actor may still write, locked; by id. */
async function lockBooksOf(
  tx: Tx,
  actor: Actor,
  objects: readonly MergeObject[],
): Promise<ReadonlyMap<string, Collection>> {
  const cards = objects.map((object) => object.object_id);
  const places = objects.map((object) => object.collection_id);
  const books = (await lockBooks(tx, actor, cards, places)).filter((book) => book.mayMerge);
  return new Map(books.map(({ collection }) => [collection.collection_id, collection]));
}

function threeWay(reference: MergeObject, sources: readonly MergeObject[], now: StoredObject | undefined): UndoResult {
  const after = reference.body_after ?? reference.body_before;
  return undoMerge({
    referenceBefore: readCard(reference.body_before),
    referenceAfter: readCard(after),
    referenceNow: readCard(now?.body ?? after),
    sourcesBefore: sources.map((source) => readCard(source.body_before)),
  });
}

/**
 * Groups and relations as they were, with the edits made since; those that are gone stay gone. One whose members were edited
 * where the merge had changed them is a conflict like any other: with `restore` it becomes what it was.
 */
function groupsBack(
  objects: readonly MergeObject[],
  present: ReadonlyMap<string, StoredObject>,
  onConflict: OnConflict,
) {
  return objects.flatMap((group) => {
    const now = present.get(group.object_id);
    if (group.role !== 'group' || !now) return [];
    const undo = threeWay(group, [], now);
    const conflicts = undo.conflicts.map((conflict) => conflictOn([group], conflict));
    const after = conflicts.length > 0 && onConflict === 'restore' ? group.body_before : undo.reference;
    return [{ ...group, ...placeOf(present, group), after, conflicts }];
  });
}

/** Names the card that a conflict is about: the cards are those that were undone together, the kept one first. */
function conflictOn(cards: readonly MergeObject[], { card, ...conflict }: LineConflict): UndoConflict {
  return { ...conflict, cardId: (cards[card] ?? cards[0]!).object_id };
}
