/** Evidence in English, for the command line; pages translate the codes themselves. */
import type { EvidenceLine } from './types.ts';

type Params = EvidenceLine['params'];

const holders = (params: Params): string =>
  params.holders === undefined
    ? ''
    : Number(params.holders) <= 2
      ? ', only these cards have it'
      : `, ${params.holders} cards have it`;
const versus = (params: Params): string => (params.a && params.b ? ` (${params.a} / ${params.b})` : '');

/** Sentences by comparison, then by level; `*` serves the levels without one of their own. */
const TEXTS: Readonly<Record<string, Readonly<Record<string, (params: Params) => string>>>> = {
  prior: { '*': () => 'two cards of a book are hardly ever one person' },
  content: { same: () => 'exactly the same content' },
  phone: {
    mobile: (params) => `same mobile number ${params.number ?? ''}${holders(params)}`,
    unknown: (params) => `same phone number ${params.number ?? ''}${holders(params)}`,
    fixed: (params) => `same landline number ${params.number ?? ''}${holders(params)}`,
    desk: () => 'same switchboard or service number',
    near: () => 'phone numbers differ by one digit',
    differ: () => 'different phone numbers',
    moved: () => 'different phone numbers, as after a new contract',
    'fixed.differ': () => 'different landline numbers',
  },
  phones: { two: () => 'several phone numbers in common' },
  email: {
    same: (params) => `same e-mail address ${params.address ?? ''}${holders(params)}`,
    role: () => 'same office or family mailbox',
    near: () => 'e-mail addresses differ by a slip',
    local: () => 'same mailbox name at another provider',
    colleague: () => 'different mailboxes of one company',
    domain: () => 'different mailboxes of one provider',
    differ: () => 'different e-mail addresses',
  },
  emails: { two: () => 'several e-mail addresses in common' },
  mailname: {
    full: () => 'the mailbox spells the name of the other card',
    initial: () => 'the mailbox spells initial and surname of the other card',
    given: () => 'the mailbox holds the given name of the other card',
    family: () => 'the mailbox holds the surname of the other card',
    foreign: () => 'the mailbox does not fit the name of the other card',
  },
  called: { same: () => 'both say what the person is to the owner' },
  given: {
    same: () => 'same given name',
    short: (params) => `given names are forms of one name${versus(params)}`,
    language: (params) => `one given name in two languages${versus(params)}`,
    sound: (params) => `given names sound alike${versus(params)}`,
    near: (params) => `given names differ by a slip${versus(params)}`,
    prefix: (params) => `one given name is cut short${versus(params)}`,
    initial: (params) => `given name fits the initial${versus(params)}`,
    middle: (params) => `given name is the other card's middle name${versus(params)}`,
    alike: (params) => `given names read alike but are written otherwise${versus(params)}`,
    conflict: (params) => `different given names${versus(params)}`,
  },
  family: {
    same: () => 'same surname',
    short: (params) => `surnames are forms of one name${versus(params)}`,
    language: (params) => `one surname in two languages${versus(params)}`,
    sound: (params) => `surnames sound alike${versus(params)}`,
    near: (params) => `surnames differ by a slip${versus(params)}`,
    prefix: (params) => `one surname is cut short${versus(params)}`,
    initial: (params) => `surname fits the initial${versus(params)}`,
    part: (params) => `one surname is part of the other${versus(params)}`,
    conflict: (params) => `different surnames${versus(params)}`,
  },
  names: {
    agree: () => 'both names agree',
    given: () => 'only the given names agree',
    family: () => 'only the surnames agree',
    neither: () => 'neither name agrees',
    swapped: () => 'given name and surname are changed over',
  },
  namesakes: { '*': (params) => `${params.holders ?? 'several'} cards carry exactly this name` },
  middle: {
    same: () => 'same middle name',
    initial: () => 'middle names fit the initial',
    fathers: () => 'two fathers’ names',
    other: () => 'second names of two people',
    conflict: () => 'different middle names',
  },
  suffix: {
    same: () => 'same Jr/Sr',
    one: () => 'only one card says Jr or Sr',
    conflict: () => 'Jr and Sr are two people',
  },
  clash: {
    linked: () => 'two given names behind one personal number or mailbox',
    kin: () => 'two people’s given names behind one personal number or mailbox',
    told: () => 'one card tells its person by the name of the other, a relative',
    birthday: () => 'two given names born on one day, as twins are',
    family: () => 'two given names in one family',
  },
  birthday: {
    same: (params) => `same birthday ${params.a ?? ''}`,
    default: () => 'same birthday, but a filled-in one (1 January)',
    day: () => 'same day of birth, one without year',
    near: (params) => `birthdays differ by a slip${versus(params)}`,
    part: (params) => `two of three parts of the birthday agree${versus(params)}`,
    year: (params) => `same year of birth only${versus(params)}`,
    conflict: (params) => `different birthdays${versus(params)}`,
  },
  gender: { same: () => 'same gender', conflict: () => 'different gender' },
  kind: {
    organization: () => 'both are organisations',
    named: () => 'one card in one field says the name of the company',
    partners: () => 'both are the same couple',
    couple: () => 'both are couples, of other people',
    household: () => 'both are households',
    conflict: () => 'a person, a couple and a company are different things',
  },
  photo: { same: () => 'same photo', differ: () => 'different photos' },
  url: {
    profile: () => 'same profile at a network',
    same: () => 'same web address',
    differ: () => 'different web addresses',
  },
  address: {
    full: (params) => `same postal address ${params.a ?? ''}`,
    street: () => 'same street and number',
    near: () => 'postal addresses differ by a slip',
    place: () => 'same postcode and town',
    postcode: () => 'same postcode',
    city: () => 'same town',
    differ: () => 'different postal addresses',
  },
  extra: {
    same: () => 'same building or district',
    near: () => 'similar building or district',
    differ: () => 'different building or district',
  },
  completed: {
    yes: () => 'half a name came from an e-mail address',
    open: () => 'a shortened given name',
  },
  birth: { shared: () => 'one full name and one birthday' },
  residence: { shared: () => 'one full name at one address' },
  employment: { shared: () => 'one full name in one small company' },
  organization: {
    same: (params) => `same company ${params.a ?? ''}`,
    part: (params) => `similar company${versus(params)}`,
    differ: (params) => `different companies${versus(params)}`,
  },
  title: { same: () => 'same job title', differ: () => 'different job titles' },
  alone: {
    mute: () => 'nothing but the name to go by',
    apart: () => 'no phone number or e-mail address in common',
    spelt: () => 'names spelt otherwise, and no phone number or e-mail address in common',
  },
  coincidence: {
    usual: () => 'a name that a few cards have by chance',
    common: () => 'a common name in this book',
    crowded: () => 'a name that many cards have by chance',
  },
};

/** One evidence line as an English phrase. Codes without a text of their own come back as they are. */
export function explain({ code, params }: EvidenceLine): string {
  const [comparison = '', ...rest] = code.split('.');
  const texts = TEXTS[comparison];
  const level = rest.join('.');
  const text = texts?.[level] ?? texts?.[rest[0] ?? '*'] ?? texts?.['*'];
  return text ? text(params) : code;
}
