/** Tables of contacts as cards: nothing of a row is lost, and nothing is guessed. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainText } from '../../src/merge/field-text.ts';
import { upgradeForImport } from '../../src/vcard/import-upgrade.ts';
import { isTable, readTable, type TableRow } from '../../src/vcard/table/read-table.ts';
import { validateCard } from '../../src/vcard/validate.ts';

const FOLDER = path.resolve(import.meta.dirname, '../fixtures/tables');
const file = (name: string): Buffer => readFileSync(path.join(FOLDER, `${name}.csv`));

async function rowsOf(octets: Buffer): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  for await (const row of readTable(octets) ?? []) rows.push(row);
  return rows;
}

/** The cards of a table without their frame, a line each. */
const cardsOf = async (table: Buffer): Promise<(string[] | undefined)[]> =>
  (await rowsOf(table)).map(({ octets }) => octets?.toString().replaceAll('\r\n ', '').split('\r\n').slice(2, -2));
const only = async (text: string): Promise<string[]> => (await cardsOf(Buffer.from(text)))[0]!;

describe('headings as programs spell them', () => {
  const EXPECTED = ['FN:Ann Lee', 'N:Lee;Ann;;;', 'EMAIL:a@x.example', 'TEL;TYPE=WORK:1 23', 'TEL;TYPE=CELL:2 34'];
  test.each([
    ['FirstName,LastName,EmailAddress,WorkPhone,MobilePhone'],
    ['firstname,lastname,emailaddress,workphone,mobilephone'],
    ['first_name,last_name,email_address,work_phone,mobile_phone'],
    ['First,Last,Email,Work Phone,Mobile'],
  ])('%s say what they say with blanks', async (headings) => {
    expect(await only(`${headings}\nAnn,Lee,a@x.example,1 23,2 34\n`)).toEqual(EXPECTED);
  });
});

describe('a table that is exported by', () => {
  test('Google gives labels, several values of a cell, relatives, dates and fields of one’s own', async () => {
    expect(await cardsOf(file('google'))).toEqual([
      [
        'FN:Ada B. Muster',
        'N:Muster;Ada;B.;Dr.;',
        'NICKNAME:Adi',
        'ORG:Acme;R&D',
        'TITLE:CTO',
        'BDAY:1985-04-12',
        'PHOTO;VALUE=uri:https://lh3.example/p.jpg',
        'CATEGORIES:Friends',
        'EMAIL;TYPE=HOME:ada@example.org',
        'EMAIL;TYPE=WORK:a.muster@acme.example',
        'EMAIL;TYPE=WORK:am@acme.example',
        'TEL;TYPE=CELL:+49 170 1234567',
        'item1.TEL:+49 89 123',
        'item1.X-ABLabel:Hütte',
        'ADR;TYPE=HOME:;;Weg 1;München;;80331;DE',
        'item2.X-ABRELATEDNAMES:Bo Muster',
        'item2.X-ABLabel:_$!<Spouse>!$_',
        'URL:https://ada.example',
        'item3.X-ABDATE:2010-05-06',
        'item3.X-ABLabel:_$!<Anniversary>!$_',
        'NOTE:Line one\\nline "two"\\nShoe size: 38',
      ],
    ]);
  });

  test('Outlook in German is read in the letters of Windows, with semicolons between, days before months', async () => {
    expect(await cardsOf(file('outlook-german-windows-1252'))).toEqual([
      [
        'FN:Jörg Müller',
        'N:Müller;Jörg;;Herr;',
        'ORG:Müller & Söhne GmbH;Verkauf',
        'TITLE:Leiter',
        'ADR;TYPE=WORK:;;Hauptstr. 5;Köln;;50667;Deutschland',
        'ADR;TYPE=HOME:;;Gasse 2;Köln;;50668;',
        'TEL;TYPE=WORK,FAX:+49 221 99',
        'TEL;TYPE=WORK:+49 221 98',
        'TEL;TYPE=HOME:0221 5',
        'TEL;TYPE=CELL:0171 555',
        'EMAIL:joerg@mueller.example',
        'EMAIL:jm@web.example',
        'BDAY:1970-03-14',
        'CATEGORIES:Kunden,Golf',
        'URL:http://mueller.example',
        'NOTE:Benutzer 1: K-17',
      ],
    ]);
  });

  test('Outlook in English keeps a date whose order no row tells in the note, and a company alone is one', async () => {
    const [bob, quarry] = await cardsOf(file('outlook-english'));
    expect(bob).toContain('N:Stone;Bob;;Mr.;Jr.');
    expect(bob).toContain('NOTE:Birthday: 4/5/1980');
    expect(bob!.some((line) => line.startsWith('BDAY'))).toBe(false);
    expect(quarry!.slice(0, 4)).toEqual(['FN:Quarry Inc', 'N:;;;;', 'X-ABShowAs:COMPANY', 'ORG:Quarry Inc']);
  });

  test('Outlook in French, LinkedIn behind its note, and Thunderbird with a birthday in three cells', async () => {
    expect((await cardsOf(file('outlook-french')))[0]).toContain('TEL;TYPE=CELL:06 39 98 00 00');
    expect(await cardsOf(file('linkedin'))).toEqual([
      ['FN:Eva Lang', 'N:Lang;Eva;;;', 'URL:https://www.linkedin.com/in/eva', 'ORG:Lang AG', 'TITLE:CEO'],
    ]);
    const [ida] = await cardsOf(file('thunderbird'));
    expect(ida).toContain('ADR;TYPE=HOME:;3. Stock;Allee 3;Berlin;;10115;DE');
    expect(ida).toContain('BDAY:1985-04-12');
  });
});

