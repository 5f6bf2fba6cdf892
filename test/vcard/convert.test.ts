/** Single properties between 3.0 and 4.0 (RFC 6350 appendix A), and jCard (RFC 7095). */
import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/base/errors.ts';
import { readCard } from '../../src/vcard/card.ts';
import { convertCard } from '../../src/vcard/convert.ts';
import { fromJcard, toJcard } from '../../src/vcard/jcard.ts';

const lines = (version: '3.0' | '4.0', ...content: string[]): string[] => {
  const source = ['BEGIN:VCARD', `VERSION:${version}`, ...content, 'END:VCARD', ''].join('\r\n');
  const text = convertCard(readCard(Buffer.from(source)), version === '3.0' ? '4.0' : '3.0').toString();
  return text.replaceAll('\r\n ', '').split('\r\n').slice(2, -2);
};

describe.each([
  ['photo', 'PHOTO;ENCODING=b;TYPE=JPEG:AAEC', 'PHOTO:data:image/jpeg;base64,AAEC'],
  ['linked photo', 'PHOTO;VALUE=uri;TYPE=PNG:http://x/y.png', 'PHOTO;MEDIATYPE=image/png:http://x/y.png'],
  ['key', 'KEY;ENCODING=b;TYPE=PGP:AAEC', 'KEY:data:application/pgp-keys;base64,AAEC'],
  ['date', 'BDAY:1985-04-12', 'BDAY:19850412'],
  ['date and time', 'BDAY:1985-04-12T10:11:12Z', 'BDAY:19850412T101112Z'],
  ['date without a year', 'BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12', 'BDAY:--0412'],
  ['revision', 'REV:2024-01-02T03:04:05Z', 'REV:20240102T030405Z'],
  ['preference', 'TEL;TYPE=home,pref:1', 'TEL;TYPE=home;PREF=1:1'],
  ['coordinates', 'GEO:48.1;11.5', 'GEO:geo:48.1,11.5'],
  ['offset', 'TZ:-05:00', 'TZ;VALUE=utc-offset:-0500'],
  ['time zone name', 'TZ;VALUE=text:Europe/Berlin', 'TZ:Europe/Berlin'],
  ['UID that is a URI', 'UID:urn:uuid:1', 'UID:urn:uuid:1'],
  ['UID that is none', 'UID:abc', 'UID;VALUE=text:abc'],
  ['group kind', 'X-ADDRESSBOOKSERVER-KIND:group', 'KIND:group'],
  ['kind of a company', 'X-ABShowAs:COMPANY', 'KIND:org'],
  ['kind of a place', 'KIND:location', 'KIND:location'],
  ['group member', 'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:1', 'MEMBER:urn:uuid:1'],
  ['label of a group', 'item1.X-ABLabel:_$!<HomePage>!$_', 'item1.X-ABLabel:_$!<HomePage>!$_'],
  ['unknown property', 'X-Foo;X-Bar="a;b":c\\,d', 'X-Foo;X-BAR="a;b":c\\,d'],
  ['label of 3.0', 'LABEL;TYPE=home:Weg 1\\nUlm', 'LABEL;TYPE=home:Weg 1\\nUlm'],
])('%s', (_, three, four) => {
  test('3.0 to 4.0', () => expect(lines('3.0', 'FN:x', 'N:x', three)[2]).toBe(four));
  test('4.0 to 3.0', () => {
    const sorted = (line: string): string => line.toUpperCase().split(/[;:]/).sort().join();
    expect(sorted(lines('4.0', 'FN:x', 'N:x', four)[2]!)).toBe(sorted(three));
  });
});

test('4.0 to 3.0: numbers instead of tel: URIs, one FN with the others aside, an N where none is', () => {
  expect(
    lines('4.0', 'FN:x', 'FN;PREF=1:y', 'TEL;VALUE=uri;TYPE="cell,voice":tel:+1-2', 'BDAY;VALUE=text:about 1800'),
  ).toEqual(['X-FN:x', 'FN;TYPE=pref:y', 'N:;y;;;', 'TEL;TYPE=cell,voice:+1-2', 'X-BDAY;VALUE=text:about 1800']);
  expect(lines('3.0', 'X-FN:x', 'FN:y', 'X-BDAY;VALUE=text:about 1800')).toEqual([
    'FN:x',
    'FN:y',
    'BDAY;VALUE=text:about 1800',
  ]);
});

