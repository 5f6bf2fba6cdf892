/** Editing the common fields of a card: lines that no edited field stands on stay octet for octet. */
import { AppError } from '../base/errors.ts';
import type { ContentLine } from '../contentline/content-line.ts';
import { decodedValue, escapeText, splitValue } from '../contentline/value.ts';
import { foldText } from '../contentline/write.ts';
import { type Card, readCard } from '../vcard/card.ts';
import { type CardForm, type FormAddress, type FormValue, LISTS, readCardForm } from './card-form.ts';
import { birthdayLine, rewritten, withKind, writtenList } from './card-lines.ts';

interface Edits {
  /** Line index to the unfolded text that takes its place, or null for a line that goes. */
  readonly inPlace: Map<number, string | null>;
  /** Unfolded texts that come in before END. */
  readonly added: string[];
}

/**
 * The octets of `card` (stored form: 3.0 or 4.0) with the fields as `form` says. A field that reads as before is not touched;
 * REV, where there is one, follows when anything changed. `now`: ms since 1970.
 * Throws AppError invalid: `card-nameless`, `invalid-email`, `invalid-birthday`, `unknown-line`.
 */
export function editCard(card: Card, form: CardForm, now: number): Buffer {
  const before = readCardForm(card);
  const edits: Edits = { inPlace: new Map(), added: [] };
  editText(card, edits, 'FN', before.displayName, form.displayName.trim() || nameFor(before, form));
  editComponents(card, edits, 'N', before.name, form.name);
  editComponents(card, edits, 'ORG', [before.organisation, before.department], [form.organisation, form.department]);
  editText(card, edits, 'TITLE', before.title, form.title);
  for (const { field, property } of LISTS) editList(card, edits, property, before[field], form[field]);
  editAddresses(card, edits, before.addresses, form.addresses);
  editBirthday(card, edits, before.birthday, form.birthday.trim());
  editText(card, edits, 'NOTE', before.note, form.note);
  if (edits.inPlace.size + edits.added.length === 0) return card.octets;
  followRevision(card, edits, now);
  return spliced(card, edits);
}

/** A new card of version 3.0, which every client reads, with the fields of `form`. Throws what `editCard` throws. */
export function newCard(form: CardForm, uid: string, now: number): Buffer {
  const lines = ['BEGIN:VCARD', 'VERSION:3.0', `UID:${uid}`, 'N:;;;;', 'FN:', 'REV:', 'END:VCARD', ''];
  return editCard(readCard(Buffer.from(lines.join('\r\n'))), form, now);
}

/** What a card without a displayed name is called: a card must have one (RFC 6350 §6.2.1). */
function nameFor(before: CardForm, form: CardForm): string {
  const [family, given, additional, prefixes, suffixes] = form.name;
  const whole = [prefixes, given, additional, family, suffixes]
    .map((part) => part?.trim())
    .filter(Boolean)
    .join(' ');
  const names = [whole, form.organisation, form.emails[0]?.value, form.phones[0]?.value].map((name) => name?.trim());
  const name = names.find(Boolean);
  if (name) return name;
  // a card that came without a name may stay so, or nothing else of it could be edited
  if (before.displayName === '' && hasLines(before)) return '';
  throw new AppError('invalid', 'card-nameless', 'A card needs a name, an organisation, an e-mail or a phone.');
}

const hasLines = (form: CardForm): boolean =>
  form.addresses.length + form.urls.length > 0 || `${form.title}${form.note}${form.birthday}` !== '';

const sameText = (one: string, other: string): boolean => tidy(one) === tidy(other);
const tidy = (text: string): string => text.replace(/\r\n?/g, '\n').trim();

function editText(card: Card, edits: Edits, property: string, before: string, after: string): void {
  if (sameText(before, after)) return;
  const at = card.lines.findIndex((line) => line.name === property);
  const value = escapeText(tidy(after));
  if (at < 0) edits.added.push(`${property}:${value}`);
  else if (value === '') remove(card, edits, at);
  else edits.inPlace.set(at, rewritten(card, card.lines[at]!, value));
}

function editComponents(
  card: Card,
  edits: Edits,
  property: string,
  before: readonly string[],
  after: readonly string[],
): void {
  if (before.every((part, index) => sameText(part, after[index] ?? ''))) return;
  const at = card.lines.findIndex((line) => line.name === property);
  const value = structured(card.lines[at], before, after);
  if (at >= 0 && property !== 'N' && /^;*$/.test(value)) remove(card, edits, at);
  else if (at >= 0) edits.inPlace.set(at, rewritten(card, card.lines[at]!, value));
  else edits.added.push(`${property}:${property === 'ORG' && !after[1]?.trim() ? value.slice(0, -1) : value}`);
}

/** The structured value with changed components alone written anew; further ones, and how the others are written, stay. */
function structured(line: ContentLine | undefined, before: readonly string[], after: readonly string[]): string {
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
  for (const { line } of before) if (line !== null && !kept.has(line)) remove(card, edits, line);
  return after.map((now) => ({ was: now.line === null ? undefined : known.get(now.line), now }));
}

function editList(
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
      if (line) remove(card, edits, was!.line!);
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

function editAddresses(card: Card, edits: Edits, before: readonly FormAddress[], after: readonly FormAddress[]): void {
  for (const { was, now } of paired(card, edits, before, after)) {
    const empty = now.parts.every((part) => part.trim() === '');
    const line = was?.line == null ? undefined : card.lines[was.line]!;
    const changed = !was?.parts.every((part, index) => sameText(part, now.parts[index] ?? ''));
    const rekinded = was !== undefined && was.label === null && was.kind !== now.kind;
    if (!changed && !rekinded) continue;
    if (empty) {
      if (line) remove(card, edits, was!.line!);
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

function editBirthday(card: Card, edits: Edits, before: string, after: string): void {
  if (before === after) return;
  const lines = card.lines.flatMap((line, at) => (line.name === 'BDAY' ? [at] : []));
  const [at = -1] = lines;
  // a card has one birthday (RFC 6350 §6.2.5): a second line must not show up once the first is cleared
  if (after === '') for (const each of lines) remove(card, edits, each);
  else if (at < 0) edits.added.push(birthdayLine(card, undefined, after));
  else edits.inPlace.set(at, birthdayLine(card, card.lines[at]!, after));
}

/** Takes a line out, and the labels of its group unless another value shares them. */
function remove(card: Card, edits: Edits, at: number): void {
  edits.inPlace.set(at, null);
  const group = card.lines[at]!.group.toLowerCase();
  if (group === '') return;
  const mates = [...card.lines.entries()].filter(([, line]) => line.group.toLowerCase() === group);
  const isLabel = (line: ContentLine) => /^X-AB(?:LABEL|ADR)$/.test(line.name);
  const alone = mates.every(([index, line]) => isLabel(line) || edits.inPlace.get(index) === null);
  if (alone) for (const [index, line] of mates) if (isLabel(line)) edits.inPlace.set(index, null);
}

function followRevision(card: Card, edits: Edits, now: number): void {
  const at = card.lines.findIndex((line) => line.name === 'REV');
  if (at < 0) return;
  const moment = `${new Date(now).toISOString().slice(0, 19)}Z`;
  const line = card.lines[at]!;
  edits.inPlace.set(at, rewritten(card, line, line.value.includes('-') ? moment : moment.replace(/[-:]/g, '')));
}

function spliced(card: Card, { inPlace, added }: Edits): Buffer {
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
