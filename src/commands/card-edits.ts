/** Edits of a card, line by line: what stands on a line, what comes in, and the octets that come of it. */
import type { ContentLine } from '../contentline/content-line.ts';
import { decodedValue, escapeText, splitValue } from '../contentline/value.ts';
import { foldText } from '../contentline/write.ts';
import type { Card } from '../vcard/card.ts';
import { rewritten } from './card-lines.ts';

/** What is to be done to a card. */
export interface Edits {
  /** Line index to the unfolded text that takes its place, or null for a line that goes. */
  readonly inPlace: Map<number, string | null>;
  /** Unfolded texts that come in before END. */
  readonly added: string[];
}

/** Two texts that read the same: line ends and white space at the edges do not count. */
export const sameText = (one: string, other: string): boolean => tidy(one) === tidy(other);
/** A text as it is compared and stored. */
export const tidy = (text: string): string => text.replace(/\r\n?/g, '\n').trim();

/** The structured value with changed components alone written anew; further ones, and how the others are written, stay. */
export function structured(line: ContentLine | undefined, before: readonly string[], after: readonly string[]): string {
  const parts = line ? splitValue(decodedValue(line), ';') : [];
  const count = Math.max(parts.length, before.length);
  return Array.from({ length: count }, (_, index) => {
    const own = parts[index] ?? '';
    const wanted = after[index];
    if (wanted === undefined || sameText(before[index] ?? '', wanted)) return own;
    const isList = splitValue(own, ',').length > 1;
    return isList
      ? tidy(wanted)
          .split(',')
          .map((item) => escapeText(item.trim()))
          .join(',')
      : escapeText(tidy(wanted));
  }).join(';');
}

/** Takes a line out, and the labels of its group unless another value shares them. */
export function removeLine(card: Card, edits: Edits, at: number): void {
  edits.inPlace.set(at, null);
  const group = card.lines[at]!.group.toLowerCase();
  if (group === '') return;
  const mates = [...card.lines.entries()].filter(([, line]) => line.group.toLowerCase() === group);
  const isLabel = (line: ContentLine) => /^X-AB(?:LABEL|ADR)$/.test(line.name);
  const alone = mates.every(([index, line]) => isLabel(line) || edits.inPlace.get(index) === null);
  if (alone) for (const [index, line] of mates) if (isLabel(line)) edits.inPlace.set(index, null);
}

/** REV, where there is one, says `now` (ms since 1970) in the form it had (RFC 6350 §6.7.4). */
export function followRevision(card: Card, edits: Edits, now: number): void {
  const at = card.lines.findIndex((line) => line.name === 'REV');
  if (at < 0) return;
  const moment = `${new Date(now).toISOString().slice(0, 19)}Z`;
  const line = card.lines[at]!;
  edits.inPlace.set(at, rewritten(card, line, line.value.includes('-') ? moment : moment.replace(/[-:]/g, '')));
}

/** The octets of the card with its edits, folded and ended as its own lines are; all other octets are the card's. */
export function spliced(card: Card, { inPlace, added }: Edits): Buffer {
  const first = card.octets.toString('latin1', 0, card.lines[0]?.end ?? 0);
  const lineEnd = /(?:\r?\n|\r)$/.exec(first)?.[0] ?? '\r\n';
  const last = card.lines.length - 1;
  const pieces: Buffer[] = [];
  let at = 0;
  for (const [index, line] of card.lines.entries()) {
    if (index === last) pieces.push(...added.map((text) => foldText(text, lineEnd)));
    pieces.push(card.octets.subarray(at, line.start));
    const text = inPlace.get(index);
    if (text === undefined) pieces.push(card.octets.subarray(line.start, line.end));
    else if (text !== null) pieces.push(foldText(text, lineEnd));
    at = line.end;
  }
  return Buffer.concat([...pieces, card.octets.subarray(at)]);
}