describe('a table', () => {
  test('with one date that tells has all its dates in that order', async () => {
    const rows = 'Name,Birthday,E-mail\nA B,4/5/1980,a@b.c\nC D,12/31/1981,c@d.e\n';
    expect((await cardsOf(Buffer.from(rows))).map((card) => card!.find((line) => line.startsWith('BDAY')))).toEqual([
      'BDAY:1980-04-05',
      'BDAY:1981-12-31',
    ]);
  });

  test('of a list somebody made is read by its headings, in any order and case', async () => {
    expect(await only('Telefon;NAME;Straße;Ort;PLZ\n030 1;Ida Roth;Allee 3;Berlin;10115\n')).toEqual([
      'FN:Ida Roth',
      'N:;Ida Roth;;;',
      'TEL:030 1',
      'ADR:;;Allee 3;Berlin;;10115;',
    ]);
  });

  test('has a title beside no job title, and a form of address beside one', async () => {
    expect(await only('Title,Name,Phone\nBoss,A B,1\n')).toContain('TITLE:Boss');
    expect(await only('Title,First Name,Last Name,Job Title\nMs,A,B,Boss\n')).toContain('N:B;A;;Ms;');
  });

  test('loses a row that names nobody and one whose quote is never closed, and no other', async () => {
    const cards = await cardsOf(Buffer.from('First Name,Last Name,Notes\nA,B,\n,,only a note\n,,\n"C,D,\nE,F,\n'));
    expect(cards.map((card) => card?.[0])).toEqual(['FN:A B', undefined, undefined]);
  });

  test('is none where cards stand, where headings are unknown or only one is known', () => {
    for (const text of ['BEGIN:VCARD\nName,Phone\n', 'some,words\na,b\n', 'Name\nAnn\n', 'Notes,Categories\nx,y\n', ''])
      expect([text, isTable(Buffer.from(text))]).toEqual([text, false]);
  });

  test('is told at once from what only begins like one, however long its cells are', () => {
    const began = performance.now();
    const digits = '1'.repeat(60_000);
    expect(isTable(Buffer.from(`First Name,Last Name,${digits}\n`))).toBe(true);
    expect(isTable(Buffer.from(`${' '.repeat(30_000)}${digits.slice(30_000)}x\n`))).toBe(false);
    // looking for a number in such a cell took a third of a minute
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  test('keeps every cell on a valid card, whatever it holds', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom('a,b', 'x;y', '"q"', 'l1\nl2', '::: a', 'ö'),
    );
    const headings = [
      'First Name',
      'Last Name',
      'Company',
      'Phone',
      'E-mail Address',
      'Home City',
      'Shoe size',
      'Notes',
    ];
    const quoted = (row: readonly string[]) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(',');
    await fc.assert(
      fc.asyncProperty(fc.tuple(...headings.map(() => cell)), async (cells) => {
        // a name by which the row is known, and no NUL, which no card may hold
        const row = cells.map((each, at) =>
          (at === 0 ? `x${each}` : each).replaceAll('\0', '').replace(/\s+/g, ' ').trim(),
        );
        const [read] = await rowsOf(Buffer.from(`${headings.join(',')}\n${quoted(row)}\n`));
        const card = validateCard(upgradeForImport(read!.octets!, 'uid'));
        const said = card.lines.map((line) => plainText(line)).join('\n');
        for (const each of row.filter((value) => !/[;:,\\\p{C}\uFFFD]/u.test(value))) expect(said).toContain(each);
      }),
    );
  });
});
