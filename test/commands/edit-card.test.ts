/** Editing the common fields of a card without losing the others. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CardForm, readCardForm } from '../../src/commands/card-form.ts';
import { editCard, newCard } from '../../src/commands/edit-card.ts';
import { type Card, readCard } from '../../src/vcard/card.ts';
import { anyCard } from '../support/card-arbitrary.ts';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
const card = (...lines: string[]) =>
  readCard(Buffer.from(['BEGIN:VCARD', 'VERSION:3.0', 'UID:a', ...lines, 'END:VCARD', ''].join('\r\n')));
const edited = (from: ReturnType<typeof card>, change: (form: CardForm) => Partial<CardForm>): string => {
  const form = readCardForm(from);
  return editCard(from, { ...form, ...change(form) }, NOW).toString();
};
/** The form of a card that does not exist yet. */
const EMPTY_FORM = readCardForm(readCard(Buffer.alloc(0)));
const linesOf = (octets: string): string[] => octets.split('\r\n').slice(3, -2);

/** The card without its first line of this name. */
function withoutFirst(from: Card, name: string): Card {
  const { start, end } = from.lines.find((line) => line.name === name)!;
  return readCard(Buffer.concat([from.octets.subarray(0, start), from.octets.subarray(end)]));
}

describe('editing a card', () => {
  it('that reads as before gives the very same octets, for any card', () => {
    fc.assert(
      fc.property(anyCard(), (any) => {
        expect(editCard(any, readCardForm(any), NOW).equals(any.octets)).toBe(true);
      }),
    );
  });

  const word = fc.stringMatching(/^[A-Za-zé;,\\:'"^-]{1,20}$/);
  const value = fc.record({ value: word, kind: fc.constantFrom('home', 'work', 'cell', 'fax', 'other', '') });
  const changes = fc.record(
    {
      displayName: word,
      name: fc.tuple(word, word, word, word, word),
      organisation: word,
      title: word,
      note: fc.string({ unit: 'grapheme', maxLength: 200 }),
      phones: fc.array(value, { maxLength: 3 }),
      birthday: fc.constantFrom('', '1990-02-28', '--02-29'),
    },
    { requiredKeys: [] },
  );

  it('keeps every line that no edited field stands on octet for octet, and reads back what was written', () => {
    fc.assert(
      fc.property(anyCard(), changes, fc.boolean(), (any, { phones, ...plain }, keep) => {
        const before = readCardForm(any);
        const more = (phones ?? []).map(
          (phone) => ({ ...phone, line: null, label: null }) as CardForm['phones'][number],
        );
        const form: CardForm = { ...before, ...plain, phones: [...(keep ? before.phones : []), ...more] };
        const after = readCard(editCard(any, form, NOW));
        const touched = new Set(['FN', 'N', 'ORG', 'TITLE', 'NOTE', 'TEL', 'BDAY', 'REV', 'X-ABLABEL']);
        const untouched = (of: typeof any) =>
          of.lines
            .filter((line) => !touched.has(line.name))
            .map((line) => of.octets.subarray(line.start, line.end).toString('latin1'));
        expect(untouched(after)).toEqual(untouched(any));
        const read = readCardForm(after);
        const bare = ({ value, kind }: CardForm['phones'][number]) => ({ value: value.trim(), kind });
        expect(read.phones.map(bare)).toEqual(form.phones.map(bare));
        for (const field of ['organisation', 'title', 'birthday'] as const) expect(read[field]).toBe(form[field]);
        // a card may have several notes: where the first is cleared, the next one is shown and none is lost
        const cleared = form.note.trim() === '' && before.note !== '';
        const shown = cleared ? readCardForm(withoutFirst(any, 'NOTE')).note : form.note.replace(/\r\n?/g, '\n').trim();
        expect(read.note).toBe(shown);
        expect(read.name).toEqual(form.name);
        expect(
          after.octets
            .toString()
            .split(/\r\n|\n/)
            .every((line) => Buffer.byteLength(line) <= 76),
        ).toBe(
          any.octets
            .toString()
            .split(/\r\n|\n/)
            .every((line) => Buffer.byteLength(line) <= 76),
        );
      }),
    );
  });

  it('changes the component of a structured value alone, with lists and further components as they were', () => {
    const from = card('N;SORT-AS="Dyk":van Dyk;Ann;Marie,Lou;Dr.;', 'FN:Ann', 'ORG:Acme\\, Inc.;Sales;Floor 2');
    const text = edited(from, (form) => ({
      name: ['van Dyk', 'Anna', 'Marie,Lou', 'Dr.', ''],
      department: 'R;D',
      title: form.title,
    }));
    expect(linesOf(text)).toEqual([
      'N;SORT-AS="Dyk":van Dyk;Anna;Marie,Lou;Dr.;',
      'FN:Ann',
      'ORG:Acme\\, Inc.;R\\;D;Floor 2',
    ]);
  });

  it('keeps the parameters of a changed value, and undoes an encoding that no longer holds', () => {
    const from = card(
      'FN:Ann',
      'item1.TEL;type=CELL;type=pref:1',
      'item1.X-ABLabel:boat',
      'NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:a=C3=A9',
    );
    const text = edited(from, (form) => ({
      note: `${form.note}!`,
      phones: [{ ...form.phones[0]!, value: '2' }],
    }));
    expect(linesOf(text)).toEqual(['FN:Ann', 'item1.TEL;type=CELL;type=pref:2', 'item1.X-ABLabel:boat', 'NOTE:aé!']);
  });

  it('takes the label along with a removed value, but not one that another value shares', () => {
    const from = card(
      'FN:Ann',
      'item1.TEL:1',
      'item1.X-ABLabel:boat',
      'item2.TEL:2',
      'item2.EMAIL:a@b',
      'item2.X-ABLabel:x',
    );
    expect(linesOf(edited(from, () => ({ phones: [] })))).toEqual(['FN:Ann', 'item2.EMAIL:a@b', 'item2.X-ABLabel:x']);
  });

  it('tells a kind anew beside the words that stay', () => {
    const from = card('FN:Ann', 'TEL;TYPE=WORK,VOICE:1', 'TEL;TYPE="work,fax":2');
    const kinds = (kind: 'cell' | 'home') =>
      linesOf(edited(from, (form) => ({ phones: form.phones.map((phone) => ({ ...phone, kind })) })));
    expect(kinds('cell').slice(1)).toEqual(['TEL;TYPE=WORK,VOICE;TYPE=cell:1', 'TEL;TYPE=work;TYPE=cell:2']);
    expect(kinds('home').slice(1)).toEqual(['TEL;TYPE=VOICE;TYPE=home:1', 'TEL;TYPE=home:2']);
  });

  it('clears a birthday that stands on the card twice', () => {
    const from = card('FN:Ann', 'BDAY:1985-04-12', 'BDAY:1986-01-01');
    expect(readCardForm(readCard(Buffer.from(edited(from, () => ({ birthday: '' }))))).birthday).toBe('');
  });

  it('writes a birthday as its version does, without a year too (RFC 6350 §4.3.1)', () => {
    const from = card('FN:Ann', 'BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12');
    expect(readCardForm(from).birthday).toBe('--04-12');
    expect(linesOf(edited(from, () => ({ birthday: '1985-04-12' })))[1]).toBe('BDAY:1985-04-12');
    const four = readCard(Buffer.from('BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\nBDAY:19850412\r\nEND:VCARD\r\n'));
    expect(readCardForm(four).birthday).toBe('1985-04-12');
    expect(edited(four, () => ({ birthday: '--02-29' }))).toContain('BDAY:--0229\r\n');
  });

  it('follows with REV when something changed, in its own style', () => {
    expect(edited(card('FN:A', 'REV:20200101T000000Z'), () => ({ title: 'x' }))).toContain('REV:20260102T030405Z');
    expect(edited(card('FN:A', 'REV:2020-01-01T00:00:00Z'), () => ({ title: 'x' }))).toContain(
      'REV:2026-01-02T03:04:05Z',
    );
  });

  it.each([
    ['card-nameless', { displayName: ' ', name: ['', '', '', '', ''] }],
    ['invalid-email', { emails: [{ line: null, value: 'no at sign', kind: '', label: null }] }],
    ['invalid-birthday', { birthday: '1985-02-30' }],
    ['unknown-line', { phones: [{ line: 1, value: '1', kind: '', label: null }] }],
  ] as [string, Partial<CardForm>][])('is refused with %s', (code, change) => {
    expect(() => edited(card('FN:Ann'), () => change)).toThrow(expect.objectContaining({ code }));
  });

  it('leaves an odd address alone that was there before', () => {
    const from = card('FN:Ann', 'EMAIL:not an address');
    expect(linesOf(edited(from, () => ({ title: 'x' })))).toEqual(['FN:Ann', 'EMAIL:not an address', 'TITLE:x']);
  });
});

describe('a new card', () => {
  it('is named after what the form holds', () => {
    const text = newCard({ ...EMPTY_FORM, name: ['Dyk', 'Ann', '', '', ''] }, 'u', NOW).toString();
    expect(text).toBe(
      'BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u\r\nN:Dyk;Ann;;;\r\nFN:Ann Dyk\r\nREV:20260102T030405Z\r\nEND:VCARD\r\n',
    );
    const phone = { line: null, value: '1', kind: 'cell', label: null } as const;
    expect(newCard({ ...EMPTY_FORM, phones: [phone] }, 'u', NOW).toString()).toContain('FN:1\r\n');
    expect(() => newCard(EMPTY_FORM, 'u', NOW)).toThrow(expect.objectContaining({ code: 'card-nameless' }));
  });
});
