/** Cards side by side: one row for each value, each cell marked by how it agrees with the reference's. */

import { append } from '../base/append.ts';
import type { Card } from '../vcard/card.ts';
import { wordOfOwnLabel } from '../vcard/labels.ts';
import type { CellState, FieldCell, FieldRow, RowState } from './field-row.ts';
import { ruleOf } from './field-rules.ts';
import { folded, listItems, plainText } from './field-text.ts';
import { asStored, type FieldValue, fieldValues, groupKey, isPreferred, meaningfulTypes } from './field-values.ts';
import type { MergeOptions } from './outcome.ts';
import { photoInfo } from './photo.ts';

/** What one card has in one row. */
interface Entry {
  readonly value: FieldValue;
  readonly key: string;
  readonly text: string;
}

type Labels = ReadonlyMap<string, string>;

/**
 * Rows for `cards` (any versions), a row for each value that one of them has: equal values share a row, and so do near ones
 * of different cards. Rows come in the order of `ROW_ORDER`, then by card and line; `referenceIndex` is the card that cells are
 * compared with. Never throws; the same rules decide as in `mergeCards`.
 */
export function fieldRows(cards: readonly Card[], referenceIndex: number, options: MergeOptions = {}): FieldRow[] {
  const stored = cards.map(asStored);
  const version = stored[referenceIndex]?.version === '4.0' ? '4.0' : '3.0';
  const values = fieldValues(stored, version, options.region);
  const labels = labelsOf(values);
  const byProperty = new Map<string, Entry[]>();
  for (const value of values) {
    if (value.companion || value.key === '' || ruleOf(value.property).merge === 'own') continue;
    for (const entry of entriesOf(value)) append(byProperty, value.property, entry);
  }
  const properties = [...byProperty.keys()].sort((a, b) => rank(a) - rank(b));
  return properties.flatMap((property) => {
    const lines = linesOf(property, byProperty.get(property)!, referenceIndex);
    return lines.map((entries, n) => rowOf(property, n, entries, cards.length, referenceIndex, labels));
  });
}

/** The order in which people look at a card; properties that are not named come after these. */
const ROW_ORDER: readonly string[] = [
  'PHOTO',
  'FN',
  'N',
  'NICKNAME',
  'ORG',
  'TITLE',
  'ROLE',
  'TEL',
  'EMAIL',
  'ADR',
  'BDAY',
  'ANNIVERSARY',
];
const ROW_LAST: readonly string[] = ['URL', 'IMPP', 'X-SOCIALPROFILE', 'CATEGORIES', 'NOTE'];

function rank(property: string): number {
  const at = ROW_ORDER.indexOf(property);
  if (at >= 0) return at;
  const late = ROW_LAST.indexOf(property);
  return late >= 0 ? ROW_ORDER.length + late : ROW_ORDER.length + ROW_LAST.length;
}

/** Lists have one entry for each item, all other lines one. */
function entriesOf(value: FieldValue): Entry[] {
  if (ruleOf(value.property).merge === 'list')
    return listItems(value.line).map((text) => ({ value, key: folded(text), text }));
  return [{ value, key: value.key, text: ruleOf(value.property).text(value.line) }];
}

function labelsOf(values: readonly FieldValue[]): Labels {
  const labels = new Map<string, string>();
  for (const value of values)
    if (value.companion && value.line.name === 'X-ABLABEL')
      labels.set(groupKey(value), spokenLabel(plainText(value.line)));
  return labels;
}

