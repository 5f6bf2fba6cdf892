/** A row of a table of contacts as a card of version 3.0. What no property stands for goes into the note, under its heading. */
import { escapeText } from '../../contentline/value.ts';
import { type LineContent, writeContentLine } from '../../contentline/write.ts';
import { ownLabel } from '../labels.ts';
import { columnsOf, typesIn } from './columns.ts';
import { BIRTH, type Column, CUSTOM, IGNORED } from './headings.ts';
import { type DayOrder, dateIn, dayOrderOf } from './table-dates.ts';

interface Slot {
  readonly property: string;
  readonly types: readonly string[];
  readonly parts: string[];
  label: string;
}

const DATES: ReadonlySet<string> = new Set(['BDAY', 'ANNIVERSARY', 'X-ABDATE']);
/** Properties whose single value is made of parts, by their number. */
const STRUCTURED: Readonly<Record<string, number>> = { N: 5, ADR: 7, ORG: 2 };
/** Google's sign between several values of one cell. */
const SEVERAL = ' ::: ';

/** The headings of a table, read once for all its rows. */
export interface Heading {
  readonly headings: readonly string[];
  readonly columns: readonly (Column | undefined)[];
}

/** Reads headings; undefined where they are none of a table of contacts: two are known at least, one of them a name, number or address. */
export function readHeading(headings: readonly string[]): Heading | undefined {
  const columns = columnsOf(headings);
  const known = columns.filter((column) => column !== undefined && column.property !== IGNORED);
  const tells = known.some((column) => /^(?:N|FN|EMAIL|TEL|ORG)$/.test(column!.property));
  return known.length >= 2 && tells ? { headings, columns } : undefined;
}

/** In which order the dates of each column name day and month; undefined for columns of no dates, or where no row tells. */
export function dayOrders({ columns }: Heading, rows: readonly (readonly string[])[]): (DayOrder | undefined)[] {
  const dated = columns.flatMap((column, at) => (column && DATES.has(column.property) ? [at] : []));
  const orders: (DayOrder | undefined)[] = columns.map(() => undefined);
  for (const row of rows)
    for (const at of dated) {
      if (at >= row.length) break;
      orders[at] ??= dayOrderOf(row[at]!);
    }
  return orders;
}

/** The card of one row; undefined for one that holds nothing by which anybody could be told. */
export function cardOfRow(
  { headings, columns }: Heading,
  row: readonly string[],
  orders: readonly (DayOrder | undefined)[],
): Buffer | undefined {
  const slots = new Map<string, Slot>();
  const notes: string[] = [];
  for (const [at, cell] of row.slice(0, columns.length).entries()) {
    const [column, value] = [columns[at], cell.trim()];
    if (value === '' || column?.property === IGNORED) continue;
    const date = column && DATES.has(column.property) && !column.isLabel ? dateIn(value, orders[at]) : value;
    if (date === 'none') continue;
    if (column === undefined || date === undefined) notes.push(`${headings[at]}: ${value}`);
    else put(slots, column, date);
  }
  notes.push(...setAside(slots));
  const fn = shownName(slots);
  if (fn === undefined) return undefined;
  const lines = [...nameLines(slots, fn), ...otherLines(slots), ...noteLines(slots, notes)];
  return Buffer.concat(
    [line('BEGIN', 'VCARD'), line('VERSION', '3.0'), ...lines, line('END', 'VCARD')].map((each) =>
      writeContentLine(each),
    ),
  );
}

/** Takes out of the slots what makes no line of its own: a date of birth in three cells, which becomes one, and what is only told. */
function setAside(slots: Map<string, Slot>): string[] {
  const told: string[] = [];
  for (const [key, { property, parts, label, types }] of slots) {
    if (property !== BIRTH && property !== CUSTOM) continue;
    slots.delete(key);
    const [first = '', ...rest] = parts;
    const day = property === BIRTH ? dateIn([first, ...rest].join('-'), undefined) : undefined;
    if (day !== undefined) slots.set('BDAY', { property: 'BDAY', types, parts: [day], label: '' });
    else told.push(`${property === BIRTH ? 'Birth' : label || 'Custom'}: ${parts.filter(Boolean).join('-')}`);
  }
  return told;
}

