/** What the side by side view shows of field rows. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CellState, FieldCell, FieldRow } from '../../src/api/contract/field-rows.ts';
import type { Preview } from '../../src/api/contract/merges.ts';
import { shownRows, unplacedAdditions } from '../../src/web/pages/duplicates/comparison.ts';

const cell = (cardId: string, state: CellState, text = ''): FieldCell => ({
  cardId,
  state,
  text,
  alsoWritten: [],
  types: [],
  preferred: false,
  label: null,
  photo: null,
});

const row = (id: string, state: FieldRow['state'], cells: FieldCell[], rest: Partial<FieldRow> = {}): FieldRow => ({
  id,
  property: id.split(':')[0]!,
  state,
  rule: 'union',
  choices: [],
  cells,
  ...rest,
});

const field = (property: string, text: string, fromCardIds: string[], added = true): Preview['fields'][number] => ({
  property,
  group: '',
  label: null,
  types: [],
  text,
  components: null,
  fromCardIds,
  added,
});

const preview = (rows: FieldRow[], fields: Preview['fields'] = [], referenceId = 'a'): Preview => ({
  referenceId,
  vcard: '',
  fields,
  kept: [],
  groups: [],
  rows,
  etags: {},
});

const CARDS = ['a', 'b', 'c'];
const marks = (rows: ReturnType<typeof shownRows>) => rows.map((each) => each.cells.map(({ state }) => state));

describe('marks of the cells', () => {
  it('marks the reference like the closest of the others', () => {
    const rows = [
      row('TEL', 'similar', [cell('a', 'identical', '1'), cell('b', 'identical', '1'), cell('c', 'similar', '2')]),
      row('BDAY', 'different', [cell('a', 'identical', '1'), cell('b', 'different', '2'), cell('c', 'missing')]),
    ];
    expect(marks(shownRows(rows, null, CARDS, 'a'))).toEqual([
      ['identical', 'identical', 'similar'],
      ['different', 'different', 'missing'],
    ]);
  });

  it('says only here of a value that the reference alone has', () => {
    const rows = [row('NOTE', 'only-here', [cell('a', 'identical', 'x'), cell('b', 'missing'), cell('c', 'missing')])];
    expect(marks(shownRows(rows, null, CARDS, 'a'))).toEqual([['only-here', 'missing', 'missing']]);
  });

  it('keeps one cell for each column in the order of the columns, whatever the rows name', () => {
    const anyRow = fc.uniqueArray(fc.constantFrom(...CARDS, 'stranger')).map((ids) =>
      row(
        'TEL',
        'similar',
        ids.map((id) => cell(id, 'similar', id)),
      ),
    );
    fc.assert(
      fc.property(fc.array(anyRow), fc.array(anyRow), fc.constantFrom(...CARDS), (all, live, referenceId) => {
        for (const shown of shownRows(all, preview(live, [], referenceId), CARDS, referenceId)) {
          expect(shown.cells.map((each) => each.cardId)).toEqual(CARDS);
        }
      }),
    );
  });
});

describe('what the merge adds', () => {
  const rows = [
    row('TEL', 'identical', [cell('a', 'identical', '+41 1'), cell('b', 'identical', '+41 1')]),
    row('TEL:2', 'only-here', [cell('a', 'missing'), cell('b', 'only-here', '+41 2')]),
  ];

  it('stands in the row of the card that holds it, also when fields write it with other separators', () => {
    const shown = shownRows(rows, preview(rows, [field('TEL', '+41-2', ['b'])]), ['a', 'b'], 'a');
    expect(shown.map((each) => each.additions.map((addition) => addition.text))).toEqual([[], ['+41-2']]);
  });

  it('leaves out what is on the reference already', () => {
    const shown = shownRows(rows, preview(rows, [field('TEL', '+41 1', ['a', 'b'], false)]), ['a', 'b'], 'a');
    expect(shown.flatMap((each) => each.additions)).toEqual([]);
  });

  it('says of joined notes that the reference’s own becomes them', () => {
    const notes = [
      row('NOTE', 'different', [cell('a', 'identical', 'x'), cell('b', 'different', 'y')], { rule: 'note' }),
    ];
    const shown = shownRows(notes, preview(notes, [field('NOTE', 'x\n\ny', ['a', 'b'])]), ['a', 'b'], 'a');
    expect(shown[0]!.additions).toMatchObject([{ text: 'x\n\ny', inPlace: true }]);
  });

  it('is not shown while the preview is still that of another reference', () => {
    const late = preview(rows, [field('TEL', '+41 2', ['b'])], 'b');
    expect(shownRows(rows, late, ['a', 'b'], 'a').flatMap((each) => each.additions)).toEqual([]);
  });

  it('is shown exactly once, in a row or as unplaced', () => {
    const anyField = fc.record({
      property: fc.constantFrom('TEL', 'URL'),
      text: fc.string(),
      from: fc.constantFrom('a', 'b'),
    });
    fc.assert(
      fc.property(fc.uniqueArray(anyField, { selector: (each) => each.property + each.text }), (fields) => {
        const live = preview(
          rows,
          fields.map((each) => field(each.property, each.text, [each.from])),
        );
        const shown = shownRows(rows, live, ['a', 'b'], 'a');
        const placed = shown.flatMap((each) => each.additions);
        expect(placed.length + unplacedAdditions(shown, live).length).toBe(fields.length);
      }),
    );
  });
});

describe('a card that is taken out', () => {
  const all = [
    row(
      'FN',
      'identical',
      CARDS.map((id) => cell(id, 'identical', 'Ann')),
    ),
    row('URL', 'only-here', [cell('a', 'missing'), cell('b', 'missing'), cell('c', 'only-here', 'https://c.example')]),
  ];
  const live = [row('FN', 'identical', [cell('a', 'identical', 'Ann'), cell('b', 'identical', 'Ann')])];

  it('still shows its values beside the others, and its own rows below', () => {
    const shown = shownRows(all, preview(live), CARDS, 'a');
    expect(shown.map((each) => each.cells.map(({ text }) => text))).toEqual([
      ['Ann', 'Ann', 'Ann'],
      ['', '', 'https://c.example'],
    ]);
  });
});

describe('choices', () => {
  it('are offered where values differ and the property takes one', () => {
    const cells = [cell('a', 'identical', '1'), cell('b', 'different', '2')];
    const rows = [
      row('BDAY', 'different', cells, { rule: 'single', choices: ['a', 'b'] }),
      row('TITLE', 'identical', cells, { rule: 'single', choices: ['a', 'b'] }),
      row('UID', 'different', cells, { rule: 'own' }),
    ];
    expect(shownRows(rows, null, ['a', 'b'], 'a').map((each) => each.choices)).toEqual([['a', 'b'], [], []]);
  });
});

describe('the full name and its parts', () => {
  const names = (parts: string) => [
    row('FN', 'different', [cell('a', 'identical', 'Ann Lee'), cell('b', 'different', 'A. Lee')], {
      rule: 'single',
      choices: ['a', 'b'],
    }),
    row('N', 'different', [cell('a', 'identical', 'Ann Lee'), cell('b', 'different', parts)], {
      rule: 'single',
      choices: ['a', 'b'],
    }),
  ];

  it('are one row that settles both where they say the same', () => {
    const shown = shownRows(names('A. Lee'), null, ['a', 'b'], 'a');
    expect(shown.map(({ property, settles }) => [property, settles])).toEqual([['FN', ['FN', 'N']]]);
  });

  it('are two rows where they differ', () => {
    const shown = shownRows(names('Anna Lee-Park'), null, ['a', 'b'], 'a');
    expect(shown.map(({ settles }) => settles)).toEqual([['FN'], ['N']]);
  });
});

describe('values that lost a choice', () => {
  it('are not told as additions, though they are kept aside on the card', () => {
    const cells = [cell('a', 'identical', '1'), cell('b', 'different', '2')];
    const rows = [row('BDAY', 'different', cells, { rule: 'single', choices: ['a', 'b'] })];
    const live: Preview = {
      ...preview(rows, [field('X-MERGED-BDAY', '2', ['b'])]),
      kept: [{ cardId: 'b', property: 'BDAY', text: '2', fate: 'kept-aside', as: 'X-MERGED-BDAY' }],
    };
    const shown = shownRows(rows, live, ['a', 'b'], 'a');
    expect(shown.flatMap((each) => each.additions)).toEqual([]);
    expect(unplacedAdditions(shown, live)).toEqual([]);
  });
});
