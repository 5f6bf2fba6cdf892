/** Labels and address countries, which stand on lines of their own beside a value: Apple's itemN groups. */
import { escapeText } from '../contentline/value.ts';
import { wordOfOwnLabel } from '../vcard/labels.ts';
import { plainText } from './field-text.ts';
import { type FieldValue, groupKey, meaningfulTypes } from './field-values.ts';
import { type Incoming, type MergeWork, settle } from './merge-work.ts';

/**
 * Labels and address countries of equal values, one of each name that the lines which are there lack. Those that say the same
 * as one there are settled; a second, different label of a value stays in the merge record.
 */
export function missingCompanions(
  work: MergeWork,
  there: readonly FieldValue[],
  members: readonly Incoming[],
): FieldValue[] {
  const held = new Map<string, Set<string>>();
  const own = new Set(there.flatMap((value) => companionsOf(work, value)));
  for (const companion of own) hold(held, companion);
  const offered = members
    .filter(({ as }) => as === undefined)
    .flatMap(({ value }) => companionsOf(work, value))
    .filter((companion) => !own.has(companion))
    .sort((a, b) => (plainText(a.line) < plainText(b.line) ? -1 : 1));
  const missing: FieldValue[] = [];
  for (const companion of offered) {
    const keys = held.get(companion.line.name);
    if (keys?.has(companion.key) || (keys === undefined && saysType(companion, there)))
      settle(work, companion, 'present');
    else if (keys === undefined) {
      hold(held, companion);
      missing.push(companion);
    }
  }
  return missing;
}

function hold(held: Map<string, Set<string>>, { line, key }: FieldValue): void {
  held.set(line.name, (held.get(line.name) ?? new Set()).add(key));
}

/** Labels and countries that stand beside a value. */
export function companionsOf(work: MergeWork, value: FieldValue): readonly FieldValue[] {
  return value.line.group === '' ? [] : (work.companions.get(groupKey(value)) ?? []);
}

/** The group under which a line of the result that has none gets its labels: the same each time. */
export function groupOnReference(work: MergeWork, to: FieldValue): string {
  const key = `0/lent-to-${to.index}`;
  const known = work.groupNames.get(key);
  if (known !== undefined) return known;
  const name = work.result.freeGroup('item1');
  work.groupNames.set(key, name);
  return name;
}

/** A label or country as a line of another group. */
export function companionText(group: string, { line }: FieldValue): string {
  const name = line.name === 'X-ABLABEL' ? 'X-ABLabel' : line.name;
  return `${group}.${name}:${escapeText(plainText(line))}`;
}

/** Apple's own label for what the line's TYPE says already: `_$!<Home>!$_` on a line of TYPE=HOME. */
function saysType(companion: FieldValue, there: readonly FieldValue[]): boolean {
  const word = wordOfOwnLabel(plainText(companion.line))?.toLowerCase();
  if (word === undefined || companion.line.name !== 'X-ABLABEL') return false;
  return there.some(({ line }) => meaningfulTypes(line).includes(word === 'mobile' ? 'cell' : word));
}
