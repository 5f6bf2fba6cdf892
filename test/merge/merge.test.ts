/** What a merge makes of single properties, by example. */
import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/base/errors.ts';
import { mergeCards } from '../../src/merge/merge.ts';
import type { MergeChoices } from '../../src/merge/outcome.ts';
import { type Card, readCard } from '../../src/vcard/card.ts';

const card = (version: string, ...lines: string[]): Card =>
  readCard(Buffer.from(['BEGIN:VCARD', `VERSION:${version}`, ...lines, 'END:VCARD', ''].join('\r\n')));
const three = (...lines: string[]): Card => card('3.0', ...lines);
const merged = (reference: Card, sources: readonly Card[], choices: MergeChoices = {}, region?: string): string[] =>
  mergeCards(reference, sources, choices, region === undefined ? {} : { region })
    .octets.toString()
    .replaceAll('\r\n ', '')
    .split('\r\n')
    .slice(2, -2);

describe('several values (TEL, EMAIL, ADR, …)', () => {
  test('come in verbatim behind those of the reference', () => {
    const result = merged(three('TEL:+491511234567', 'NOTE:x'), [three('X-B:1', 'TEL;type=WORK:+49 30 7654321')]);
    expect(result).toEqual(['TEL:+491511234567', 'TEL;type=WORK:+49 30 7654321', 'NOTE:x', 'X-B:1']);
  });

  test('that are equal after normalising come in once, and their types are united', () => {
    const source = three('TEL;TYPE=HOME,VOICE:0151 1234567', 'EMAIL;TYPE=INTERNET:ANN@Example.org');
    expect(merged(three('TEL;TYPE=CELL:+491511234567', 'EMAIL:ann@example.org'), [source], {}, 'DE')).toEqual([
      'TEL;TYPE=CELL;TYPE=HOME:+491511234567',
      'EMAIL:ann@example.org',
    ]);
  });

  test('that are only near are both kept', () => {
    const result = merged(three('EMAIL:ann.lee@gmail.com'), [three('EMAIL:annlee@gmail.com')]);
    expect(result).toEqual(['EMAIL:ann.lee@gmail.com', 'EMAIL:annlee@gmail.com']);
  });

  test('two numbers with one ending and different area codes are both kept', () => {
    const result = merged(three('TEL:+49 30 12345678'), [three('TEL:+49 89 12345678'), three('TEL:12345678')]);
    expect(result).toEqual(['TEL:+49 30 12345678', 'TEL:+49 89 12345678', 'TEL:12345678']);
  });

  test('PREF comes from the reference only', () => {
    const source = three('TEL;type=HOME;type=pref:2222222', 'TEL;TYPE=PREF:3333333', 'TEL;PREF;CELL:4444444');
    expect(merged(three('TEL;TYPE=pref:1111111'), [source])).toEqual([
      'TEL;TYPE=pref:1111111',
      'TEL;type=HOME:2222222',
      'TEL:3333333',
      'TEL;CELL:4444444',
    ]);
    expect(merged(three('FN:x'), [three('EMAIL;TYPE=pref:a@b.c')])).toContain('EMAIL;TYPE=pref:a@b.c');
  });

  test('a company with its department takes the place of the company alone', () => {
    expect(merged(three('ORG:Acme'), [three('ORG:Acme;Sales')])).toEqual(['ORG:Acme;Sales']);
    expect(merged(three('ORG:Acme;Sales'), [three('ORG:ACME')])).toEqual(['ORG:Acme;Sales']);
    expect(merged(three('ORG:Acme'), [three('ORG:Acme;Sales'), three('ORG:Acme;Law')])).toEqual([
      'ORG:Acme',
      'ORG:Acme;Sales',
      'ORG:Acme;Law',
    ]);
  });
});

describe('itemN groups', () => {
  const reference = three('item1.TEL:1111111', 'item1.X-ABLabel:mine');

  test('are renumbered where their name is taken, and labels stay with their values', () => {
    const source = three(
      'item1.URL:http://a/',
      'item1.X-ABLabel:_$!<HomePage>!$_',
      'item2.ADR:;;Weg 1;;;;',
      'item2.X-ABADR:de',
    );
    expect(merged(reference, [source, source])).toEqual([
      'item1.TEL:1111111',
      'item1.X-ABLabel:mine',
      'item2.URL:http://a/',
      'item2.X-ABLabel:_$!<HomePage>!$_',
      'item3.ADR:;;Weg 1;;;;',
      'item3.X-ABADR:de',
    ]);
  });

  test('a label of an equal value goes to the reference’s line that has none', () => {
    expect(merged(three('TEL;TYPE=HOME:1111111', 'FN:x'), [reference])).toEqual([
      'item1.TEL;TYPE=HOME:1111111',
      'item1.X-ABLabel:mine',
      'FN:x',
    ]);
  });

  test('a second label of one value stays in the merge record', () => {
    const { octets, account } = mergeCards(reference, [three('item1.TEL:1111111', 'item1.X-ABLabel:other')]);
    expect(octets.equals(reference.octets)).toBe(true);
    expect(account.find(({ line }) => line === 3)).toMatchObject({ property: 'X-ABLABEL', fate: 'not-on-card' });
  });
});

