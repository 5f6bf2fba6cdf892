/** Properties that may stand several times: every value that is not there yet comes in; equal ones lend their parameters and labels. */
import { append } from '../base/append.ts';
import type { Parameter } from '../contentline/content-line.ts';
import { parseContentLine } from '../contentline/parse-line.ts';
import { formatParameter } from '../contentline/write.ts';
import { companionsOf, companionText, groupOnReference, missingCompanions } from './companions.ts';
import { asideOf, ruleOf } from './field-rules.ts';
import { plainText } from './field-text.ts';
import { type FieldValue, isPreferred, meaningfulTypes } from './field-values.ts';
import { withGroup, withParameters, withValue } from './line-text.ts';
import { carry, type Incoming, type MergeWork, settle } from './merge-work.ts';

/** Brings the values of `property` from the sources, and `losers` that are kept aside under its name, onto the result. */
export function mergeUnion(work: MergeWork, property: string, losers: readonly FieldValue[] = []): void {
  const all = work.byProperty.get(property) ?? [];
  const onReference = Map.groupBy(
    all.filter(({ card }) => card === 0),
    ({ key }) => key,
  );
  const incoming: Incoming[] = all.filter(({ card }) => card > 0).map((value) => ({ value }));
  for (const value of losers) incoming.push({ value, as: property });
  const classes = classesOf(incoming);
  const absorbed = ruleOf(property).fullerAbsorbs ? absorb(onReference, classes) : new Map<string, string>();
  const preferred = preferredClass(all, classes);
  for (const [key, members] of classes) {
    const target = absorbed.get(key) ?? key;
    if (key === '') for (const { value } of members) settle(work, value, 'present');
    else if (onReference.has(target)) lend(work, onReference.get(target)!, members);
    else if (target !== key) for (const { value } of members) settlePresent(work, { value });
    else bringIn(work, members, key === preferred);
  }
}

function classesOf(incoming: readonly Incoming[]): Map<string, Incoming[]> {
  const classes = new Map<string, Incoming[]>();
  for (const entry of incoming) append(classes, entry.value.key, entry);
  return classes;
}

/** PREF comes from the reference. Only where it has no such property at all may the one preferred value of the sources keep its mark. */
function preferredClass(
  all: readonly FieldValue[],
  classes: ReadonlyMap<string, readonly Incoming[]>,
): string | undefined {
  if (all.some(({ card }) => card === 0)) return undefined;
  const marked = [...classes].filter(([, members]) => members.some(({ value }) => isPreferred(value.line)));
  return marked.length === 1 ? marked[0]![0] : undefined;
}

/** Every value is held against every other: beyond this many none is taken for part of another. */
const MOST_ABSORBED = 40;

/**
 * Keys of shorter values to the key of the only fuller value that begins with them (`Acme` to `Acme;Sales`).
 * On the reference the fuller value then takes the place of the shorter one: see `lend`.
 */
function absorb(onReference: ReadonlyMap<string, unknown>, classes: ReadonlyMap<string, unknown>): Map<string, string> {
  const keys = [...new Set([...onReference.keys(), ...classes.keys()])].filter((key) => key !== '');
  if (keys.length > MOST_ABSORBED) return new Map();
  const fuller = (key: string): string[] => keys.filter((other) => other.startsWith(`${key};`));
  const into = new Map<string, string>();
  for (const key of keys) {
    const longer = fuller(key).filter((other) => fuller(other).length === 0);
    if (longer.length !== 1) continue;
    if (!onReference.has(key)) into.set(key, longer[0]!);
    else if (!onReference.has(longer[0]!)) into.set(longer[0]!, key);
  }
  return into;
}

/** The value is on the reference: parameters and labels that it lacks there are added to its first line, a fuller spelling takes its place. */
function lend(work: MergeWork, there: readonly FieldValue[], members: readonly Incoming[]): void {
  const to = there[0]!;
  let text = work.result.textAt(to.index);
  const fuller = fullerSpelling(work, to, members);
  if (fuller !== undefined) text = withValue(text, fuller);
  text = withParameters(text, missingParameters(there, members));
  for (const entry of members) settlePresent(work, entry);
  const labels = missingCompanions(work, there, members);
  if (labels.length > 0) {
    const group = to.line.group || groupOnReference(work, to);
    text = withGroup(text, group);
    for (const companion of labels) {
      work.result.addBehind(to.index, companionText(group, companion));
      settle(work, companion, 'carried');
    }
  }
  if (text !== work.result.textAt(to.index)) work.result.replace(to.index, text);
}

