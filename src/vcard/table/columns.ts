/** What the columns of a table of contacts hold, told from their headings: Google, Outlook, Thunderbird, LinkedIn and plain lists. */
import { type Column, CUSTOM, columnNamed, IGNORED, plain, singleColumn } from './headings.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Words that say what a heading of several is about. */
const EMAIL = words('email mail mailadresse messagerie courriel correo posta');
const OF_EMAIL = words('type typ display name nom angezeigter affiche nome tipo nombre');
const PHONE = words(
  'phone tel telephone telefon telefono telefone telefoon mobil mobile mobiltelefon mobilnummer cell cellulare handy portable movil celular fax telefax telecopie pager autotelefon haupttelefon gsm mobiel rufnummer telefonnummer',
);
const URLS = words('web website webseite seite url');
const TYPES: readonly (readonly [type: string, ReadonlySet<string>])[] = [
  ['HOME', words('home privat private domicile casa personal personnel particular abitazione prive thuis')],
  [
    'WORK',
    words(
      'work business geschaftlich dienstlich firma buro bureau ufficio trabajo office company professionnel werk zakelijk arbeit',
    ),
  ],
  ['CELL', words('mobile mobil mobiltelefon mobilnummer cell cellulare handy portable movil celular gsm mobiel')],
  ['FAX', words('fax telefax telecopie')],
  ['PAGER', words('pager')],
  ['CAR', words('car autotelefon')],
];
/** Parts of an address in the order in which they are looked for: `Land/Region` is a country. */
const ADDRESS: readonly (readonly [part: number, ReadonlySet<string>])[] = [
  [6, words('country land pays paese pais')],
  [5, words('postal zip zipcode plz postleitzahl postcode cap codigo code')],
  [0, words('box postfach')],
  [3, words('city ort stadt ville citta ciudad plaats localite cidade town')],
  [1, words('extended')],
  [2, words('street strasse rue via indirizzo calle straat address adresse direccion formatted')],
  [4, words('state region bundesland province provincia kanton departement stato estado')],
];

/** TYPE words that a heading or a label says. */
export function typesIn(text: string): string[] {
  const said = plain(text).split(' ');
  return TYPES.flatMap(([type, known]) => (said.some((word) => known.has(word)) ? [type] : []));
}

/** Google's numbered columns: `Phone 2 - Value` with its `Phone 2 - Label`, `Address 1 - City`. */
const NUMBERED = /^(.+?)\s*(\d+)\s+-\s+(.+)$/;
const NUMBERED_PROPERTIES: ReadonlyMap<string, string> = new Map([
  ['e mail', 'EMAIL'],
  ['phone', 'TEL'],
  ['address', 'ADR'],
  ['website', 'URL'],
  ['relation', 'X-ABRELATEDNAMES'],
  ['event', 'X-ABDATE'],
  ['custom field', CUSTOM],
]);

/** Longer cells are no headings: a pattern that looks for a number in them would take minutes. */
const LONGEST_HEADING = 200;

/** What the columns of these headings hold; undefined: nothing that is known. */
export function columnsOf(headings: readonly string[]): (Column | undefined)[] {
  const spelled = headings.map((heading) => (heading.length > LONGEST_HEADING ? undefined : plain(heading)));
  // beside a job title a title is a form of address
  const title = spelled.includes('job title') ? singleColumn('N', 3) : singleColumn('TITLE', 0);
  return spelled.map((heading, at) => {
    if (heading === undefined) return undefined;
    return heading === 'title'
      ? title
      : (numberedColumn(headings[at]!) ?? columnNamed(heading) ?? wordedColumn(heading));
  });
}

function numberedColumn(heading: string): Column | undefined {
  const [, base = '', number, what = ''] = NUMBERED.exec(heading.trim()) ?? [];
  if (number === undefined) return undefined;
  if (plain(base) === 'organization') {
    const part = columnNamed(`organization ${plain(what)}`);
    return part && { ...part, slot: `${part.property} ${number}` };
  }
  const property = NUMBERED_PROPERTIES.get(plain(base));
  if (property === undefined) return undefined;
  const isLabel = /^(?:label|type)$/i.test(what);
  const part = property === 'ADR' && !isLabel ? addressPart(plain(what)) : 0;
  // the parts of an address say what its formatted text says
  if (/^formatted$/i.test(what)) return { slot: heading, property: IGNORED, part: 0, types: [], isLabel: false };
  return part === undefined ? undefined : { slot: `${property} ${number}`, property, part, types: [], isLabel };
}

function wordedColumn(heading: string): Column | undefined {
  const said = heading.split(' ');
  const says = (known: ReadonlySet<string>) => said.some((word) => known.has(word));
  const types = typesIn(heading);
  const line = (property: string, own: readonly string[] = types): Column => {
    return { slot: `${property} ${heading}`, property, part: 0, types: own, isLabel: false };
  };
  if (says(EMAIL)) return says(OF_EMAIL) ? line(IGNORED) : line('EMAIL');
  if (says(PHONE)) return line('TEL');
  if (says(URLS)) return line('URL');
  const part = addressPart(heading);
  if (part === undefined) return undefined;
  const places = types.filter((type) => type === 'HOME' || type === 'WORK');
  const other = /\b(?:other|weitere|weiterer|weiteres|autre|altro|otra)\b/.test(heading) ? 'other' : '';
  return { slot: `ADR ${places.join() || other}`, property: 'ADR', part, types: places, isLabel: false };
}

function addressPart(heading: string): number | undefined {
  if (/\b(?:address|adresse) 2$/.test(heading)) return 1;
  const said = heading.split(' ');
  return ADDRESS.find(([, known]) => said.some((word) => known.has(word)))?.[0];
}
