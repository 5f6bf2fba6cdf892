/** Edits by value applied to the octets of a card: all other lines stay octet for octet. */
import { foldText } from '../contentline/write.ts';
import type { Card } from '../vcard/card.ts';
import type { StoredVersion } from '../vcard/convert.ts';
import { textIn } from './field-values.ts';
import { withGroup } from './line-text.ts';
import type { LineValue } from './line-values.ts';

export interface LineEdits {
  /** Values of the card that go. */
  readonly removed: readonly LineValue[];
  /** Values of the card to what takes their place. */
  readonly replaced: ReadonlyMap<LineValue, Replacement>;
  /** Values that come in before END. */
  readonly added: readonly Replacement[];
}

/** A value of another card, or a text of its own. */
export interface Replacement {
  readonly from: Card;
  readonly value: LineValue;
  /** Unfolded text of the first line, where it is not to be the one of `value`. */
  readonly text?: string;
}

/** Octets of `card` (a stored form of `version`) with the edits done. Group names of what comes in give way to those of the card. */
export function applyEdits(card: Card, version: StoredVersion, edits: LineEdits): Buffer {
  const groups = new Set(card.lines.map(({ group }) => group.toLowerCase()));
  const first = card.octets.toString('latin1', 0, card.lines[0]?.end ?? 0);
  const lineEnd = /(?:\r?\n|\r)$/.exec(first)?.[0] ?? '\r\n';
  const gone = new Set(edits.removed.flatMap(({ lines }) => lines));
  const inPlace = new Map<number, Buffer>();
  for (const [value, replacement] of edits.replaced) {
    for (const line of value.lines) gone.add(line);
    const group = value.line.group || freeGroup(groups, replacement.value.line.group);
    inPlace.set(value.lines[0]!, written(replacement, group, version, lineEnd));
  }
  const news = edits.added.map((item) => written(item, freeGroup(groups, item.value.line.group), version, lineEnd));
  const pieces: Buffer[] = [];
  let at = 0;
  for (const [index, line] of card.lines.entries()) {
    if (index === card.lines.length - 1) pieces.push(...news);
    pieces.push(card.octets.subarray(at, line.start));
    pieces.push(inPlace.get(index) ?? card.octets.subarray(line.start, gone.has(index) ? line.start : line.end));
    at = line.end;
  }
  return Buffer.concat([...pieces, card.octets.subarray(at)]);
}

function freeGroup(groups: Set<string>, wanted: string): string {
  if (wanted === '') return '';
  let name = wanted;
  for (let n = 1; groups.has(name.toLowerCase()); n++) name = `item${n}`;
  groups.add(name.toLowerCase());
  return name;
}

/** The line and its labels under `group`, folded. */
function written({ from, value, text }: Replacement, group: string, version: StoredVersion, lineEnd: string): Buffer {
  const texts = value.lines.map((index) => textIn(from, from.lines[index]!, version));
  if (text !== undefined) texts[0] = text;
  return Buffer.concat(texts.map((own) => foldText(withGroup(own, group), lineEnd)));
}