function settlePresent(work: MergeWork, { value, as }: Incoming): void {
  settle(work, value, as === undefined ? 'present' : 'kept-aside', as);
}

/** Parameters that say how a value is written, or order lines of their own card. */
const OF_ITS_LINE = /^(?:|TYPE|PREF|VALUE|ENCODING|CHARSET|ALTID|PID)$/;

/** TYPE words, and parameters of other names, that the members have and the lines which are there lack. */
function missingParameters(there: readonly FieldValue[], members: readonly Incoming[]): Parameter[] {
  const known = new Set(there.flatMap(({ line }) => meaningfulTypes(line)));
  const types = members.flatMap(({ value }) => meaningfulTypes(value.line)).filter((type) => !known.has(type));
  const words = [...new Set(types)].sort().map((type) => type.toUpperCase());
  const names = new Set(there.flatMap(({ line }) => line.params.map(({ name }) => name)));
  const params = members.flatMap(({ value }) => value.line.params).filter(({ name }) => !OF_ITS_LINE.test(name));
  params.sort((a, b) => (formatParameter(a) < formatParameter(b) ? -1 : 1));
  const missing = params.filter(({ name }) => !names.has(name) && names.add(name));
  return words.length === 0 ? missing : [{ name: 'TYPE', values: words }, ...missing];
}

/** The longest value among the members that begins with the whole of this one; undefined when this one is the longest. */
function fullerSpelling(work: MergeWork, to: FieldValue, members: readonly Incoming[]): string | undefined {
  if (!ruleOf(to.property).fullerAbsorbs) return undefined;
  const own = parseContentLine(work.result.textAt(to.index)).value;
  const longer = members
    .map(({ value }) => value.line.value)
    .filter((value) => value.length > own.length && value.toLowerCase().startsWith(own.toLowerCase()))
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1))[0];
  return longer === undefined ? undefined : own + longer.slice(own.length);
}

/** The value is new: the fullest of its spellings comes in, with the parameters and labels of all. */
function bringIn(work: MergeWork, members: readonly Incoming[], keepPreference: boolean): void {
  const [first, ...others] = [...members].sort(
    (a, b) => byFullness(a.value, b.value) || byLabel(work, a.value, b.value),
  );
  const { value, as } = first!;
  if (as !== undefined && isCurrent(work, as, value.key)) {
    for (const entry of members) settlePresent(work, entry);
    return;
  }
  const params = missingParameters([value], others);
  const labels = as === undefined ? missingCompanions(work, [value], others) : [];
  const group = labels.length > 0 && value.line.group === '' ? work.result.freeGroup('item1') : undefined;
  const carried = carry(work, value, {
    ...(as === undefined ? {} : { as }),
    ...(group === undefined ? {} : { group }),
    keepPreference,
    edit: (text) => withParameters(text, params),
  });
  for (const companion of labels) {
    work.result.add(value.property, companionText(carried, companion));
    settle(work, companion, 'carried');
  }
  for (const entry of others) settlePresent(work, entry);
}

/** Of two lines with one value the one with a label comes first, then by label and by all that is written. */
function byLabel(work: MergeWork, one: FieldValue, other: FieldValue): number {
  const written = (value: FieldValue): string => {
    const labels = companionsOf(work, value).map(({ line }) => plainText(line));
    return `${labels.length > 0 ? '0' : '1'}${labels.join()}${value.line.params.map(formatParameter).join('')}`;
  };
  const [a, b] = [written(one), written(other)];
  return a === b ? one.card - other.card || one.index - other.index : a < b ? -1 : 1;
}

/** A value kept aside elsewhere that is the one in use here need not be kept aside again. */
function isCurrent(work: MergeWork, aside: string, key: string): boolean {
  const property = asideOf(aside);
  if (property === undefined) return false;
  const shown = work.shown.get(property);
  if (shown !== undefined) return shown.has(key);
  return (work.byProperty.get(property) ?? []).some((value) => value.card === 0 && value.key === key);
}

/** Order that does not depend on the order of the cards: longer value first, then by text. */
export function byFullness(one: FieldValue, other: FieldValue): number {
  const byLength = other.line.value.length - one.line.value.length;
  if (byLength !== 0) return byLength;
  if (one.line.value === other.line.value) return 0;
  return one.line.value < other.line.value ? -1 : 1;
}
