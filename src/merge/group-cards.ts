/** Group cards and relations that name a card which was merged away are pointed to the reference (RFC 6350 §6.6.5, §6.6.6; Apple's members). */
import type { ContentLine } from '../contentline/content-line.ts';
import { unfoldedText } from '../contentline/read.ts';
import { foldText } from '../contentline/write.ts';
import type { Card } from '../vcard/card.ts';
import { withValue } from './line-text.ts';

/** One line of another card that named a gone card. */
export interface PointerChange {
  /** Index in the lines of the card before. */
  readonly line: number;
  readonly property: string;
  /** The value before. */
  readonly from: string;
  /** The value now; undefined when the line went, as the card named the reference already. */
  readonly to: string | undefined;
}

export interface GroupRewrite {
  readonly octets: Buffer;
  /** What was changed, in the order of the lines. */
  readonly changes: readonly PointerChange[];
}

const POINTERS = new Set(['MEMBER', 'X-ADDRESSBOOKSERVER-MEMBER', 'RELATED']);
const LISTS = new Set(['MEMBER', 'X-ADDRESSBOOKSERVER-MEMBER']);

/** A UID for comparing: `urn:uuid:` (which programs put before a UID that has it already) and letter case say nothing. */
export function uidKey(uid: string): string {
  return bareUid(uid).toLowerCase();
}

const bareUid = (uid: string): string => uid.trim().replace(/^(?:urn:uuid:)+/i, '');

/**
 * Points MEMBER, X-ADDRESSBOOKSERVER-MEMBER and RELATED lines of `card` that name a gone card to the reference instead.
 * `gone`: UID of each card merged away to the UID of its reference, both as written or not. The new value is written like the old
 * one (`urn:uuid:` or plain); a member that is named already is not named twice. Undefined when nothing changes.
 */
export function rewriteGroup(card: Card, gone: ReadonlyMap<string, string>): GroupRewrite | undefined {
  const references = new Map([...gone].map(([uid, reference]) => [uidKey(uid), reference]));
  const members = new Set(card.lines.filter((line) => LISTS.has(line.name)).map((line) => uidKey(line.value)));
  const changes: PointerChange[] = [];
  const pieces: Buffer[] = [];
  let at = 0;
  for (const [index, line] of card.lines.entries()) {
    const reference = POINTERS.has(line.name) ? finalReference(references, line.value) : undefined;
    if (reference === undefined) continue;
    pieces.push(card.octets.subarray(at, line.start));
    const twice = LISTS.has(line.name) && members.has(uidKey(reference));
    const to = twice ? undefined : written(line.value, reference);
    if (to !== undefined) pieces.push(lineWithValue(card, line, to));
    if (LISTS.has(line.name)) members.add(uidKey(reference));
    changes.push({ line: index, property: line.name, from: line.value.trim(), to });
    at = line.end;
  }
  if (changes.length === 0) return undefined;
  return { octets: Buffer.concat([...pieces, card.octets.subarray(at)]), changes };
}

/** UIDs of the members that a group card names, each once, in the order of its lines, without `urn:uuid:`. */
export function memberUids(card: Card): string[] {
  const named = card.lines.filter((line) => LISTS.has(line.name)).map((line) => bareUid(line.value));
  return [...new Map(named.map((uid) => [uidKey(uid), uid])).values()];
}

/**
 * The octets of a group card without its MEMBER and X-ADDRESSBOOKSERVER-MEMBER lines that name one of the UIDs; all else stays
 * as it is, RELATED too. Undefined when it names none of them.
 */
export function withoutMembers(card: Card, uids: Iterable<string>): Buffer | undefined {
  const gone = new Set([...uids].map(uidKey));
  const dropped = card.lines.filter((line) => LISTS.has(line.name) && gone.has(uidKey(line.value)));
  if (dropped.length === 0) return undefined;
  const pieces: Buffer[] = [];
  let at = 0;
  for (const { start, end } of dropped) {
    pieces.push(card.octets.subarray(at, start));
    at = end;
  }
  return Buffer.concat([...pieces, card.octets.subarray(at)]);
}

/** Follows merges of references that were merged away themselves. */
function finalReference(references: ReadonlyMap<string, string>, value: string): string | undefined {
  let found = references.get(uidKey(value));
  for (let steps = 0; found !== undefined && steps < references.size; steps++) {
    const next = references.get(uidKey(found));
    if (next === undefined) return found;
    found = next;
  }
  return found;
}

/** The UID of the reference in the style of the value that it replaces. */
function written(old: string, uid: string): string {
  const prefix = /^\s*urn:uuid:/i.exec(old)?.[0].trim();
  const bare = bareUid(uid);
  if (prefix !== undefined) return prefix + bare;
  return /^\s*urn:uuid:/i.test(uid) && !/^[0-9a-f-]{36}$/i.test(old.trim()) ? uid.trim() : bare;
}

function lineWithValue(card: Card, line: ContentLine, value: string): Buffer {
  const octets = card.octets.toString('latin1', line.start, line.end);
  const lineEnd = /(?:\r?\n|\r)$/.exec(octets)?.[0] ?? '\r\n';
  return foldText(withValue(unfoldedText(card.octets, line), value), lineEnd);
}
