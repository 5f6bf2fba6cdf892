/** The sample address book: invented people, telephone numbers from the ranges kept for fiction, addresses at example domains. */

/** One card: the name its file and UID are made from, and its lines after UID, unfolded. */
export interface DemoCard {
  readonly id: string;
  readonly version?: '3.0' | '4.0';
  readonly lines: readonly string[];
  /** A group card: the ids of its members. */
  readonly members?: readonly string[];
}

/** Cards of one person (or of one name for several), with what they show. */
export interface DemoGroup {
  readonly shows: string;
  /** True: one person, so the engine should bring them together. */
  readonly duplicates: boolean;
  readonly cards: readonly DemoCard[];
}

/** Two small pictures, 16 by 16 pixels of one colour with a lighter half. */
const GREEN =
  'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAGklEQVR42mPQq/XHiir2TcOKGEY1jGoYvhoArxZjECYMkEAAAAAASUVORK5CYII=';
const ORANGE =
  'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAG0lEQVR42mM4kSeHFX3YkocVMYxqGNUwfDUAAGPasxAWGi9MAAAAAElFTkSuQmCC';

const NOOR = [
  'FN:Noor van Dijk',
  'N:van Dijk;Noor;;;',
  'TEL;TYPE=CELL:+44 7700 900631',
  'EMAIL:noor@vandijk.example',
  'ADR;TYPE=HOME:;;Lindenlaan 8;Utrecht;;3511 AA;Netherlands',
];