function put(slots: Map<string, Slot>, column: Column, value: string): void {
  const slot = slots.get(column.slot) ?? { property: column.property, types: column.types, parts: [], label: '' };
  slots.set(column.slot, slot);
  if (column.isLabel) slot.label = value;
  else slot.parts[column.part] = value;
}

const line = (name: string, value: string, params: LineContent['params'] = [], group = ''): LineContent => ({
  group,
  name,
  params,
  value,
});
const structured = (parts: readonly string[], length: number): string =>
  Array.from({ length }, (_, at) => escapeText(parts[at] ?? '')).join(';');

function shownName(slots: ReadonlyMap<string, Slot>): string | undefined {
  const [family, given, middle, , suffix] = slots.get('N')?.parts ?? [];
  const named = [given, middle, family, suffix].filter(Boolean).join(' ');
  const first = (property: string) => [...slots.values()].find((slot) => slot.property === property)?.parts[0];
  const full = first('FN') ?? '';
  return (
    full ||
    named ||
    first('NICKNAME') ||
    first('ORG') ||
    first('EMAIL')?.split(SEVERAL)[0] ||
    first('TEL')?.split(SEVERAL)[0] ||
    undefined
  );
}

function nameLines(slots: ReadonlyMap<string, Slot>, fn: string): LineContent[] {
  const n = slots.get('N');
  const isPerson = n !== undefined || slots.has('FN') || slots.has('NICKNAME');
  if (n) return [line('FN', escapeText(fn)), line('N', structured(n.parts, 5))];
  if (isPerson || ![...slots.values()].some(({ property }) => property === 'ORG'))
    return [line('FN', escapeText(fn)), line('N', `;${escapeText(fn)};;;`)];
  return [line('FN', escapeText(fn)), line('N', ';;;;'), line('X-ABShowAs', 'COMPANY')];
}

function otherLines(slots: ReadonlyMap<string, Slot>): LineContent[] {
  const lines: LineContent[] = [];
  let items = 0;
  for (const { property, types, parts, label } of slots.values()) {
    if (property === 'N' || property === 'FN' || property === 'NOTE' || parts.every((part) => part === undefined))
      continue;
    const said = [...new Set([...types, ...typesIn(label)])];
    const params = said.length > 0 && property !== 'ORG' ? [{ name: 'TYPE', values: said }] : [];
    const own = labelOf(property, label, said);
    for (const value of valuesOf(property, parts)) {
      const group = own === undefined ? '' : `item${++items}`;
      if (property === 'PHOTO') lines.push(line('PHOTO', value, [{ name: 'VALUE', values: ['uri'] }]));
      else lines.push(line(property, value, params, group));
      if (own !== undefined) lines.push(line('X-ABLabel', escapeText(own), [], group));
    }
  }
  return lines;
}

/** The values of a slot, escaped: the parts of a structured one together, of others each that stands in the cell. */
function valuesOf(property: string, parts: readonly string[]): string[] {
  const length = STRUCTURED[property];
  if (length !== undefined) return [structured(parts, length).replace(property === 'ORG' ? /;+$/ : /$^/, '')];
  const cell = parts[0] ?? '';
  if (property === 'CATEGORIES') {
    const names = cell.split(/ ::: |[;,]/).map((name) => name.trim());
    const own = names.filter((name) => name !== '' && !name.startsWith('*'));
    return own.length > 0 ? [own.map(escapeText).join(',')] : [];
  }
  const single = property === 'URL' || property === 'PHOTO';
  return cell.split(SEVERAL).map((value) => (single ? value.trim() : escapeText(value.trim())));
}

/** The label of a line that its TYPE does not say; relatives and dates always have one. */
function labelOf(property: string, label: string, types: readonly string[]): string | undefined {
  const word = label.replace(/^\*\s*/, '').trim();
  if (property === 'X-ABDATE' || property === 'X-ABRELATEDNAMES')
    return ownLabel(word === '' ? 'Other' : word[0]!.toUpperCase() + word.slice(1));
  return word === '' || types.length > 0 || /^(?:other|main|obsolete|profile)$/i.test(word) ? undefined : word;
}

function noteLines(slots: ReadonlyMap<string, Slot>, notes: readonly string[]): LineContent[] {
  const text = [slots.get('NOTE')?.parts[0], ...notes].filter(Boolean).join('\n');
  return text === '' ? [] : [line('NOTE', escapeText(text))];
}
