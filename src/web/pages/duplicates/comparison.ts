/** What the side by side view shows of each field row: pure, so that it is tested without a browser. */
import type { CellState, FieldCell, FieldRow, RowState } from '../../../api/contract/field-rows.ts';
import type { Preview } from '../../../api/contract/merges.ts';

type PreviewField = Preview['fields'][number];

/** A value that the merge brings onto the reference card. */
export interface Addition {
  readonly text: string;
  readonly label: string | null;
  readonly types: readonly string[];
  readonly fromCardIds: readonly string[];
  /** True: it takes the place of the reference's value, such as two notes joined. */
  readonly inPlace: boolean;
}

export interface ShownRow {
  readonly id: string;
  readonly property: string;
  /** Properties that a choice in this row settles: a full name settles its parts where they say the same. */
  readonly settles: readonly string[];
  /** True: the row above is of the same property, so the name need not be said again. */
  readonly continued: boolean;
  readonly state: RowState;
  /** Cards whose value may be kept instead of the reference's; empty when there is nothing to choose. */
  readonly choices: readonly string[];
  /** One for each card of the cluster, in the cluster's order. */
  readonly cells: readonly FieldCell[];
  /** What the merge puts on the reference card in this row. */
  readonly additions: readonly Addition[];
}

const CLOSEST_FIRST: readonly CellState[] = ['identical', 'equivalent', 'similar', 'different', 'only-here', 'missing'];

/**
 * The rows to draw. `rows` are the cluster's, of all its cards; `preview` has those of the cards that take part, compared
 * with the reference, and what the merge adds to it. `cardIds` is the order of the columns.
 */
export function shownRows(
  rows: readonly FieldRow[],
  preview: Preview | null,
  cardIds: readonly string[],
  referenceId: string,
): ShownRow[] {
  const all = preview === null ? rows : withOthers(preview.rows, rows);
  const parts = repeatedParts(all);
  const live = all.filter((row) => row !== parts);
  const waiting = preview?.referenceId === referenceId ? additionsOf(preview) : [];
  return live.map((row, index) => ({
    id: row.id,
    property: row.property,
    settles: row.property === 'FN' && parts ? ['FN', 'N'] : [row.property],
    continued: live[index - 1]?.property === row.property,
    state: row.state,
    choices: row.choices.length > 1 && row.state !== 'identical' ? row.choices : [],
    cells: markedCells(row, cardIds, referenceId),
    additions: takeAdditions(waiting, row, referenceId),
  }));
}

/** Additions that no row shows. */
export function unplacedAdditions(rows: readonly ShownRow[], preview: Preview | null): readonly PreviewField[] {
  const placed = new Set(rows.flatMap((row) => row.additions.map((addition) => `${row.property} ${addition.text}`)));
  return preview === null
    ? []
    : additionsOf(preview).filter(({ property, text }) => !placed.has(`${property} ${text}`));
}

/** What comes onto the reference, without what lost a choice and is only kept aside there. */
function additionsOf(preview: Preview): PreviewField[] {
  const aside = new Set(preview.kept.map((value) => value.as));
  return preview.fields.filter((field) => field.added && !aside.has(field.property));
}

/** The row of the parts of the name, where it says on every card just what the full name says. */
function repeatedParts(rows: readonly FieldRow[]): FieldRow | undefined {
  const [full, ...furtherFull] = rows.filter((row) => row.property === 'FN');
  const [parts, ...furtherParts] = rows.filter((row) => row.property === 'N');
  if (!full || !parts || furtherFull.length > 0 || furtherParts.length > 0) return undefined;
  if (!full.choices.every((cardId) => parts.choices.includes(cardId))) return undefined;
  const named = new Map(full.cells.map((cell) => [cell.cardId, bare(cell.text)]));
  return parts.cells.every((cell) => cell.state === 'missing' || bare(cell.text) === named.get(cell.cardId))
    ? parts
    : undefined;
}

/** The preview's rows with the values of cards that do not take part put beside them, or below where there is no such row. */
function withOthers(live: readonly FieldRow[], all: readonly FieldRow[]): FieldRow[] {
  const taking = new Set(live.flatMap((row) => row.cells.map((cell) => cell.cardId)));
  const result = live.map((row) => ({ ...row, cells: [...row.cells] }));
  for (const row of all) {
    const outside = row.cells.filter((cell) => !taking.has(cell.cardId) && cell.state !== 'missing');
    if (outside.length === 0) continue;
    const inside = row.cells.filter((cell) => taking.has(cell.cardId) && cell.state !== 'missing');
    const beside = result.find(
      (other) =>
        other.property === row.property &&
        other.cells.some((cell) => inside.some((known) => known.cardId === cell.cardId && known.text === cell.text)),
    );
    if (beside) beside.cells.push(...outside);
    else {
      const behind = result.findLastIndex((other) => other.property === row.property);
      const alone = { ...row, id: `${row.id} outside`, state: 'only-here' as const, choices: [], cells: outside };
      result.splice(behind < 0 ? result.length : behind + 1, 0, alone);
    }
  }
  return result;
}

/** The cells in the order of the columns; the reference's own is marked like the closest of the others. */
function markedCells(row: FieldRow, cardIds: readonly string[], referenceId: string): FieldCell[] {
  const byCard = new Map(row.cells.map((cell) => [cell.cardId, cell]));
  const others = row.cells.filter((cell) => cell.cardId !== referenceId && cell.state !== 'missing');
  const closest = CLOSEST_FIRST.find((state) => others.some((cell) => cell.state === state)) ?? 'only-here';
  return cardIds.map((cardId) => {
    const cell = byCard.get(cardId);
    if (!cell) return missingCell(cardId);
    return cardId === referenceId && cell.state !== 'missing' ? { ...cell, state: closest } : cell;
  });
}

function missingCell(cardId: string): FieldCell {
  return { cardId, state: 'missing', text: '', alsoWritten: [], types: [], preferred: false, label: null, photo: null };
}

/** Takes out of `waiting` the additions that belong into this row. */
function takeAdditions(waiting: PreviewField[], row: FieldRow, referenceId: string): Addition[] {
  const filled = row.cells.filter((cell) => cell.state !== 'missing');
  const onReference = filled.some((cell) => cell.cardId === referenceId);
  const joined = row.rule === 'note' || row.rule === 'list';
  const taken: Addition[] = [];
  for (const field of [...waiting]) {
    const held = filled.some((cell) => field.fromCardIds.includes(cell.cardId) && alike(cell, field));
    if (field.property !== row.property || !(held || joined || row.rule === 'photo')) continue;
    waiting.splice(waiting.indexOf(field), 1);
    const { text, label, types, fromCardIds } = field;
    taken.push({ text, label, types, fromCardIds, inPlace: onReference });
  }
  return taken;
}

const bare = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** The same value, though lists and fields may write it with other separators. */
function alike(cell: FieldCell, field: PreviewField): boolean {
  const wanted = bare(field.text);
  return [cell.text, ...cell.alsoWritten].some((text) => text === field.text || bare(text) === wanted);
}
