/** What the steps of one merge share: the values, the card under construction, the account. */
import type { Card } from '../vcard/card.ts';
import type { StoredVersion } from '../vcard/convert.ts';
import { type FieldValue, textIn } from './field-values.ts';
import { withGroup, withoutPreference } from './line-text.ts';
import type { LineAccount, LineFate } from './outcome.ts';
import type { ResultCard } from './result-card.ts';

export interface MergeWork {
  /** Stored forms, the reference first. */
  readonly cards: readonly Card[];
  readonly version: StoredVersion;
  /** All lines of all cards, by canonical property, in the order of cards and lines. */
  readonly byProperty: ReadonlyMap<string, readonly FieldValue[]>;
  /** Companions (labels) of each group of each card. */
  readonly companions: ReadonlyMap<string, readonly FieldValue[]>;
  /** `card/text` of every e-mail address and phone number: a name that reads so is none. */
  readonly addresses: ReadonlySet<string>;
  readonly result: ResultCard;
  /** Group names that lines of a source's group got on the result. */
  readonly groupNames: Map<string, string>;
  readonly account: LineAccount[];
  /** `card/line` of every line that has its entry in the account. */
  readonly settled: Set<string>;
}

/** Key of a group of one card: `2/item1`. */
export function groupKey(value: FieldValue): string {
  return `${value.card}/${value.line.group.toLowerCase()}`;
}

/** Notes what became of a line; `as` only where it stands under another name. */
export function settle(work: MergeWork, value: FieldValue, fate: LineFate, as?: string): void {
  const { card, index, property } = value;
  work.settled.add(`${card}/${index}`);
  work.account.push({ card, line: index, property, fate, ...(as === undefined ? {} : { as }) });
}

export interface CarryOptions {
  /** Name on the result, where it is not the line's own. */
  readonly as?: string;
  /** True to leave a mark of preference as it is. */
  readonly keepPreference?: boolean;
  /** Last change of the text before it is written (further TYPE words). */
  readonly edit?: (text: string) => string;
}

/**
 * Puts a source's line on the result, octet for octet where nothing has to change, and its label with it.
 * A group name that is taken there is replaced by a free one, the same for all lines of the group.
 */
export function carry(work: MergeWork, value: FieldValue, options: CarryOptions = {}): void {
  const card = work.cards[value.card]!;
  const line = card.lines[value.index]!;
  const before = textIn(card, line, work.version);
  const renamed = options.as === undefined ? before : rename(before, options.as);
  const grouped =
    value.line.group === '' || options.as !== undefined
      ? withGroup(renamed, '')
      : withGroup(renamed, groupFor(work, value));
  const plain = options.keepPreference ? grouped : withoutPreference(grouped);
  const text = options.edit?.(plain) ?? plain;
  const verbatim =
    card.version === work.version && text === before ? card.octets.subarray(line.start, line.end) : undefined;
  work.result.add(options.as ?? value.property, text, verbatim);
  settle(work, value, options.as === undefined ? 'carried' : 'kept-aside', options.as);
  if (options.as === undefined) carryCompanions(work, value);
}

function rename(text: string, name: string): string {
  return withGroup(text, '').replace(/^[^;:]*/, name);
}

function groupFor(work: MergeWork, value: FieldValue): string {
  const key = groupKey(value);
  const known = work.groupNames.get(key);
  if (known !== undefined) return known;
  const name = work.result.freeGroup(value.line.group);
  work.groupNames.set(key, name);
  return name;
}

/** True when the account says already what became of the line. */
export function isSettled(work: MergeWork, value: FieldValue): boolean {
  return work.settled.has(`${value.card}/${value.index}`);
}

/** The labels of a group come once, behind the first of its lines that is carried. */
function carryCompanions(work: MergeWork, value: FieldValue): void {
  for (const companion of work.companions.get(groupKey(value)) ?? []) {
    if (value.line.group === '' || isSettled(work, companion)) continue;
    const card = work.cards[companion.card]!;
    const line = card.lines[companion.index]!;
    const before = textIn(card, line, work.version);
    const text = withGroup(before, groupFor(work, companion));
    const verbatim =
      card.version === work.version && text === before ? card.octets.subarray(line.start, line.end) : undefined;
    work.result.add(value.property, text, verbatim);
    settle(work, companion, 'carried');
  }
}
