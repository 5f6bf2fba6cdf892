/** Cards side by side: which values share a row, and how they are marked. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FieldRow } from '../../src/merge/field-row.ts';
import { fieldRows } from '../../src/merge/field-rows.ts';
import { mergeCards } from '../../src/merge/merge.ts';
import { type Card, readCard } from '../../src/vcard/card.ts';
import { anyCard } from '../support/card-arbitrary.ts';

const card = (...lines: string[]): Card =>
  readCard(Buffer.from(['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n')));
const rowsOf = (...cards: Card[]): FieldRow[] => fieldRows(cards, 0, { region: 'DE' });
const states = (...cards: Card[]): string[] =>
  rowsOf(...cards).map(
    ({ id, state, cells }) => `${id} ${state}: ${cells.map((cell) => cell.text || '-').join(' | ')}`,
  );

describe('a row is', () => {
  test('identical where all that have the value write it alike', () => {
    expect(states(card('FN:Ann Lee'), card('FN:Ann Lee'), card())).toEqual(['FN identical: Ann Lee | Ann Lee | -']);
  });

  test('equivalent where it is the same after normalising', () => {
    expect(states(card('TEL:+49 151 1234567', 'EMAIL:a@b.c'), card('TEL:0151/1234567', 'EMAIL:A@B.C'))).toEqual([
      'TEL equivalent: +49 151 1234567 | 0151/1234567',
      'EMAIL equivalent: a@b.c | A@B.C',
    ]);
  });

  test('similar where it is near, different where it is not', () => {
    expect(states(card('N:Meyer;Ann;;;', 'BDAY:1990-01-02'), card('N:Meier;Ann;;;', 'BDAY:1950-05-06'))).toEqual([
      'N similar: Ann Meyer | Ann Meier',
      'BDAY different: 1990-01-02 | 1950-05-06',
    ]);
  });

  test('similar where a name is one in short, different where a word is another', () => {
    const against = (name: string) => states(card('FN:Camille Perrin'), card(`FN:${name}`))[0]!.split(':')[0];
    for (const name of ['C. Perrin', 'Perrin C', 'Perrin', 'Camille', 'Camille Rose Perrin'])
      expect([name, against(name)]).toEqual([name, 'FN similar']);
    for (const name of ['D. Perrin', 'C. P.', 'Anna Perrin', 'C. Meyer'])
      expect([name, against(name)]).toEqual([name, 'FN different']);
  });

  test('only-here where one card has it', () => {
    expect(states(card('TEL:1111111'), card('TEL:2222222'))).toEqual([
      'TEL only-here: 1111111 | -',
      'TEL:2 only-here: - | 2222222',
    ]);
  });
});

test('near values of several-valued properties stand side by side, though both are kept', () => {
  expect(states(card('EMAIL:ann.lee@gmail.com'), card('EMAIL:annlee@gmail.com'))).toEqual([
    'EMAIL similar: ann.lee@gmail.com | annlee@gmail.com',
  ]);
  expect(states(card('ORG:Acme AG'), card('ORG:Acme GmbH'))).toEqual(['ORG similar: Acme AG | Acme GmbH']);
});

test('an address is near where street, number and place are one, as far as both name a place', () => {
  const against = (address: string) =>
    states(card('ADR:;;Gartenstrasse 5;Bern;;3011;'), card(`ADR:${address}`))[0]!.split(':')[0];
  for (const near of [';;Gartenstr. 5;Bern;;;', ';;Gartenstr. 5;Berne;;3011;', ';;Gartenstr. 5;;;;'])
    expect([near, against(near)]).toEqual([near, 'ADR similar']);
  for (const far of [';;Gartenstr. 5;Basel;;4051;', ';;Gartenstr. 7;Bern;;3011;', ';;Ringstr. 5;Bern;;3011;'])
    expect([far, against(far)]).toEqual([far, 'ADR only-here']);
});

test('a birthday without a year shows none, though Apple’s programs write 1604', () => {
  const apple = card('BDAY;X-APPLE-OMIT-YEAR=1604;VALUE=date:1604-05-14');
  expect(states(apple, card('BDAY:1980-05-14'))).toEqual(['BDAY similar: --05-14 | 1980-05-14']);
});

test('items of lists have a row each', () => {
  expect(states(card('CATEGORIES:Family,Work'), card('CATEGORIES:work'))).toEqual([
    'CATEGORIES only-here: Family | -',
    'CATEGORIES:2 equivalent: Work | work',
  ]);
});

test('cells say types, preference and label in plain words', () => {
  const [row] = rowsOf(card('item1.TEL;type=HOME;type=VOICE;type=pref:1111111', 'item1.X-ABLabel:_$!<HomeFAX>!$_'));
  expect(row!.cells[0]).toEqual({
    card: 0,
    state: 'only-here',
    text: '1111111',
    alsoWritten: [],
    types: ['home'],
    preferred: true,
    label: 'home fax',
    photo: undefined,
  });
});

test('pictures are told apart by their octets, and can be chosen', () => {
  const [row] = rowsOf(
    card('PHOTO;ENCODING=b;TYPE=JPEG:AAEC'),
    card('PHOTO;VALUE=uri:http://x/y.png'),
    card('PHOTO;ENCODING=b;TYPE=JPEG:AAED'),
  );
  expect(row).toMatchObject({ property: 'PHOTO', rule: 'photo', state: 'different', choices: [0, 1, 2] });
  expect(row!.cells.map(({ photo }) => [photo?.mediaType, photo?.size, photo?.link])).toEqual([
    ['image/jpeg', 3, undefined],
    [undefined, 0, 'http://x/y.png'],
    ['image/jpeg', 3, undefined],
  ]);
});

test('the reference’s value is the measure, wherever it stands, and the first choice', () => {
  const [row] = fieldRows([card('BDAY:1990-01-02'), card('BDAY:1950-05-06'), card('BDAY:19500506')], 1);
  expect(row!.cells.map(({ state }) => state)).toEqual(['different', 'identical', 'equivalent']);
  expect(row!.choices).toEqual([1, 0, 2]);
});

test('UID, REV and PRODID are no rows', () => {
  expect(rowsOf(card('UID:a', 'REV:20240101T000000Z', 'PRODID:x'))).toEqual([]);
});

test('addresses and names read as people say them', () => {
  const source = card('N:Lee;Ann;Mary;Dr.;Jr.', 'ADR:;;Main St 1;Springfield;IL;62701;USA', 'ORG:Acme;Sales');
  expect(states(source).map((line) => line.replace(/.*: /, ''))).toEqual([
    'Dr. Ann Mary Lee Jr.',
    'Acme, Sales',
    'Main St 1, 62701 Springfield, IL, USA',
  ]);
});

const cluster = fc.array(anyCard(), { minLength: 1, maxLength: 4 });

test('every value of every card stands in exactly one cell, and every row has one cell for each card', () => {
  fc.assert(
    fc.property(cluster, (cards) => {
      for (const row of fieldRows(cards, cards.length - 1)) {
        expect(row.cells.map((cell) => cell.card)).toEqual(cards.map((_, n) => n));
        expect(row.cells.some(({ state }) => state !== 'missing')).toBe(true);
      }
    }),
  );
});

test('what a row calls identical or equivalent to the reference, a merge does not add', () => {
  fc.assert(
    fc.property(cluster, (cards) => {
      const [reference, ...sources] = cards;
      const { account } = mergeCards(reference!, sources);
      const carried = new Set(account.filter(({ fate }) => fate === 'carried').map(({ property }) => property));
      const rows = fieldRows(cards, 0).filter(({ property }) => carried.has(property));
      for (const property of new Set(rows.map((row) => row.property))) {
        const open = rows.filter(
          (row) =>
            row.property === property &&
            !(row.cells[0]!.state !== 'missing' && /^(?:identical|equivalent)$/.test(row.state)),
        );
        expect(open.length, property).toBeGreaterThan(0);
      }
    }),
  );
});
