/** What the columns of a table of contacts hold, told from their headings: Google, Outlook, Thunderbird, LinkedIn and plain lists. */

/** What a cell becomes: a part of a line, which other cells of the same slot may have further parts of. */
export interface Column {
  /** Cells of one slot make one line. */
  readonly slot: string;
  readonly property: string;
  /** Place among the components of N, ORG and ADR; 0 elsewhere. */
  readonly part: number;
  /** TYPE words that the heading says. */
  readonly types: readonly string[];
  /** It holds the label of the slot, not its value. */
  readonly isLabel: boolean;
}

/** Of no use to anybody outside of the program that wrote it. */
export const IGNORED = 'ignored';

/** A field that its label names, `Shoe size`. */
export const CUSTOM = 'custom';
/** Year, month and day of birth in cells of their own. */
export const BIRTH = 'birth';

/** Headings of single columns, by property and part; spelled as `plain` leaves them. */
const NAMED: readonly (readonly [property: string, part: number, headings: string])[] = [
  [
    'N',
    0,
    'last name|family name|surname|nachname|familienname|nom|nom de famille|cognome|apellido|apellidos|achternaam',
  ],
  ['N', 0, 'sobrenome|apelido|nazwisko|efternamn|sukunimi|priezvisko|prijmeni|soyadi'],
  ['N', 1, 'first name|given name|vorname|prenom|nome|nombre|primer nombre|voornaam|imie|fornamn|etunimi|jmeno|adi'],
  ['N', 2, 'middle name|additional name|weitere vornamen|zweiter vorname|deuxieme prenom|secondo nome|segundo nombre'],
  ['N', 3, 'name prefix|anrede|titre de civilite|civilite|tratamiento|appellativo'],
  ['N', 4, 'name suffix|suffix|suffixe|suffisso|sufijo'],
  [
    'FN',
    0,
    'name|full name|display name|anzeigename|nom complet|nom a afficher|nome completo|nome visualizzato|nombre completo',
  ],
  ['NICKNAME', 0, 'nickname|spitzname|surnom|soprannome|apodo|alias|bijnaam'],
  ['X-PHONETIC-FIRST-NAME', 0, 'phonetic first name|given yomi|given name yomi'],
  ['X-PHONETIC-MIDDLE-NAME', 0, 'phonetic middle name|additional name yomi'],
  ['X-PHONETIC-LAST-NAME', 0, 'phonetic last name|surname yomi|family name yomi'],
  ['X-MAIDENNAME', 0, 'maiden name|geburtsname|nom de jeune fille'],
  [
    'ORG',
    0,
    'company|company name|organization|organisation|organization name|firma|unternehmen|societe|entreprise|azienda',
  ],
  ['ORG', 0, 'societa|empresa|bedrijf|foretag|organizacion|organizzazione'],
  ['ORG', 1, 'department|organization department|abteilung|service|departement|reparto|departamento|afdeling'],
  [
    'TITLE',
    0,
    'job title|position|organization title|stellung|fonction|qualifica|puesto|cargo|functie|berufsbezeichnung',
  ],
  ['ROLE', 0, 'occupation|profession|beruf|professione|profesion'],
  [
    'BDAY',
    0,
    'birthday|birth date|birthdate|date of birth|geburtstag|geburtsdatum|date de naissance|compleanno|data di nascita',
  ],
  ['BDAY', 0, 'cumpleanos|fecha de nacimiento|geboortedatum|verjaardag'],
  ['ANNIVERSARY', 0, 'anniversary|wedding anniversary|jahrestag|hochzeitstag|anniversario|aniversario'],
  ['NOTE', 0, 'notes|note|notizen|notiz|remarques|commentaires|comments|comment|bemerkungen|bemerkung|notas|notities'],
  [
    'CATEGORIES',
    0,
    'labels|group membership|categories|category|kategorien|kategorie|groups|gruppen|groupes|categorie|categorias',
  ],
  [
    'URL',
    0,
    'web page|personal web page|website|web site|webseite|url|homepage|page web|site web|pagina web|sitio web',
  ],
  [BIRTH, 0, 'birth year|geburtsjahr'],
  [BIRTH, 1, 'birth month|geburtsmonat'],
  [BIRTH, 2, 'birth day'],
  ['PHOTO', 0, 'photo'],
  [
    IGNORED,
    0,
    'file as|initials|initialen|initiales|priority|sensitivity|private|prioritat|vertraulichkeit|privat|short name',
  ],
  [IGNORED, 0, 'name yomi|prioritaet|criticite|confidentiel|connected on'],
];

const BY_HEADING: ReadonlyMap<string, Column> = new Map(
  NAMED.flatMap(([property, part, headings]) =>
    headings.split('|').map((heading) => [heading, singleColumn(property, part)]),
  ),
);

/** The column of a part that each card has once. */
function singleColumn(property: string, part: number): Column {
  return { slot: property, property, part, types: [], isLabel: false };
}

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

/** A heading without case, accents and signs: `E-Mail 2: Adresse` is `e mail 2 adresse`. */
const plain = (heading: string): string =>
  heading
    .replace(/ß/g, 'ss')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

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
      : (numberedColumn(headings[at]!) ?? BY_HEADING.get(heading) ?? wordedColumn(heading));
  });
}

function numberedColumn(heading: string): Column | undefined {
  const [, base = '', number, what = ''] = NUMBERED.exec(heading.trim()) ?? [];
  if (number === undefined) return undefined;
  if (plain(base) === 'organization') {
    const part = BY_HEADING.get(`organization ${plain(what)}`);
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
