/** Editing the common fields of a card: lines that no edited field stands on stay octet for octet. */
import { AppError } from '../base/errors.ts';
import { escapeText } from '../contentline/value.ts';
import { type Card, readCard } from '../vcard/card.ts';
import { type Edits, followRevision, removeLine, sameText, spliced, structured, tidy } from './card-edits.ts';
import { type CardForm, LISTS, readCardForm } from './card-form.ts';
import { birthdayLine, rewritten } from './card-lines.ts';
import { editAddresses, editList } from './edit-values.ts';

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

function editText(card: Card, edits: Edits, property: string, before: string, after: string): void {
  if (sameText(before, after)) return;
  const at = card.lines.findIndex((line) => line.name === property);
  const value = escapeText(tidy(after));
  if (at < 0) edits.added.push(`${property}:${value}`);
  else if (value === '') removeLine(card, edits, at);
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
  if (at >= 0 && property !== 'N' && /^;*$/.test(value)) removeLine(card, edits, at);
  else if (at >= 0) edits.inPlace.set(at, rewritten(card, card.lines[at]!, value));
  else edits.added.push(`${property}:${property === 'ORG' && !after[1]?.trim() ? value.slice(0, -1) : value}`);
}

function editBirthday(card: Card, edits: Edits, before: string, after: string): void {
  if (before === after) return;
  const lines = card.lines.flatMap((line, at) => (line.name === 'BDAY' ? [at] : []));
  const [at = -1] = lines;
  // a card has one birthday (RFC 6350 §6.2.5): a second line must not show up once the first is cleared
  if (after === '') for (const each of lines) removeLine(card, edits, each);
  else if (at < 0) edits.added.push(birthdayLine(card, undefined, after));
  else edits.inPlace.set(at, birthdayLine(card, card.lines[at]!, after));
}
