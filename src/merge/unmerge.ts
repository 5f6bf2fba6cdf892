/** Undoes a merge as a whole, also after later edits: a three-way merge by content line. */
import type { ContentLine } from '../contentline/content-line.ts';
import { formatContentLine } from '../contentline/write.ts';
import type { Card } from '../vcard/card.ts';
import type { StoredVersion } from '../vcard/convert.ts';
import { asStored } from './field-values.ts';
import { applyEdits, type Replacement } from './line-edits.ts';
import { type Differences, differences, type LineValue, lineValues } from './line-values.ts';

export interface UndoInput {
  /** The reference as it was before the merge, as the merge left it, and as it is now. */
  readonly referenceBefore: Card;
  readonly referenceAfter: Card;
  readonly referenceNow: Card;
  /** The merged cards as they were before. */
  readonly sourcesBefore: readonly Card[];
}

/**
 * An edit made after the merge that undo cannot settle by itself. Texts are the values for people, null where there was none.
 * `edited-merged-value`: somebody changed or removed a value that the merge had brought in or reworked; the old value goes back
 * to its card, and the new one stays on the reference for the user to judge.
 * `restored-elsewhere`: a value was removed after the merge, and comes back with the source that it belongs to.
 */
export interface UndoConflict {
  readonly kind: 'edited-merged-value' | 'restored-elsewhere';
  readonly property: string;
  /** Index into `[reference, ...sources]` of the card that the value belongs to. */
  readonly card: number;
  readonly before: string | null;
  readonly merged: string | null;
  readonly now: string | null;
}

export interface UndoResult {
  /** Octets of the reference: those of before, with the edits made after the merge. */
  readonly reference: Buffer;
  /** Octets of the sources, as they were. */
  readonly sources: readonly Buffer[];
  readonly conflicts: readonly UndoConflict[];
}

/**
 * What the cards are when the merge is taken back. With no edit since (`referenceNow` is `referenceAfter`), exactly the octets of
 * before. Otherwise values added or changed since stay on the reference, values removed since stay removed where they were the
 * reference's own, and what came from the sources goes back to them.
 */
export function undoMerge(input: UndoInput): UndoResult {
  const sources = input.sourcesBefore.map(({ octets }) => octets);
  if (input.referenceNow.octets.equals(input.referenceAfter.octets))
    return { reference: input.referenceBefore.octets, sources, conflicts: [] };
  const before = asStored(input.referenceBefore);
  const now = asStored(input.referenceNow);
  const version = before.version === '4.0' ? '4.0' : '3.0';
  const valuesBefore = lineValues(before, version);
  const valuesAfter = lineValues(asStored(input.referenceAfter), version);
  const merged = differences(valuesBefore, valuesAfter);
  const edits = differences(valuesAfter, lineValues(now, version));
  const settle = settler(input.sourcesBefore, version, valuesBefore, merged);
  const settled = [
    ...edits.changed.map(({ from, to }) => settle(from, to)),
    ...edits.removed.map((from) => settle(from, undefined)),
    ...edits.added.map((to) => settle(undefined, to)),
  ];
  const removed = settled.flatMap(({ remove }) => (remove === undefined ? [] : [remove]));
  const added = settled.flatMap(({ add }) => (add === undefined ? [] : [{ from: now, value: add }]));
  const replaced = new Map<LineValue, Replacement>();
  for (const { replace } of settled)
    if (replace !== undefined) replaced.set(replace.own, { from: now, value: replace.by, ...textOf(replace.text) });
  const unchanged = removed.length === 0 && added.length === 0 && replaced.size === 0;
  const reference = unchanged
    ? input.referenceBefore.octets
    : applyEdits(before, version, { removed, replaced, added });
  return {
    reference,
    sources,
    conflicts: settled.flatMap(({ conflict }) => (conflict === undefined ? [] : [conflict])),
  };
}

const textOf = (text: string | undefined): { text?: string } => (text === undefined ? {} : { text });

/** What one later edit asks for on the reference of before. */
interface Settled {
  readonly remove?: LineValue;
  readonly add?: LineValue;
  readonly replace?: { readonly own: LineValue; readonly by: LineValue; readonly text: string | undefined };
  readonly conflict?: UndoConflict;
}

type Settle = (from: LineValue | undefined, to: LineValue | undefined) => Settled;

/** Decides edit by edit: `from` is the value as merged, `to` as it is now. */
function settler(
  sources: readonly Card[],
  version: StoredVersion,
  before: readonly LineValue[],
  merged: Differences,
): Settle {
  const untouched = Map.groupBy(before, ({ signature }) => signature);
  const reworked = new Map(merged.changed.map(({ from, to }) => [to.signature, from]));
  const owner = ownerAmong(sources, version);
  return (from, to) => {
    if (from === undefined) return to === undefined || untouched.has(to.signature) ? {} : { add: to };
    const own = taken(untouched.get(from.signature), from);
    if (own !== undefined) return to === undefined ? { remove: own } : { replace: { own, by: to, text: undefined } };
    const basis = reworked.get(from.signature);
    const conflict = (kind: UndoConflict['kind'], card: number): UndoConflict => ({
      kind,
      property: from.property,
      card,
      before: basis?.text ?? null,
      merged: from.text,
      now: to?.text ?? null,
    });
    if (basis === undefined)
      return to === undefined
        ? { conflict: conflict('restored-elsewhere', owner(from)) }
        : { add: to, conflict: conflict('edited-merged-value', owner(from)) };
    if (to === undefined) return { remove: basis };
    if (to.signature === basis.signature) return {};
    const text = withoutAddition(basis.line, from.line, to.line);
    return text === undefined
      ? { replace: { own: basis, by: to, text }, conflict: conflict('edited-merged-value', 0) }
      : { replace: { own: basis, by: to, text } };
  };
}

/** Of equal values the one under the group name of the edited one, else the last; each is taken once. */
function taken(equal: LineValue[] | undefined, edited: LineValue): LineValue | undefined {
  if (equal === undefined) return undefined;
  const at = equal.findIndex(({ line }) => line.group === edited.line.group);
  return equal.splice(at >= 0 ? at : equal.length - 1, 1)[0];
}

/** Index in `[reference, ...sources]` of the source that has the value; the first source for one that none has as it is. */
function ownerAmong(sources: readonly Card[], version: StoredVersion): (value: LineValue) => number {
  const owners = new Map<string, number>();
  for (const [index, card] of sources.entries())
    for (const { sameValue } of lineValues(asStored(card), version))
      if (!owners.has(sameValue)) owners.set(sameValue, index + 1);
  return ({ sameValue }) => owners.get(sameValue) ?? 1;
}

/**
 * A note or list that the merge made longer and somebody edited since: the text of now without what the merge had appended.
 * Undefined when that is no longer there as it was.
 */
function withoutAddition(before: ContentLine, merged: ContentLine, now: ContentLine): string | undefined {
  if (!merged.value.startsWith(before.value) || merged.value.length === before.value.length) return undefined;
  const addition = merged.value.slice(before.value.length);
  const at = now.value.indexOf(addition);
  if (at < 0) return undefined;
  return formatContentLine({ ...now, value: now.value.slice(0, at) + now.value.slice(at + addition.length) });
}
