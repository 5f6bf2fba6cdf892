import { describe, expect, it } from 'vitest';
import { readCard } from '../../src/vcard/card.ts';
import { yearlyDatesOf } from '../../src/vcard/yearly-dates.ts';

const datesOf = (...lines: string[]) =>
  yearlyDatesOf(readCard(Buffer.from(['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n'))));

describe('the yearly dates of a card', () => {
  it.each([
    ['BDAY:1985-04-12', { kind: 'birthday', year: 1985, month: 4, day: 12 }],
    ['BDAY;VALUE=date:19850412', { kind: 'birthday', year: 1985, month: 4, day: 12 }],
    ['BDAY:1985-04-12T00:00:00Z', { kind: 'birthday', year: 1985, month: 4, day: 12 }],
    ['BDAY:--0412', { kind: 'birthday', month: 4, day: 12 }],
    ['BDAY:--04-12', { kind: 'birthday', month: 4, day: 12 }],
    ['BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12', { kind: 'birthday', month: 4, day: 12 }],
    ['BDAY:1604-02-29', { kind: 'birthday', month: 2, day: 29 }],
    ['BDAY:--0229', { kind: 'birthday', month: 2, day: 29 }],
    ['ANNIVERSARY:20090808', { kind: 'anniversary', year: 2009, month: 8, day: 8 }],
    ['X-ANNIVERSARY:2009-08-08', { kind: 'anniversary', year: 2009, month: 8, day: 8 }],
  ])('read %s (RFC 6350 §6.2.5, §6.2.6)', (line, expected) => {
    expect(datesOf(line)).toEqual([{ year: undefined, ...expected }]);
  });

  it('read an anniversary that Apple wrote, and no other labelled date', () => {
    const apple = ['item1.X-ABDATE:2009-08-08', 'item1.X-ABLabel:_$!<Anniversary>!$_'];
    expect(datesOf(...apple)).toMatchObject([{ kind: 'anniversary', year: 2009 }]);
    expect(datesOf('item1.X-ABDATE:2009-08-08', 'item1.X-ABLabel:_$!<Other>!$_')).toEqual([]);
  });

  it.each([
    'BDAY:1985-04',
    'BDAY:1985',
    'BDAY:---12',
    'BDAY:T10',
    'BDAY:1985-02-29',
    'BDAY:1985-13-01',
    'BDAY:circa 1800',
    'BDAY:',
  ])('leave %s out, which is no day of a year', (line) => {
    expect(datesOf(line)).toEqual([]);
  });

  it('take the first readable one of each kind', () => {
    expect(datesOf('BDAY:soon', 'BDAY:--0412', 'BDAY:--0501', 'ANNIVERSARY:--0601')).toMatchObject([
      { kind: 'birthday', month: 4 },
      { kind: 'anniversary', month: 6 },
    ]);
  });
});
