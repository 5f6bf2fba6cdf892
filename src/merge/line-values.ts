/** The lines of a card as values that can be told apart however a client has written them anew: the unit of undo. */
import { type ContentLine, typeWords } from '../contentline/content-line.ts';
import type { Card } from '../vcard/card.ts';
import type { StoredVersion } from '../vcard/convert.ts';
import { isBase64 } from '../vcard/upgrade.ts';
import { ruleOf } from './field-rules.ts';
import { plainText } from './field-text.ts';
import { type FieldValue, fieldValues, groupKey } from './field-values.ts';

/** A line with its labels. */
export interface LineValue {
  /** Indices of the line and of its companions in the card's lines. */
  readonly lines: readonly number[];
  readonly property: string;
  /** Property, parameters, value and labels, whatever their order, letter case, folds and group name. */
  readonly signature: string;
  /** Property and value alone, as the field rules compare them. */
  readonly sameValue: string;
  /** Value for people. */
  readonly text: string;
  readonly line: ContentLine;
}

/** All values of `card`, read in `version`; the frame (BEGIN, VERSION, END) is left out. */
export function lineValues(card: Card, version: StoredVersion): LineValue[] {
  const values = fieldValues([card], version, undefined);
  const labels = new Map<string, FieldValue[]>();
  const mains = new Set<string>();
  for (const value of values) if (!value.companion && value.line.group !== '') mains.add(groupKey(value));
  for (const value of values)
    if (value.companion && mains.has(groupKey(value)))
      labels.set(groupKey(value), [...(labels.get(groupKey(value)) ?? []), value]);
  const read: LineValue[] = [];
  for (const value of values) {
    if (/^(?:BEGIN|VERSION|END)$/.test(value.property)) continue;
    if (value.companion && mains.has(groupKey(value))) continue;
    const companions = value.line.group === '' ? [] : (labels.get(groupKey(value)) ?? []);
    labels.delete(groupKey(value));
    read.push(lineValue(value, companions));
  }
  return read;
}

function lineValue(value: FieldValue, companions: readonly FieldValue[]): LineValue {
  const { property, line, index, key } = value;
  const signatures = [value, ...companions].map(({ line: own }) => signature(own));
  return {
    lines: [index, ...companions.map((companion) => companion.index)],
    property,
    signature: signatures.join('\n'),
    sameValue: `${property}:${key}`,
    text: ruleOf(property).text(line),
    line,
  };
}

const WORDING = /^(?:TYPE|CHARSET|ENCODING|VALUE|)$/;

function signature(line: ContentLine): string {
  const types = [...new Set(typeWords(line))].sort().join(',');
  const params = line.params
    .filter(({ name }) => !WORDING.test(name))
    .map(({ name, values }) => `${name}=${values.join(',')}`);
  const value = isBase64(line) ? line.value.replace(/\s+/g, '') : plainText(line);
  return [line.name, types, params.sort().join(';'), value].join('|');
}

/** What made one list of values into another. */
export interface Differences {
  readonly removed: readonly LineValue[];
  readonly added: readonly LineValue[];
  readonly changed: readonly { readonly from: LineValue; readonly to: LineValue }[];
}

/** Values of `one` and `other` that are not on both; what is near enough to be the same one edited is paired as changed. */
export function differences(one: readonly LineValue[], other: readonly LineValue[]): Differences {
  const removed = without(one, other);
  const added = without(other, one);
  const changed: { from: LineValue; to: LineValue }[] = [];
  for (const isEdit of PAIRINGS) {
    for (const from of [...removed]) {
      const to =
        added.length > MOST_PAIRED
          ? undefined
          : added.find((candidate) => candidate.property === from.property && isEdit(from, candidate));
      if (to === undefined) continue;
      changed.push({ from, to });
      removed.splice(removed.indexOf(from), 1);
      added.splice(added.indexOf(to), 1);
    }
  }
  return { removed, added, changed };
}

/** Beyond so many new values they are not held against the old ones one by one. */
const MOST_PAIRED = 500;

/** When an old and a new value of one property are one value that was edited, surest first. */
const PAIRINGS: readonly ((from: LineValue, to: LineValue) => boolean)[] = [
  (from, to) => from.sameValue === to.sameValue,
  ({ property }) => /^(?:single|photo|note|list|own)$/.test(ruleOf(property).merge),
  (from, to) => ruleOf(from.property).similar(from.line, to.line),
];

/**
 * Values of `one` that `other` has not, each as often as it is missing there. Of equal values those are missing whose group name
 * is not on the other card: somebody took out this one and not its twin.
 */
function without(one: readonly LineValue[], other: readonly LineValue[]): LineValue[] {
  const exact = ({ line, signature: text }: LineValue) => `${line.group} ${text}`;
  const twins = new Map<string, number>();
  const equals = new Map<string, number>();
  for (const value of other) {
    twins.set(exact(value), (twins.get(exact(value)) ?? 0) + 1);
    equals.set(value.signature, (equals.get(value.signature) ?? 0) + 1);
  }
  const spent = (counts: Map<string, number>, key: string): boolean => {
    const count = counts.get(key) ?? 0;
    counts.set(key, count - 1);
    return count > 0;
  };
  const moved = one.filter((value) => !spent(twins, exact(value)) || !spent(equals, value.signature));
  return moved.filter((value) => !spent(equals, value.signature));
}