describe('dates and relatives are labelled lines in the 3.0 of Apple’s programs (RFC 6350 §6.2.6, §6.6.6)', () => {
  const cases: readonly [string, readonly string[]][] = [
    ['ANNIVERSARY:20090808', ['item1.X-ABDATE:2009-08-08', 'item1.X-ABLabel:_$!<Anniversary>!$_']],
    ['ANNIVERSARY:--0808', ['item1.X-ABDATE;X-APPLE-OMIT-YEAR=1604:1604-08-08', 'item1.X-ABLabel:_$!<Anniversary>!$_']],
    ['RELATED;TYPE=spouse;VALUE=text:Jo', ['item1.X-ABRELATEDNAMES:Jo', 'item1.X-ABLabel:_$!<Spouse>!$_']],
    ['RELATED;TYPE=co-worker;VALUE=text:Jo', ['item1.X-ABRELATEDNAMES:Jo', 'item1.X-ABLabel:co-worker']],
    ['RELATED;VALUE=text:Jo', ['item1.X-ABRELATEDNAMES:Jo', 'item1.X-ABLabel:_$!<Other>!$_']],
  ];
  test.each(cases)('%s, there and back', (four, three) => {
    expect(lines('4.0', 'FN:x', 'N:x', four).slice(2)).toEqual(three);
    expect(lines('3.0', 'FN:x', 'N:x', ...three).slice(2)).toEqual([four]);
  });

  test('a date in words, a card by its URI, two kinds at once and what has a label already stay as they are', () => {
    const kept = [
      'ANNIVERSARY;VALUE=text:in spring',
      'RELATED;TYPE=friend:urn:uuid:1',
      'RELATED;TYPE=kin,emergency;VALUE=text:Jo',
      'g.RELATED;TYPE=friend;VALUE=text:Jo',
      'g.X-ABLabel:pen friend',
    ];
    const types = (line: string): string => line.split(/[;:]/).sort().join();
    expect(
      lines('4.0', 'FN:x', 'N:x', ...kept)
        .slice(2)
        .map(types),
    ).toEqual(kept.map(types));
  });

  test('a label that 4.0 has no word for stays, and so does a second anniversary and a group of more lines', () => {
    const mother = ['a.X-ABRELATEDNAMES:Jo', 'a.X-ABLabel:_$!<Mother>!$_'];
    const second = ['ANNIVERSARY:20090808', 'b.X-ABDATE:2010-01-02', 'b.X-ABLabel:_$!<Anniversary>!$_'];
    const shared = ['c.X-ABRELATEDNAMES:Jo', 'c.X-ABRELATEDNAMES:Mo', 'c.X-ABLabel:_$!<Friend>!$_'];
    expect(lines('3.0', 'FN:x', 'N:x', ...mother, ...second, ...shared).slice(2)).toEqual([
      ...mother,
      ...second,
      ...shared,
    ]);
  });

  test('groups that are there are left to what they hold', () => {
    expect(lines('4.0', 'FN:x', 'N:x', 'item1.TEL:1', 'item1.X-ABLabel:Hut', 'ANNIVERSARY:20090808')).toContain(
      'item2.X-ABDATE:2009-08-08',
    );
  });
});

test('what is no date of 4.0 says that it is a text (RFC 6350 §6.2.5)', () => {
  expect(lines('3.0', 'BDAY:12 Apr 1985', 'ANNIVERSARY;TYPE=pref:1985-4-1', 'BDAY:', 'DEATHDATE:1985-04')).toEqual([
    'BDAY;VALUE=text:12 Apr 1985',
    'ANNIVERSARY;VALUE=text;PREF=1:1985-4-1',
    'BDAY:',
    'DEATHDATE:1985-04',
  ]);
});

test('the format of a picture is told from its other types on the way back; addresses and notes that are data: URIs stay what they are', () => {
  const four = ['FN:x', 'N:x', 'PHOTO;TYPE=x-thumb,home:data:image/png;base64,AAEC'];
  expect(lines('3.0', ...lines('4.0', ...four))).toEqual(four);
  const addresses = ['FN:x', 'N:x', 'URL:data:text/plain;base64,SGk=', 'NOTE:data:text/plain;base64,SGk='];
  expect(lines('4.0', ...addresses)).toEqual(addresses);
});

