/** Properties of one value: the reference's stays unless another is chosen; what loses is kept aside or in the record. */
import { ruleOf } from './field-rules.ts';
import { folded, plainText } from './field-text.ts';
import { type FieldValue, textIn } from './field-values.ts';
import { withGroup } from './line-text.ts';
import { byFullness } from './merge-union.ts';
import { carry, type MergeWork, settle } from './merge-work.ts';
import type { MergeChoices } from './outcome.ts';
import { photoInfo } from './photo.ts';

/** The value of a single-valued property that the result shows, and those that lost against it. */
export interface SingleOutcome {
  readonly winner: FieldValue | undefined;
  readonly losers: readonly FieldValue[];
}

/** Settles one property of rule `single` or `photo`, except for losers that are to be kept aside. */
export function mergeSingle(work: MergeWork, property: string, choices: MergeChoices): SingleOutcome {
  const rule = ruleOf(property);
  const all = (work.byProperty.get(property) ?? []).filter((value) => value.key !== '');
  const own = all.filter(({ card }) => card === 0);
  const winner = winnerOf(work, property, choices);
  const winning = winner?.key ?? rule.implied;
  if (winner !== undefined && winner.card !== 0) take(work, property, winner, winning!);
  const replaced = winner?.card === 0 || winner === undefined ? undefined : firstOnReference(work, property);
  const held = new Set([winning, ...own.filter((value) => value !== replaced).map(({ key }) => key)]);
  work.shown.set(property, held);
  const others = all.filter((value) => value !== winner && (value.card !== 0 || value === replaced));
  for (const value of others) if (held.has(value.key)) settle(work, value, 'present');
  const losers = others.filter((value) => !held.has(value.key) && !isPlaceholder(work, value));
  for (const value of others) if (!held.has(value.key) && isPlaceholder(work, value)) settle(work, value, 'present');
  if (rule.merge === 'photo' || rule.loserOnlyInRecord) for (const value of losers) settle(work, value, 'not-on-card');
  return { winner, losers };
}

/** The value that the result shows: the chosen one, the reference's, or the best that the sources have. */
function winnerOf(work: MergeWork, property: string, choices: MergeChoices): FieldValue | undefined {
  const all = (work.byProperty.get(property) ?? []).filter((value) => value.key !== '');
  const choice = choices[property];
  if (choice !== undefined) return all.find(({ card }) => card === choice.from);
  const own = all.find((value) => value.card === 0 && !isPlaceholder(work, value));
  if (own !== undefined || ruleOf(property).implied !== undefined) return own;
  const best = bestOf(
    property,
    all.filter((value) => value.card > 0 && !isPlaceholder(work, value)),
  );
  return best ?? all[0];
}

/** Most cards agree, then the fullest; for pictures the largest. Does not depend on the order of the cards. */
function bestOf(property: string, values: readonly FieldValue[]): FieldValue | undefined {
  const votes = new Map<string, number>();
  for (const { key } of values) votes.set(key, (votes.get(key) ?? 0) + 1);
  const size = (value: FieldValue): number =>
    ruleOf(property).merge === 'photo' ? photoInfo(value.line).size : votes.get(value.key)!;
  return [...values].sort((a, b) => size(b) - size(a) || byFullness(a, b))[0];
}

/** A formatted name that only repeats an address or number of its card says no name. */
function isPlaceholder(work: MergeWork, value: FieldValue): boolean {
  if (value.property !== 'FN') return false;
  return work.addresses.has(`${value.card}/${folded(plainText(value.line))}`);
}

function firstOnReference(work: MergeWork, property: string): FieldValue | undefined {
  return (work.byProperty.get(property) ?? []).find(({ card }) => card === 0);
}

/** Puts a source's value in the place of the reference's, or adds it where the reference has no such line. */
function take(work: MergeWork, property: string, winner: FieldValue, key: string): void {
  const place = firstOnReference(work, property);
  if (place === undefined) {
    carry(work, winner, { keepPreference: true });
    return;
  }
  if (place.key === key) {
    settle(work, winner, 'present');
    return;
  }
  const card = work.cards[winner.card]!;
  const text = textIn(card, card.lines[winner.index]!, work.version);
  work.result.replace(place.index, withGroup(text, place.line.group));
  settle(work, winner, 'carried');
  if (place.key === '') settle(work, place, 'present');
}
