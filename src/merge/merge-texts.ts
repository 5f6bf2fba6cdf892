/** Properties whose values grow together: notes are joined, lists united. */
import { parseContentLine } from '../contentline/parse-line.ts';
import { escapeText, isQuotedPrintable } from '../contentline/value.ts';
import { folded, listItems, plainText } from './field-text.ts';
import type { FieldValue } from './field-values.ts';
import { withValue } from './line-text.ts';
import { carry, type MergeWork, settle } from './merge-work.ts';

/** Every note is searched in every other: beyond this many only whole repeats are found. */
const MOST_SEARCHED = 100;
const PARAGRAPH = '\\n\\n';

/** Appends the notes of the sources to the reference's first one, leaving out what a note there or another new one says already. */
export function mergeNotes(work: MergeWork, property: string): void {
  const all = work.byProperty.get(property) ?? [];
  const there = all.filter(({ card }) => card === 0).map(({ line }) => plainText(line));
  const incoming = all.filter(({ card }) => card > 0);
  const fullest = [...incoming].sort((a, b) => plainText(b.line).length - plainText(a.line).length || a.card - b.card);
  const wanted = new Set<FieldValue>();
  const said = new Set(there);
  for (const value of fullest) {
    const text = plainText(value.line);
    if (said.has(text) || (said.size < MOST_SEARCHED && [...said].some((other) => other.includes(text)))) continue;
    wanted.add(value);
    said.add(text);
  }
  for (const value of incoming) if (!wanted.has(value)) settle(work, value, 'present');
  append(
    work,
    property,
    incoming.filter((value) => wanted.has(value)),
    PARAGRAPH,
    escapedText,
  );
}

/** Adds the items of the sources' lists to the reference's first list. `further`: items that the merge itself found. */
export function mergeLists(work: MergeWork, property: string, further: readonly string[] = []): void {
  const all = work.byProperty.get(property) ?? [];
  const there = new Set(all.filter(({ card }) => card === 0).flatMap(({ line }) => listItems(line).map(folded)));
  const news = new Map<FieldValue, string[]>();
  for (const value of all.filter(({ card }) => card > 0)) {
    const items = listItems(value.line).filter((item) => !there.has(folded(item)) && there.add(folded(item)));
    if (items.length > 0) news.set(value, items);
    else settle(work, value, 'present');
  }
  const found = further.filter((item) => !there.has(folded(item)) && there.add(folded(item)));
  append(work, property, [...news.keys()], ',', (value) => news.get(value)!.map(escapeText).join(','), found);
}

/** The value as it is written in 3.0 and 4.0: its own escapes stay as they are. */
function escapedText({ line }: FieldValue): string {
  return isQuotedPrintable(line) ? escapeText(plainText(line)) : line.value.trim();
}

/** The first new value is carried as a line of its own when the reference has none; all others are appended to that line's value. */
function append(
  work: MergeWork,
  property: string,
  values: readonly FieldValue[],
  separator: string,
  textOf: (value: FieldValue) => string,
  further: readonly string[] = [],
): void {
  const place = (work.byProperty.get(property) ?? []).find(({ card, key }) => card === 0 && key !== '');
  const [first, ...rest] = place === undefined ? values : [undefined, ...values];
  const added = [...rest.filter((value) => value !== undefined).map(textOf), ...further.map(escapeText)].join(
    separator,
  );
  const grown = (value: string): string => (added === '' ? value : value === '' ? added : value + separator + added);
  for (const value of rest) if (value !== undefined) settle(work, value, 'carried');
  if (place !== undefined) {
    const text = work.result.textAt(place.index);
    if (added !== '') work.result.replace(place.index, withValue(text, grown(parseContentLine(text).value)));
  } else if (first !== undefined)
    carry(work, first, {
      keepPreference: true,
      edit: (text) => (added === '' ? text : withValue(text, grown(parseContentLine(text).value))),
    });
  else if (added !== '') work.result.add(property, `${property}:${added}`);
}
