/** Merges cards into the reference card, line by line, so that nothing anybody typed is lost (design: field rules, survivorship). */
import { append } from '../base/append.ts';
import { AppError } from '../base/errors.ts';
import { escapeText } from '../contentline/value.ts';
import type { Card } from '../vcard/card.ts';
import type { MergeRule } from './field-row.ts';
import { asideName, asideOf, ruleOf } from './field-rules.ts';
import { folded, plainText } from './field-text.ts';
import { asStored, type FieldValue, fieldValues, groupKey } from './field-values.ts';
import { formerNames } from './former-names.ts';
import { mergeSingle, type SingleOutcome } from './merge-single.ts';
import { mergeLists, mergeNotes } from './merge-texts.ts';
import { mergeUnion } from './merge-union.ts';
import { isSettled, type MergeWork, settle } from './merge-work.ts';
import type { MergeChoices, MergeOptions, MergeResult } from './outcome.ts';
import { resultCard } from './result-card.ts';

/**
 * The reference with everything that the sources add to it, in the reference's version.
 *
 * Lines of the reference stay octet for octet unless something joins them (a type, a label, an item, a note, a chosen value);
 * lines of the sources are carried verbatim where version and group name allow. No sources: the reference's own octets.
 * A reference of version 2.1 comes back as 3.0. The account says of each source line what became of it; in it, lines of a 2.1 card
 * are counted in its 3.0 form.
 * Throws `invalid` `unknown-choice` when a choice names a card without that property, or a property that takes several values.
 */
export function mergeCards(
  reference: Card,
  sources: readonly Card[],
  choices: MergeChoices = {},
  options: MergeOptions = {},
): MergeResult {
  if (sources.length === 0) return { octets: reference.octets, account: [] };
  const work = startWork([reference, ...sources].map(asStored), options);
  const complete = completeChoices(work, choices);
  const properties = [...work.byProperty.keys()].filter((property) => asideOf(property) === undefined);
  const outcomes = new Map(properties.map((property) => [property, mergeProperty(work, property, complete)]));
  mergeNames(work, outcomes.get('N'));
  keepAside(work, outcomes);
  for (const values of work.byProperty.values())
    for (const value of values) if (value.card > 0 && !isSettled(work, value)) settle(work, value, 'not-on-card');
  const account = [...work.account.values()].sort((a, b) => a.card - b.card || a.line - b.line);
  return { octets: work.result.octets(), account };
}

function startWork(cards: readonly Card[], { region }: MergeOptions): MergeWork {
  const version = cards[0]!.version === '4.0' ? '4.0' : '3.0';
  const byProperty = new Map<string, FieldValue[]>();
  const companions = new Map<string, FieldValue[]>();
  for (const value of fieldValues(cards, version, region)) {
    append(byProperty, value.companion ? `${value.property} of a group` : value.property, value);
    if (value.companion) append(companions, groupKey(value), value);
  }
  const reachable = [...(byProperty.get('EMAIL') ?? []), ...(byProperty.get('TEL') ?? [])];
  const addresses = new Set(reachable.map(({ card, line }) => `${card}/${folded(plainText(line))}`));
  const result = resultCard(cards[0]!, version);
  return {
    cards,
    version,
    byProperty,
    companions,
    addresses,
    result,
    groupNames: new Map(),
    account: new Map(),
    shown: new Map(),
  };
}

/** Name and formatted name belong together: who chooses one takes the other from the same card, if it has one. */
function completeChoices(work: MergeWork, choices: MergeChoices): MergeChoices {
  for (const [property, { from }] of Object.entries(choices)) {
    const { merge } = ruleOf(property);
    const refuse = (message: string): AppError =>
      new AppError('invalid', 'unknown-choice', message, { property, from });
    if (merge !== 'single' && merge !== 'photo')
      throw refuse(`${property} keeps all of its values; none can be chosen.`);
    const values = work.byProperty.get(property) ?? [];
    if (!values.some(({ card, key }) => card === from && key !== ''))
      throw refuse(`Card ${from} has no ${property} that could be taken.`);
  }
  const follow = (chosen: string, other: string): MergeChoices => {
    const choice = choices[chosen];
    if (choice === undefined || choices[other] !== undefined) return {};
    const there = (work.byProperty.get(other) ?? []).some((value) => value.card === choice.from && value.key !== '');
    return there ? { [other]: choice } : {};
  };
  return { ...choices, ...follow('N', 'FN'), ...follow('FN', 'N') };
}

type PropertyMerge = (work: MergeWork, property: string, choices: MergeChoices) => SingleOutcome | undefined;

const MERGES: Readonly<Record<MergeRule, PropertyMerge>> = {
  union: (work, property) => void mergeUnion(work, property),
  note: (work, property) => void mergeNotes(work, property),
  // nicknames wait for those that the names tell of (`mergeNames`)
  list: (work, property) => void (property === 'NICKNAME' || mergeLists(work, property)),
  single: mergeSingle,
  photo: mergeSingle,
  own: () => undefined,
};

/** Which value won and which lost, where there can be one only. Companions follow the line of their group. */
function mergeProperty(work: MergeWork, property: string, choices: MergeChoices): SingleOutcome | undefined {
  const ofReference = work.byProperty.get(property)!.every(({ card, companion }) => card === 0 || companion);
  if (ofReference && choices[property] === undefined) return undefined;
  return MERGES[ruleOf(property).merge](work, property, choices);
}

/** Nicknames, and what the N lines that lost tell of nicknames and former surnames. */
function mergeNames(work: MergeWork, outcome: SingleOutcome | undefined): void {
  const { nicknames, formerSurnames } = formerNames(outcome?.winner, outcome?.losers ?? []);
  mergeLists(work, 'NICKNAME', nicknames);
  const known = new Set((work.byProperty.get('X-MAIDENNAME') ?? []).map(({ key }) => key));
  for (const surname of formerSurnames) addMaidenName(work, surname, known);
}

/** Losers come onto the card under their other name, together with those that earlier merges kept so. */
function keepAside(work: MergeWork, outcomes: ReadonlyMap<string, SingleOutcome | undefined>): void {
  const losers = new Map<string, readonly FieldValue[]>();
  for (const property of work.byProperty.keys()) if (asideOf(property) !== undefined) losers.set(property, []);
  for (const [property, outcome] of outcomes) {
    const unsettled = (outcome?.losers ?? []).filter((value) => !isSettled(work, value));
    if (unsettled.length > 0) losers.set(asideName(property), unsettled);
  }
  for (const [name, values] of losers) mergeUnion(work, name, values);
}

function addMaidenName(work: MergeWork, surname: string, known: ReadonlySet<string>): void {
  if (known.has(folded(surname))) return;
  work.result.add('X-MAIDENNAME', `X-MAIDENNAME:${escapeText(surname)}`);
}