/** `_$!<HomePage>!$_` as `home page`; a label of the user's own as it is. */
function spokenLabel(label: string): string {
  const word = wordOfOwnLabel(label);
  return word === undefined ? label : word.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

/** Entries that share a row. One row for all of a single-valued property; else by key, then near values of other cards join. */
function linesOf(property: string, entries: readonly Entry[], referenceIndex: number): Entry[][] {
  const rule = ruleOf(property);
  if (rule.merge === 'single' || rule.merge === 'photo' || rule.merge === 'note') return [[...entries]];
  const byKey = new Map<string, Entry[]>();
  for (const entry of entries) append(byKey, entry.key, entry);
  const classes = [...byKey.values()].sort(
    (a, b) => Number(hasCard(b, referenceIndex)) - Number(hasCard(a, referenceIndex)),
  );
  return rule.merge === 'list' || classes.length > MOST_COMPARED ? classes : joinNear(property, classes);
}

const hasCard = (entries: readonly Entry[], card: number): boolean => entries.some(({ value }) => value.card === card);

/** Every row is held against every other to find near values: beyond this many they stay rows of their own. */
const MOST_COMPARED = 60;

function joinNear(property: string, classes: readonly Entry[][]): Entry[][] {
  const { similar } = ruleOf(property);
  const rows: Entry[][] = [];
  for (const entries of classes) {
    const near = rows.find(
      (row) =>
        row.every(({ value }) => !hasCard(entries, value.card)) && similar(row[0]!.value.line, entries[0]!.value.line),
    );
    if (near) near.push(...entries);
    else rows.push([...entries]);
  }
  return rows;
}

function rowOf(
  property: string,
  n: number,
  entries: readonly Entry[],
  cards: number,
  referenceIndex: number,
  labels: Labels,
): FieldRow {
  const rule = ruleOf(property);
  const perCard = Array.from({ length: cards }, (_, card) => entries.filter(({ value }) => value.card === card));
  const filled = perCard.flatMap((own, card) => (own.length > 0 ? [card] : []));
  const basis = perCard[referenceIndex]!.length > 0 ? referenceIndex : filled[0]!;
  const states = perCard.map((own, card) => stateOf(property, own, perCard[basis]!, card === basis, filled.length));
  const chosen = new Set(entries.map(({ key }) => key)).size > 1 && (rule.merge === 'single' || rule.merge === 'photo');
  return {
    id: n === 0 ? property : `${property}:${n + 1}`,
    property,
    rule: rule.merge,
    state: rowState(states.filter((_, card) => card !== basis && filled.includes(card))),
    cells: perCard.map((own, card) => cellOf(card, states[card]!, own, labels)),
    choices: chosen ? [basis, ...filled.filter((card) => card !== basis)] : [],
  };
}

/** How a card's entries agree with those of the card that the row is measured by; that card itself is identical to itself. */
function stateOf(
  property: string,
  own: readonly Entry[],
  basis: readonly Entry[],
  isBasis: boolean,
  filled: number,
): CellState {
  if (own.length === 0) return 'missing';
  if (filled === 1) return 'only-here';
  if (isBasis) return 'identical';
  const [one, other] = [own[0]!, basis[0]!];
  if (keysOf(own) === keysOf(basis)) return textsOf(own) === textsOf(basis) ? 'identical' : 'equivalent';
  return ruleOf(property).similar(one.value.line, other.value.line) ? 'similar' : 'different';
}

const textsOf = (entries: readonly Entry[]): string => entries.map(({ text }) => text).join('\n');
const keysOf = (entries: readonly Entry[]): string => [...new Set(entries.map(({ key }) => key))].sort().join('\n');

const WEAKEST_FIRST: readonly RowState[] = ['different', 'similar', 'equivalent', 'identical'];

function rowState(others: readonly CellState[]): RowState {
  if (others.length === 0) return 'only-here';
  return WEAKEST_FIRST.find((state) => others.includes(state)) ?? 'identical';
}

function cellOf(card: number, state: CellState, entries: readonly Entry[], labels: Labels): FieldCell {
  const [first, ...others] = entries;
  const empty = { text: '', alsoWritten: [], types: [], preferred: false, label: undefined, photo: undefined };
  if (first === undefined) return { card, state, ...empty };
  const { line, property } = first.value;
  return {
    card,
    state,
    text: first.text,
    alsoWritten: others.map(({ text }) => text),
    types: [...new Set(entries.flatMap(({ value }) => meaningfulTypes(value.line)))],
    preferred: entries.some(({ value }) => isPreferred(value.line)),
    label: line.group === '' ? undefined : labels.get(groupKey(first.value)),
    photo: ruleOf(property).merge === 'photo' ? photoInfo(line) : undefined,
  };
}
