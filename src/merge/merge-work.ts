/** What the steps of one merge share: the values, the card under construction, the account. */
import type { Card } from '../vcard/card.ts';
import type { StoredVersion } from '../vcard/convert.ts';
import { UNREADABLE_LINE } from '../vcard/upgrade.ts';
import { propertyOf } from './field-rules.ts';
import { type FieldValue, groupKey, textIn } from './field-values.ts';
import { withGroup, withoutPreference } from './line-text.ts';
import type { LineAccount, LineFate } from './outcome.ts';
import type { ResultCard } from './result-card.ts';

/** A value that comes in under `property`: its own, or the name under which a loser is kept aside. */
export interface Incoming {
  readonly value: FieldValue;
  readonly as?: string;
}

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
  /** Keys of the values that each single-valued property has on the result. */
  readonly shown: Map<string, ReadonlySet<string | undefined>>;
  /** Group names that lines of a source's group got on the result. */
  readonly groupNames: Map<string, string>;
  /** By `card/line`: what became of each line. */
  readonly account: Map<string, LineAccount>;
}

/** Notes what became of a line; `as` only where it stands under another name. The first word counts, but a line once carried is carried. */
export function settle(work: MergeWork, value: FieldValue, fate: LineFate, as?: string): void {
  if (isSettled(work, value) && fate !== 'carried') return;
  const { card, index, property } = value;
  work.account.set(`${card}/${index}`, { card, line: index, property, fate, ...(as === undefined ? {} : { as }) });
}

export interface CarryOptions {
  /** Name on the result, where it is not the line's own. */
  readonly as?: string;
  /** True to leave a mark of preference as it is. */
  readonly keepPreference?: boolean;
  /** Group name on the result for a line that has none. */
  readonly group?: string;
  /** Last change of the text before it is written (further TYPE words). */
  readonly edit?: (text: string) => string;
}

/**
 * Puts a source's line on the result, octet for octet where nothing has to change, and its label with it.
 * A group name that is taken there is replaced by a free one, the same for all lines of the group. Returns the group name.
 */
export function carry(work: MergeWork, value: FieldValue, options: CarryOptions = {}): string {
  const { as, keepPreference, edit } = options;
  const known = work.groupNames.has(groupKey(value));
  const group = as !== undefined ? '' : value.line.group === '' ? (options.group ?? '') : groupFor(work, value);
  const before = textOf(work, value);
  const placed = as === undefined ? withGroup(before, group) : rename(before, as);
  const plain = keepPreference ? placed : withoutPreference(placed);
  place(work, as ?? value.property, value, before, edit?.(plain) ?? plain);
  settle(work, value, as === undefined ? 'carried' : 'kept-aside', as);
  if (as === undefined && value.line.group !== '' && !known) carryCompanions(work, value);
  return group;
}

function textOf(work: MergeWork, { card, index }: FieldValue): string {
  return textIn(work.cards[card]!, work.cards[card]!.lines[index]!, work.version);
}

/** Adds the line under `property`: its own octets when its text did not change. */
function place(work: MergeWork, property: string, { card, index }: FieldValue, before: string, text: string): void {
  const { octets, lines, version } = work.cards[card]!;
  const line = lines[index]!;
  const readable = propertyOf(line) !== UNREADABLE_LINE;
  const verbatim =
    readable && version === work.version && text === before ? octets.subarray(line.start, line.end) : undefined;
  work.result.add(property, text, verbatim);
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
  return work.account.has(`${value.card}/${value.index}`);
}

/** The labels of a group come once, behind the first of its lines that is carried. */
function carryCompanions(work: MergeWork, value: FieldValue): void {
  for (const companion of work.companions.get(groupKey(value)) ?? []) {
    const before = textOf(work, companion);
    place(work, value.property, companion, before, withGroup(before, groupFor(work, companion)));
    settle(work, companion, 'carried');
  }
}
