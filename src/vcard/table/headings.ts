/** Headings of single columns of a table of contacts, in the words of several languages and programs. */

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
    'last name|last|family name|surname|nachname|familienname|nom|nom de famille|cognome|apellido|apellidos|achternaam',
  ],
  ['N', 0, 'sobrenome|apelido|nazwisko|efternamn|sukunimi|priezvisko|prijmeni|soyadi'],
  [
    'N',
    1,
    'first name|first|given name|forename|vorname|prenom|nome|nombre|primer nombre|voornaam|imie|fornamn|etunimi|jmeno|adi',
  ],
  [
    'N',
    2,
    'middle name|middle|additional name|weitere vornamen|zweiter vorname|deuxieme prenom|secondo nome|segundo nombre',
  ],
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

/** Programs write `firstname` as often as `First Name`. */
function joined(heading: string): string {
  return heading.replaceAll(' ', '');
}

const COLUMNS = NAMED.flatMap(([property, part, headings]) =>
  headings.split('|').map((heading) => [heading, singleColumn(property, part)] as const),
);
const BY_HEADING: ReadonlyMap<string, Column> = new Map([
  ...COLUMNS.map(([heading, column]) => [joined(heading), column] as const),
  // a birthday is another thing than the day of a birth
  ...COLUMNS,
]);

/** The column that a heading names, spelled as `plain` leaves it or without blanks. */
export const columnNamed = (heading: string): Column | undefined =>
  BY_HEADING.get(heading) ?? BY_HEADING.get(joined(heading));

/** The column of a part that each card has once. */
export function singleColumn(property: string, part: number): Column {
  return { slot: property, property, part, types: [], isLabel: false };
}

/** Between the words of `homephone` and `emailaddress`. */
const WRITTEN_TOGETHER =
  /(?<=home|work|business|mobile|cell|office|other|email|phone)(?=phone|email|fax|address|number|street|city|state|zip|postal|country)/g;

/** A heading without case, accents and signs: `E-Mail 2: Adresse` is `e mail 2 adresse`, `WorkPhone` and `workphone` are `work phone`. */
export const plain = (heading: string): string =>
  heading
    .replace(/ß/g, 'ss')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(WRITTEN_TOGETHER, ' ')
    .trim();
