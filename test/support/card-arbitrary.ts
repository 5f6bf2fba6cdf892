/** Cards as programs write them, for property tests: several versions, groups with labels, odd lines, notes, lists, pictures. */
import fc from 'fast-check';
import { type Card, readCard } from '../../src/vcard/card.ts';

const word = fc.constantFrom(
  'Anna',
  'Müller',
  'Bob',
  'Robert',
  'Ann-Marie',
  '李',
  'O’Neil',
  'van Dyk',
  'x',
  'Schmidt',
  'Żak',
);
const text = fc.oneof(
  word,
  fc.constantFrom('a\\, b', 'c\\;d', 'two\\nlines', 'back\\\\slash', ' spaced ', 'émoji 👩‍👩‍👧', 'a:b'),
);
const phone = fc.constantFrom(
  '+49 151 8444043',
  '0151 8444043',
  '+49-30-12345678',
  '12345678',
  '+1 305 208 8300',
  '110',
  'tel:+44-20-79460958',
);
const email = fc.constantFrom(
  'a@example.com',
  'A@Example.com',
  'bob@example.org',
  'mailto:bob@example.org',
  'x.y@gmail.com',
);
const date = fc.constantFrom('1985-04-12', '19850412', '1990-01-01', '--0412', 'circa 1800');
const image = fc.constantFrom('AAECAw==', 'AAECAwQFBgc=', 'iVBORw0KGgo=');
const type = fc.constantFrom(
  '',
  ';TYPE=HOME',
  ';TYPE=WORK,VOICE',
  ';type=CELL;type=pref',
  ';TYPE="home,cell"',
  ';CELL',
  ';TYPE=PREF',
);

const line = fc.oneof(
  fc.tuple(type, phone).map(([t, v]) => [`TEL${t}:${v}`]),
  fc.tuple(type, email).map(([t, v]) => [`EMAIL${t}:${v}`]),
  fc.tuple(type, text, text).map(([t, a, b]) => [`ADR${t}:;;${a};${b};;10115;`]),
  fc.tuple(text, text).map(([a, b]) => [`ORG:${a};${b}`]),
  text.map((v) => [`ORG:${v}`]),
  text.map((v) => [`TITLE:${v}`]),
  text.map((v) => [`NOTE:${v}`]),
  text.map((v) => [`NICKNAME:${v}`]),
  fc.tuple(word, word).map(([a, b]) => [`CATEGORIES:${a},${b}`]),
  date.map((v) => [`BDAY:${v}`]),
  image.map((v) => [`PHOTO;ENCODING=b;TYPE=JPEG:${v}`]),
  text.map((v) => [`X-UNKNOWN;X-P="q;r":${v}`]),
  text.map((v) => [`X-PHONETIC-FIRST-NAME:${v}`]),
  fc.constant(['URL:http://example.com/Path']),
  fc.constant(['KIND:individual']),
  fc.constant(['GENDER:F']),
  fc.constant(['REV:20240101T000000Z']),
);
const labelled = fc
  .tuple(
    fc.constantFrom('item1', 'item2', 'ITEM1', 'g'),
    fc.oneof(
      phone.map((v) => `TEL:${v}`),
      email.map((v) => `EMAIL:${v}`),
      text.map((v) => `X-ABRELATEDNAMES:${v}`),
      date.map((v) => `X-ABDATE;type=pref:${v}`),
    ),
    fc.constantFrom('Ferien', '_$!<Home>!$_', 'mum\\, dad', '_$!<Spouse>!$_', '_$!<Anniversary>!$_'),
  )
  .map(([group, main, label]) => [`${group}.${main}`, `${group}.X-ABLabel:${label}`]);

export interface CardShape {
  readonly version?: string;
  readonly uid?: string;
}

/** Octets of one well-framed card. Groups may be shared by several lines; duplicate lines occur. */
export function cardOctets(shape: CardShape = {}): fc.Arbitrary<Buffer> {
  const version = shape.version === undefined ? fc.constantFrom('3.0', '3.0', '4.0') : fc.constant(shape.version);
  const name = fc.tuple(word, word);
  const body = fc.array(fc.oneof({ weight: 5, arbitrary: line }, { weight: 2, arbitrary: labelled }), { maxLength: 9 });
  const lineEnd = fc.constantFrom('\r\n', '\r\n', '\n');
  return fc
    .tuple(version, fc.uuid(), name, fc.boolean(), body, lineEnd)
    .map(([v, uid, [family, given], named, lines, end]) => {
      const names = named ? [`N:${family};${given};;;`, `FN:${given} ${family}`] : [`FN:${given}`];
      const all = [
        'BEGIN:VCARD',
        `VERSION:${v}`,
        `UID:${shape.uid ?? uid}`,
        ...names,
        ...lines.flat(),
        'END:VCARD',
        '',
      ];
      return Buffer.from(all.join(end));
    });
}

/** The same, read. */
export function anyCard(shape: CardShape = {}): fc.Arbitrary<Card> {
  return cardOctets(shape).map((octets) => readCard(octets));
}
