/** Editing the values that a card may have several of: phones, mail addresses, links, postal addresses. */
import { AppError } from '../base/errors.ts';
import type { Card } from '../vcard/card.ts';
import { type Edits, removeLine, sameText, structured, tidy } from './card-edits.ts';
import type { FormAddress, FormValue } from './card-form.ts';
import { rewritten, withKind, writtenList } from './card-lines.ts';

/** Pairs what the card has with what the form kept of it; what the form left out goes. */
function paired<T extends Pick<FormValue, 'line'>>(
  card: Card,
  edits: Edits,
  before: readonly T[],
  after: readonly T[],
): { was: T | undefined; now: T }[] {
  const known = new Map(before.map((value) => [value.line, value]));
  const kept = new Set<number>();
  for (const { line } of after) {
    if (line === null) continue;
    if (!known.has(line) || kept.has(line)) {
      throw new AppError('invalid', 'unknown-line', `Line ${line} of the card is no such value, or is named twice.`);
    }
    kept.add(line);
  }
  for (const { line } of before) if (line !== null && !kept.has(line)) removeLine(card, edits, line);
  return after.map((now) => ({ was: now.line === null ? undefined : known.get(now.line), now }));
}

/** The values of one property as the form says them. Throws AppError invalid: `invalid-email`, `unknown-line`. */
export function editList(
  card: Card,
  edits: Edits,
  property: string,
  before: readonly FormValue[],
  after: readonly FormValue[],
): void {
  for (const { was, now } of paired(card, edits, before, after)) {
    const value = tidy(now.value);
    const line = was?.line == null ? undefined : card.lines[was.line]!;
    const changed = !was || !sameText(was.value, value);
    const rekinded = was !== undefined && was.label === null && was.kind !== now.kind;
    if (!changed && !rekinded) continue;
    if (value === '') {
      if (line) removeLine(card, edits, was!.line!);
      continue;
    }
    if (changed && property === 'EMAIL') checkEmail(value);
    if (!line) {
      edits.added.push(withKind(`${property}:${writtenList(property, value)}`, now.kind));
      continue;
    }
    const text = rewritten(card, line, changed ? writtenList(property, value, line) : line.value, changed);
    edits.inPlace.set(was!.line!, rekinded ? withKind(text, now.kind) : text);
  }
}

/** Postal addresses as the form says them, component by component. Throws AppError invalid `unknown-line`. */
export function editAddresses(
  card: Card,
  edits: Edits,
  before: readonly FormAddress[],
  after: readonly FormAddress[],
): void {
  for (const { was, now } of paired(card, edits, before, after)) {
    const empty = now.parts.every((part) => part.trim() === '');
    const line = was?.line == null ? undefined : card.lines[was.line]!;
    const changed = !was?.parts.every((part, index) => sameText(part, now.parts[index] ?? ''));
    const rekinded = was !== undefined && was.label === null && was.kind !== now.kind;
    if (!changed && !rekinded) continue;
    if (empty) {
      if (line) removeLine(card, edits, was!.line!);
      continue;
    }
    const value = structured(line, was?.parts ?? now.parts.map(() => ''), now.parts);
    const text = line ? rewritten(card, line, changed ? value : line.value, changed) : `ADR:${value}`;
    if (line) edits.inPlace.set(was!.line!, rekinded ? withKind(text, now.kind) : text);
    else edits.added.push(withKind(text, now.kind));
  }
}

/** RFC 5322 §3.4.1 in what can go wrong while typing: one at sign, something on both sides, no white space. */
function checkEmail(value: string): void {
  if (/^[^\s@]+@[^\s@]+$/.test(value) || /^"[^"]+"@[^\s@]+$/.test(value)) return;
  throw new AppError('invalid', 'invalid-email', `"${value}" is no e-mail address.`, { field: 'emails', value });
}