test('a company is shown by its ORG, not by a given name (RFC 6350 §6.1.4)', () => {
  expect(lines('4.0', 'FN:Acme', 'KIND:org', 'ORG:Acme')[1]).toBe('N:;;;;');
  expect(lines('4.0', 'FN:Acme', 'KIND:org')[1]).toBe('N:;Acme;;;');
  const group = ['FN:x', 'N:x', 'X-ADDRESSBOOKSERVER-KIND:group', 'X-ABShowAs:COMPANY'];
  expect(lines('3.0', ...group)).toEqual(['FN:x', 'N:x', 'KIND:group', 'X-ABShowAs:COMPANY']);
});

test('preference numbers survive the way to 3.0 and back', () => {
  const four = ['FN:x', 'N:x', 'TEL;PREF=20:1', 'TEL;PREF=10:2', 'TEL:3'];
  const three = lines('4.0', ...four);
  expect(three.slice(2)).toEqual(['TEL;PREF=20:1', 'TEL;PREF=10;TYPE=pref:2', 'TEL:3']);
  expect(lines('3.0', ...three)).toEqual(four);
});

describe('jCard (RFC 7095)', () => {
  const source = [
    'BEGIN:VCARD',
    'VERSION:4.0',
    'FN:Simon Perreault',
    'N:Perreault;Simon;;;ing. jr,M.Sc.',
    'BDAY:--0203',
    'ANNIVERSARY:20090808T1430-0500',
    'GENDER:M',
    'item1.TEL;VALUE=uri;TYPE="work,voice";PREF=1:tel:+1-418-656-9254;ext=102',
    'CATEGORIES:a\\,b,c',
    'NOTE:two\\nlines\\, one\\; more',
    'CREATED:20220705T093412Z',
    'ORG-DIRECTORY:http://a.example/x;y,z',
    'PRONOUNS:they/them',
    'X-FOO:a\\,b',
    'END:VCARD',
    '',
  ].join('\r\n');

  test('says the properties as §3 asks for', () => {
    expect(toJcard(readCard(Buffer.from(source)))).toEqual([
      'vcard',
      [
        ['version', {}, 'text', '4.0'],
        ['fn', {}, 'text', 'Simon Perreault'],
        ['n', {}, 'text', ['Perreault', 'Simon', '', '', ['ing. jr', 'M.Sc.']]],
        ['bday', {}, 'date-and-or-time', '--02-03'],
        ['anniversary', {}, 'date-and-or-time', '2009-08-08T14:30-05:00'],
        ['gender', {}, 'text', 'M'],
        ['tel', { group: 'item1', type: ['work', 'voice'], pref: '1' }, 'uri', 'tel:+1-418-656-9254;ext=102'],
        ['categories', {}, 'text', 'a,b', 'c'],
        ['note', {}, 'text', 'two\nlines, one; more'],
        ['created', {}, 'timestamp', '2022-07-05T09:34:12Z'],
        ['org-directory', {}, 'uri', 'http://a.example/x;y,z'],
        ['pronouns', {}, 'text', 'they/them'],
        ['x-foo', {}, 'unknown', 'a\\,b'],
      ],
    ]);
  });

  test('reads back to the same card', () => {
    const back = fromJcard(toJcard(readCard(Buffer.from(source))));
    expect(back.toString()).toBe(source.replace('TYPE="work,voice"', 'TYPE=work,voice'));
  });

  test.each([
    [null],
    [[]],
    [['vcard']],
    [['vcard', [1]]],
    [['vcard', [['fn', {}, 'text']]]],
    [['vcard', [['f n', {}, 'text', 'x']]]],
    [['vcard', [['fn', [], 'text', 'x']]]],
    [['vcard', [['fn', { 'a:b': 'c' }, 'text', 'x']]]],
    [['vcard', [['end', {}, 'text', 'vcard']]]],
  ])('%j is refused as no valid card', (json) => {
    expect(() => fromJcard(json)).toThrow(AppError);
  });

  test('text cannot break out of its line', () => {
    const octets = fromJcard(['vcard', [['x-a', { 'x-p': 'a"\r\nb' }, 'unknown', 'v\r\nEND:VCARD']]]);
    expect(octets.toString()).toBe("BEGIN:VCARD\r\nVERSION:4.0\r\nX-A;X-P=a^'^nb:v\\nEND:VCARD\r\nEND:VCARD\r\n");
  });
});