describe('single values', () => {
  test('stay the reference’s; what loses is kept aside under a name of its own', () => {
    const result = merged(three('FN:Ann Lee', 'N:Lee;Ann;;;', 'BDAY:1990-01-02'), [
      three('FN:Dr. Ann Lee-Smith', 'N:Lee;Ann;;Dr.;', 'BDAY:1990-02-01'),
    ]);
    expect(result).toEqual([
      'FN:Ann Lee',
      'N:Lee;Ann;;;',
      'BDAY:1990-01-02',
      'X-MERGED-FN:Dr. Ann Lee-Smith',
      'X-MERGED-N:Lee;Ann;;Dr.;',
      'X-MERGED-BDAY:1990-02-01',
    ]);
  });

  test('that say the same are not kept twice', () => {
    const source = three('FN:Lee\\, Ann', 'N:LEE;ann', 'BDAY:19900102', 'KIND:individual');
    const reference = three('FN:Ann Lee', 'N:Lee;Ann;;;', 'BDAY:1990-01-02');
    expect(mergeCards(reference, [source]).octets.equals(reference.octets)).toBe(true);
  });

  test('come from a source where the reference has none, or a name that is only an address', () => {
    expect(
      merged(three('FN:a@b.c', 'N:;;;;', 'EMAIL:a@b.c'), [three('FN:Ann Lee', 'N:Lee;Ann;;;', 'GENDER:F')]),
    ).toEqual(['FN:Ann Lee', 'N:Lee;Ann;;;', 'EMAIL:a@b.c', 'GENDER:F']);
  });

  test('can be chosen, the name with its formatted form', () => {
    const reference = three('N:Lee;Bob;;;', 'FN:Bob Lee', 'BDAY:1990-01-02');
    const source = three('FN:Robert Lee', 'N:Lee;Robert;;;', 'BDAY:1991-01-02');
    expect(merged(reference, [source], { N: { from: 1 } })).toEqual([
      'N:Lee;Robert;;;',
      'FN:Robert Lee',
      'BDAY:1990-01-02',
      'NICKNAME:Bob',
      'X-MERGED-N:Lee;Bob;;;',
      'X-MERGED-FN:Bob Lee',
      'X-MERGED-BDAY:1991-01-02',
    ]);
  });

  test('a choice that cannot be is refused', () => {
    expect(() => mergeCards(three('FN:x'), [three('FN:y')], { BDAY: { from: 1 } })).toThrow(AppError);
    expect(() => mergeCards(three('FN:x'), [three('TEL:1')], { TEL: { from: 1 } })).toThrow(
      /TEL keeps all of its values/,
    );
  });

  test('an organisation merged into a person does not make it one', () => {
    expect(merged(three('FN:x'), [three('FN:x', 'KIND:org')])).toEqual(['FN:x', 'X-MERGED-KIND:org']);
  });
});

describe('names that lost', () => {
  const names = (reference: string, ...sources: string[]): string[] =>
    merged(
      three(`N:${reference}`),
      sources.map((n) => three(`N:${n}`)),
    ).filter((line) => /^(?:NICK|X-MAIDEN)/.test(line));

  test('give a nickname where only the given name differs', () => {
    expect(names('Smith;Robert;;;', 'Smith;Bob;;;', 'Smith;Rob;;;')).toEqual(['NICKNAME:Bob,Rob']);
    expect(names('Smith;Rob;;;', 'Smith;Robert;;;')).toEqual([]);
    expect(names('Smith;Robert;;;', 'Smith;R.;;;', 'Smith;Robrt;;;', 'Smith;Robert James;;;')).toEqual([]);
  });

  test('give a former surname where only the surname differs', () => {
    expect(names('Smith;Anna;;;', 'Kowalski;Anna;;;')).toEqual(['X-MAIDENNAME:Kowalski']);
    expect(names('Smith;Anna;;;', 'Smith-Kowalski;Anna;;;', 'Smiht;Anna;;;')).toEqual([]);
    // two surnames of which one is shared, a single letter
    expect(names('García López;Anna;;;', 'Ruiz García;Anna;;;', 'K;Anna;;;')).toEqual([]);
  });
});

describe('texts and lists', () => {
  test('notes are joined without repeats', () => {
    const sources = [three('NOTE:likes tea'), three('NOTE:met in Rome\\; likes tea'), three('NOTE:tall')];
    expect(merged(three('NOTE:tall'), sources)).toEqual(['NOTE:tall\\n\\nmet in Rome\\; likes tea']);
  });

  test('a note in quoted-printable is decoded before something joins it', () => {
    expect(merged(three('NOTE;ENCODING=QUOTED-PRINTABLE:caf=C3=A9'), [three('NOTE:tea')])).toEqual([
      'NOTE:café\\n\\ntea',
    ]);
  });

  test('categories and nicknames are united, whatever their case', () => {
    const source = three('CATEGORIES:friends,Work\\, old', 'NICKNAME:Bobby,bob');
    expect(merged(three('CATEGORIES:Friends', 'NICKNAME:Bob'), [source])).toEqual([
      'CATEGORIES:Friends,Work\\, old',
      'NICKNAME:Bob,Bobby',
    ]);
  });
});