export const DEMO_CARDS: readonly DemoGroup[] = [
  {
    shows: 'a nickname',
    duplicates: true,
    cards: [
      {
        id: 'halloran-robert',
        lines: [
          'FN:Robert Halloran',
          'N:Halloran;Robert;;;',
          'EMAIL;TYPE=WORK:robert.halloran@harbour-print.example',
          'TEL;TYPE=CELL:+44 7700 900142',
          'ORG:Harbour Print;Sales',
          'TITLE:Sales lead',
          'ADR;TYPE=WORK:;;14 Quay Street;Bristol;;BS1 0AA;United Kingdom',
          'CATEGORIES:Work',
        ],
      },
      {
        id: 'halloran-bob',
        lines: [
          'FN:Bob Halloran',
          'N:Halloran;Bob;;;',
          'NICKNAME:Bob',
          'EMAIL;TYPE=HOME:bob.halloran@mail.example',
          'TEL;TYPE=CELL:07700 900142',
          'BDAY:1979-04-03',
        ],
      },
    ],
  },
  {
    shows: 'one telephone number written in three ways',
    duplicates: true,
    cards: [
      {
        id: 'perrin-camille',
        lines: [
          'FN:Camille Perrin',
          'N:Perrin;Camille;;;',
          'TEL;TYPE=CELL:+33 6 39 98 12 34',
          'EMAIL:camille.perrin@atelier-perrin.example',
          'URL:https://atelier-perrin.example/',
        ],
      },
      {
        id: 'perrin-camille-sim',
        lines: ['FN:Perrin Camille', 'N:;Perrin Camille;;;', 'TEL:0639981234'],
      },
      {
        id: 'perrin-c',
        lines: [
          'FN:C. Perrin',
          'N:Perrin;C.;;;',
          'TEL;TYPE=WORK:0033639981234',
          'ORG:Atelier Perrin',
          'EMAIL:camille.perrin@atelier-perrin.example',
        ],
      },
    ],
  },
  {
    shows: 'one name in two scripts',
    duplicates: true,
    cards: [
      {
        id: 'sokolov-cyrillic',
        version: '4.0',
        lines: [
          'FN:Юрий Соколов',
          'N:Соколов;Юрий;;;',
          'EMAIL:y.sokolov@lighthouse.example',
          'TEL;VALUE=uri:tel:+44-7700-900377',
        ],
      },
      {
        id: 'sokolov-latin',
        lines: [
          'FN:Yuri Sokolov',
          'N:Sokolov;Yuri;;;',
          'EMAIL:y.sokolov@lighthouse.example',
          'ORG:Lighthouse Translations',
          'NOTE:Met at the book fair. Prefers letters to calls.',
        ],
      },
    ],
  },
  {
    shows: 'photos, and labels of Apple devices',
    duplicates: true,
    cards: [
      {
        id: 'duarte-ines-photo',
        lines: [
          'FN:Inês Duarte',
          'N:Duarte;Inês;;;',
          'EMAIL;TYPE=HOME:ines.duarte@mail.example',
          `PHOTO;ENCODING=b;TYPE=PNG:${GREEN}`,
          'item1.TEL:+44 7700 900518',
          'item1.X-ABLabel:_$!<Mobile>!$_',
        ],
      },
      {
        id: 'duarte-ines-other-photo',
        lines: [
          'FN:Ines Duarte',
          'N:Duarte;Ines;;;',
          'EMAIL;TYPE=HOME:ines.duarte@mail.example',
          `PHOTO;ENCODING=b;TYPE=PNG:${ORANGE}`,
          'item1.URL:https://ines.example/',
          'item1.X-ABLabel:Garden diary',
          'X-SOCIALPROFILE;TYPE=mastodon:https://social.example/@ines',
        ],
      },
      {
        id: 'duarte-ines-sim',
        lines: ['FN:Ines Duarte', 'N:;Ines Duarte;;;', 'TEL:07700900518'],
      },
    ],
  },
  {
    shows: 'an exact copy from an import',
    duplicates: true,
    cards: [
      { id: 'van-dijk-noor', lines: NOOR },
      { id: 'van-dijk-noor-copy', lines: NOOR },
    ],
  },
  {
    shows: 'first and last name exchanged',
    duplicates: true,
    cards: [
      {
        id: 'okafor-chidi',
        lines: [
          'FN:Chidi Okafor',
          'N:Okafor;Chidi;;Dr.;',
          'TEL;TYPE=WORK:+1 202 555 0143',
          'EMAIL:c.okafor@clinic.example',
          'TITLE:Physician',
        ],
      },
      {
        id: 'okafor-exchanged',
        lines: ['FN:Okafor Chidi', 'N:Chidi;Okafor;;;', 'TEL:+12025550143', 'NOTE:Surgery hours Tuesday and Thursday'],
      },
    ],
  },
  {
    shows: 'lost accents and a typing error',
    duplicates: true,
    cards: [
      {
        id: 'wisniewska-katarzyna',
        lines: [
          'FN:Katarzyna Wiśniewska',
          'N:Wiśniewska;Katarzyna;;;',
          'BDAY:1986-11-21',
          'ADR;TYPE=HOME:;;ul. Ogrodowa 12/4;Poznań;;61-821;Poland',
          'EMAIL:k.wisniewska@mail.example',
        ],
      },
      {
        id: 'wisniewska-katarzina',
        lines: [
          'FN:Katarzina Wisniewska',
          'N:Wisniewska;Katarzina;;;',
          'BDAY:19861121',
          'ADR;TYPE=HOME:;;Ogrodowa 12 m. 4;Poznan;;61-821;Polska',
          'EMAIL:K.Wisniewska@mail.example',
        ],
      },
    ],
  },
  {
    shows: 'a new family name',
    duplicates: true,
    cards: [
      {
        id: 'lindqvist-hannah',
        lines: [
          'FN:Hannah Lindqvist',
          'N:Lindqvist;Hannah;Maria;;',
          'EMAIL:hannah.lindqvist@mail.example',
          'TEL;TYPE=CELL:+44 7700 900755',
          'BDAY:1991-02-14',
        ],
      },
      {
        id: 'berg-hannah',
        lines: [
          'FN:Hannah Berg',
          'N:Berg;Hannah;Maria;;',
          'EMAIL:hannah.lindqvist@mail.example',
          'EMAIL:hannah.berg@northwind.example',
          'TEL;TYPE=CELL:07700 900755',
          'BDAY:1991-02-14',
          'ORG:Northwind Logistics',
        ],
      },
    ],
  },
  {
    shows: 'father and son at one address and telephone',
    duplicates: false,
    cards: [
      {
        id: 'marchetti-daniel-senior',
        lines: [
          'FN:Daniel Marchetti',
          'N:Marchetti;Daniel;;;Sr.',
          'BDAY:1951-09-30',
          'TEL;TYPE=HOME:+33 1 99 00 45 67',
          'ADR;TYPE=HOME:;;3 rue des Tilleuls;Lyon;;69003;France',
        ],
      },
      {
        id: 'marchetti-daniel-junior',
        lines: [
          'FN:Daniel Marchetti',
          'N:Marchetti;Daniel;;;Jr.',
          'BDAY:1983-05-12',
          'TEL;TYPE=HOME:01 99 00 45 67',
          'TEL;TYPE=CELL:+33 6 39 98 45 67',
          'ADR;TYPE=HOME:;;3 rue des Tilleuls;Lyon;;69003;France',
        ],
      },
    ],
  },
  {
    shows: 'twins and their mother on one landline',
    duplicates: false,
    cards: [
      {
        id: 'adeyemi-tola',
        lines: ['FN:Tola Adeyemi', 'N:Adeyemi;Tola;;;', 'BDAY:2008-07-19', 'TEL;TYPE=HOME:+44 20 7946 0288'],
      },
      {
        id: 'adeyemi-temi',
        lines: ['FN:Temi Adeyemi', 'N:Adeyemi;Temi;;;', 'BDAY:2008-07-19', 'TEL;TYPE=HOME:020 7946 0288'],
      },
      {
        id: 'adeyemi-folake',
        lines: [
          'FN:Folake Adeyemi',
          'N:Adeyemi;Folake;;;',
          'TEL;TYPE=HOME:+44 20 7946 0288',
          'EMAIL:folake@adeyemi.example',
        ],
      },
    ],
  },
  {
    shows: 'colleagues behind one switchboard',
    duplicates: false,
    cards: [
      {
        id: 'varga-zoltan',
        lines: [
          'FN:Zoltán Varga',
          'N:Varga;Zoltán;;;',
          'ORG:Mill Lane Surveyors',
          'TEL;TYPE=WORK:+44 117 496 0500',
          'EMAIL:z.varga@mill-lane.example',
        ],
      },
      {
        id: 'price-megan',
        lines: [
          'FN:Megan Price',
          'N:Price;Megan;;;',
          'ORG:Mill Lane Surveyors',
          'TEL;TYPE=WORK:+44 117 496 0500',
          'EMAIL:m.price@mill-lane.example',
        ],
      },
      {
        id: 'mill-lane',
        lines: [
          'FN:Mill Lane Surveyors',
          'N:;;;;',
          'ORG:Mill Lane Surveyors',
          'X-ABSHOWAS:COMPANY',
          'TEL;TYPE=WORK:0117 496 0500',
          'URL:https://mill-lane.example/',
        ],
      },
    ],
  },
  {
    shows: 'two people of one name',
    duplicates: false,
    cards: [
      {
        id: 'schmidt-anna-teacher',
        lines: [
          'FN:Anna Schmidt',
          'N:Schmidt;Anna;;;',
          'EMAIL:a.schmidt@school.example',
          'BDAY:1968-01-08',
          'TITLE:Teacher',
        ],
      },
      {
        id: 'schmidt-anna-cellist',
        lines: [
          'FN:Anna Schmidt',
          'N:Schmidt;Anna;;;',
          'EMAIL:anna@quartet.example',
          'BDAY:1994-12-02',
          'TEL;TYPE=CELL:+44 7700 900809',
          'TITLE:Cellist',
        ],
      },
    ],
  },
  {
    shows: 'people met once',
    duplicates: false,
    cards: [
      {
        id: 'ito-haruka',
        version: '4.0',
        lines: ['FN:伊藤 遥', 'N:伊藤;遥;;;', 'SORT-STRING:Ito Haruka', 'EMAIL:haruka.ito@studio.example'],
      },
      {
        id: 'obrien-sean',
        lines: ["FN:Seán O'Brien", "N:O'Brien;Seán;;;", 'TEL;TYPE=CELL:+44 7700 900912', 'TITLE:Plumber'],
      },
      {
        id: 'haddad-layla',
        lines: ['FN:ليلى حداد', 'N:حداد;ليلى;;;', 'EMAIL:layla@haddad.example', 'ORG:Cedar Catering'],
      },
      {
        id: 'nielsen-freja',
        lines: ['FN:Freja Nielsen', 'N:Nielsen;Freja;;;', 'EMAIL:freja.nielsen@mail.example', 'BDAY:--0605'],
      },
      {
        id: 'costa-miguel',
        lines: [
          'FN:Miguel Costa',
          'N:Costa;Miguel;;;',
          'TEL;TYPE=CELL:+1 202 555 0187',
          'NOTE:Borrowed the long ladder',
        ],
      },
      {
        id: 'dentist',
        lines: ['FN:Dentist', 'N:Dentist;;;;', 'ORG:Park Row Dental', 'TEL;TYPE=WORK:+44 117 496 0711'],
      },
      {
        id: 'kowalczyk-pawel',
        lines: ['FN:Paweł Kowalczyk', 'N:Kowalczyk;Paweł;;;', 'EMAIL:pawel@kowalczyk.example'],
      },
      {
        id: 'achterberg-lot',
        lines: ['FN:Lot Achterberg', 'N:Achterberg;Lot;;;', 'TEL;TYPE=HOME:+44 20 7946 0731'],
      },
      {
        id: 'mendes-rafael',
        lines: ['FN:Rafael Mendes', 'N:Mendes;Rafael;;;', 'EMAIL:rafael@mendes.example', 'ORG:Harbour Print'],
      },
    ],
  },
  {
    shows: 'a group card, one of whose members has a duplicate',
    duplicates: false,
    cards: [
      {
        id: 'book-club',
        lines: ['FN:Book club', 'N:Book club;;;;', 'X-ADDRESSBOOKSERVER-KIND:group'],
        members: ['sokolov-latin', 'duarte-ines-other-photo', 'nielsen-freja'],
      },
    ],
  },
];