describe('pictures', () => {
  const small = 'PHOTO;ENCODING=b;TYPE=JPEG:AAEC';
  const large = 'PHOTO;ENCODING=b;TYPE=JPEG:AAECAwQFBgcI';

  test('stay the reference’s, octet for octet', () => {
    const { octets, account } = mergeCards(three(small), [three(large)]);
    expect(octets.toString()).toContain(`${small}\r\n`);
    expect(octets.toString()).not.toContain(large);
    expect(account).toContainEqual({ card: 1, line: 2, property: 'PHOTO', fate: 'not-on-card' });
  });

  test('come from the source with the largest where the reference has none, or from the chosen card', () => {
    expect(merged(three('FN:x'), [three(small), three(large)])).toEqual(['FN:x', large]);
    expect(merged(three(small), [three(large)], { PHOTO: { from: 1 } })).toEqual([large]);
  });
});

describe('mixed versions', () => {
  test('lines of a 4.0 card are written as 3.0 on a 3.0 reference, and the reverse', () => {
    const four = card(
      '4.0',
      'TEL;VALUE=uri;TYPE="cell,voice";PREF=1:tel:+1-305-2088300',
      'PHOTO:data:image/png;base64,AAEC',
      'BDAY:--0412',
    );
    expect(merged(three('FN:x'), [four])).toEqual(
      [
        'FN:x',
        'TEL;PREF=1;TYPE=cell,voice:+1-305-2088300'.replace('PREF=1;', ''),
        'PHOTO;ENCODING=b;TYPE=PNG:AAEC',
        'BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12',
      ].map((line) =>
        line.startsWith('TEL') ? expect.stringMatching(/^TEL;.*TYPE=cell,voice.*:\+1-305-2088300$/) : line,
      ),
    );
    expect(merged(card('4.0', 'FN:x'), [three('PHOTO;ENCODING=b;TYPE=PNG:AAEC', 'TEL;CELL:1234567')])).toEqual([
      'FN:x',
      'PHOTO:data:image/png;base64,AAEC',
      'TEL;TYPE=CELL:1234567',
    ]);
  });

  test('lines of a 2.1 card are decoded', () => {
    const old = card(
      '2.1',
      'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;Jo;;;',
      'NOTE;QUOTED-PRINTABLE:a=\r\nb',
      'TEL;CELL:1234567',
    );
    expect(merged(three('N:Müller;Jo;;;', 'FN:Jo Müller'), [old])).toEqual([
      'N:Müller;Jo;;;',
      'FN:Jo Müller',
      'NOTE:ab',
      'TEL;TYPE=CELL:1234567',
    ]);
  });

  test('line ends are those of the reference', () => {
    const unix = readCard(Buffer.from('BEGIN:VCARD\nVERSION:3.0\nFN:x\nEND:VCARD\n'));
    expect(mergeCards(unix, [three('TEL:1234567', `X-A:${'y'.repeat(90)}`)]).octets.includes('\r')).toBe(false);
  });
});

test('lines that no program can read keep their text', () => {
  expect(merged(three('FN:x'), [three('no colon here')])).toEqual(['FN:x', 'X-UNREADABLE-LINE:no colon here']);
});

test('lines of the card itself (UID, REV, PRODID) are only in the account', () => {
  const { octets, account } = mergeCards(three('UID:a'), [three('UID:b', 'REV:20240101T000000Z', 'PRODID:p')]);
  expect(octets.toString()).toBe('BEGIN:VCARD\r\nVERSION:3.0\r\nUID:a\r\nEND:VCARD\r\n');
  expect(new Set(account.map(({ fate }) => fate))).toEqual(new Set(['not-on-card']));
});

test('parameters of an equal value go to the reference’s line that lacks them', () => {
  expect(
    merged(three('ADR;TYPE=HOME:;;Weg 1;Ulm;;;'), [three('ADR;LABEL="Weg 1, Ulm";LANGUAGE=de:;;Weg 1;Ulm;;;')]),
  ).toEqual(['ADR;TYPE=HOME;LABEL="Weg 1, Ulm";LANGUAGE=de:;;Weg 1;Ulm;;;']);
});

test('one name in two relations is kept in both', () => {
  const related = (label: string): Card => three('item1.X-ABRELATEDNAMES:Anna', `item1.X-ABLabel:${label}`);
  expect(merged(related('mother'), [related('sister'), related('mother')])).toEqual([
    'item1.X-ABRELATEDNAMES:Anna',
    'item1.X-ABLabel:mother',
    'item2.X-ABRELATEDNAMES:Anna',
    'item2.X-ABLabel:sister',
  ]);
});
