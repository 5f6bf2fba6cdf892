/** Comparisons of phones and mailboxes. */
import { comparison, type Pairing } from '../comparison.ts';
import type { Profile } from '../profile.ts';
import { editDistance } from '../similarity/edit-distance.ts';
import { RELATION, wordOf, wordRelation } from '../similarity/word-relation.ts';
import type { EmailRecord } from '../types.ts';
import { haveOtherMiddles } from './other-name.ts';
import { areBornAlike } from './person.ts';
import { isLandline, isMobile } from './shared-contact.ts';

const MANY = 4;

type PhoneLevel =
  | 'missing'
  | 'mobile.0'
  | 'mobile.1'
  | 'mobile.2'
  | 'mobile.3'
  | 'mobile.4'
  | 'fixed.0'
  | 'fixed.1'
  | 'fixed.2'
  | 'fixed.3'
  | 'fixed.4'
  | 'unknown.0'
  | 'unknown.1'
  | 'unknown.2'
  | 'unknown.3'
  | 'unknown.4'
  | 'desk'
  | 'near'
  | 'differ'
  | 'moved'
  | 'fixed.differ';

const PHONE_LEVELS: readonly PhoneLevel[] =
  'missing mobile.0 mobile.1 mobile.2 mobile.3 mobile.4 fixed.0 fixed.1 fixed.2 fixed.3 fixed.4 unknown.0 unknown.1 unknown.2 unknown.3 unknown.4 desk near differ moved fixed.differ'.split(
    ' ',
  ) as PhoneLevel[];

const MOBILE_LEVELS = ['mobile.0', 'mobile.1', 'mobile.2', 'mobile.3', 'mobile.4'] as const;
const FIXED_LEVELS = ['fixed.0', 'fixed.1', 'fixed.2', 'fixed.3', 'fixed.4'] as const;
const UNKNOWN_LEVELS = ['unknown.0', 'unknown.1', 'unknown.2', 'unknown.3', 'unknown.4'] as const;
const SAME_LEVELS = ['same.0', 'same.1', 'same.2', 'same.3', 'same.4'] as const;

function phoneLevel(pair: Pairing): PhoneLevel {
  const { a, b, phone: shared } = pair;
  if (a.tails.length === 0 || b.tails.length === 0) return 'missing';
  if (shared) {
    if (shared.phone.shared || shared.other.shared) return 'desk';
    const scale = Math.min(MANY, shared.scale);
    if (isMobile(shared.phone, shared.other)) return MOBILE_LEVELS[scale]!;
    return (isLandline(shared) ? FIXED_LEVELS : UNKNOWN_LEVELS)[scale]!;
  }
  let mobiles = 0;
  for (const phone of a.record.phones)
    for (const other of b.record.phones) {
      if (phone.use === 'fixed' || other.use === 'fixed') continue;
      mobiles++;
      if (isMistyped(phone.number, other.number) && !mayBeNeighbours(pair, phone.number, other.number)) return 'near';
    }
  if (mobiles === 0) return 'fixed.differ';
  return hasMoved(pair) ? 'moved' : 'differ';
}

/** One full name and one mailbox of its own, or one day of birth: a new number is likelier than a second person of the name. */
const hasMoved = (pairing: Pairing): boolean =>
  pairing.name.given === RELATION.same &&
  pairing.name.family === RELATION.same &&
  (pairing.linked || areBornAlike(pairing));

/** Two people who buy their phones together get numbers side by side, and some of them are called nearly alike. */
function mayBeNeighbours({ a, b, name }: Pairing, mine: string, yours: string): boolean {
  if (name.given === RELATION.none) return true;
  // few who live together have names that begin alike
  if (name.given === RELATION.initial) return false;
  const isInOneScript = (a.record.name.han === '') === (b.record.name.han === '');
  const isNamedSo = name.given === RELATION.same && isInOneScript && !haveOtherMiddles(a, b);
  if ((isNamedSo && a.given.length === b.given.length) || mine.slice(0, -1) !== yours.slice(0, -1)) return false;
  return Math.abs(Number(mine.at(-1)) - Number(yours.at(-1))) <= FEW_NUMBERS;
}

const FEW_NUMBERS = 2;

/** One digit wrong or two neighbours swapped in numbers of the same length. */
function isMistyped(a: string, b: string): boolean {
  if (a.length !== b.length || a.length < 9) return false;
  let at = 0;
  while (at < a.length && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  if (at === a.length) return false;
  if (a.endsWith(b.slice(at + 1))) return true;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.endsWith(b.slice(at + 2));
}

export const phone = comparison('phone', PHONE_LEVELS, phoneLevel, ({ phone: shared }) => {
  return shared ? { number: shared.phone.number, holders: shared.holders } : {};
});

/** Several numbers in common: a copy, not a family. */
export const phones = comparison('phones', ['one', 'two'], ({ a, b, phone: first }) => {
  if (!first) return 'one';
  let shared = 0;
  for (const tail of a.tails) if (b.tails.includes(tail)) shared++;
  return shared > 1 ? 'two' : 'one';
});

type EmailLevel =
  | 'missing'
  | 'same.0'
  | 'same.1'
  | 'same.2'
  | 'same.3'
  | 'same.4'
  | 'role'
  | 'near'
  | 'local'
  | 'colleague'
  | 'domain'
  | 'differ';

const EMAIL_LEVELS: readonly EmailLevel[] =
  'missing same.0 same.1 same.2 same.3 same.4 role near local colleague domain differ'.split(' ') as EmailLevel[];

function emailLevel({ a, b, email: shared }: Pairing): EmailLevel {
  if (a.record.emails.length === 0 || b.record.emails.length === 0) return 'missing';
  if (shared) {
    if (shared.email.role) return 'role';
    return SAME_LEVELS[Math.min(MANY, shared.scale)]!;
  }
  let level: EmailLevel = 'missing';
  for (const email of a.record.emails)
    for (const other of b.record.emails) {
      if (email.role || other.role) continue;
      const here = apartLevel(email, other);
      if (EMAIL_LEVELS.indexOf(here) < EMAIL_LEVELS.indexOf(level) || level === 'missing') level = here;
    }
  return level;
}

function apartLevel(a: EmailRecord, b: EmailRecord): EmailLevel {
  if (isMistypedMail(a, b)) return 'near';
  if (a.local === b.local && a.local.length >= 5) return 'local';
  if (a.domain !== b.domain) return 'differ';
  return a.free ? 'domain' : 'colleague';
}

/** A slip in the mailbox or in the domain; long enough that two people's addresses hardly come so close. */
function isMistypedMail(a: EmailRecord, b: EmailRecord): boolean {
  if (Math.abs(a.mailbox.length - b.mailbox.length) > 2 || a.mailbox.length < 10) return false;
  const edits = editDistance(a.mailbox, b.mailbox);
  return (edits <= 1 || (edits === 2 && a.mailbox.length >= 14)) && digitsOf(a.local) === digitsOf(b.local);
}

/** `anna84` and `anna85` are two people, not a slip. */
const digitsOf = (local: string): string => local.replace(/\D+/g, '');

export const email = comparison('email', EMAIL_LEVELS, emailLevel, ({ email: shared }) => {
  return shared ? { address: shared.email.address, holders: shared.holders } : {};
});

export const emails = comparison('emails', ['one', 'two'], ({ a, b, email: first }) => {
  if (!first) return 'one';
  let shared = 0;
  for (const mine of a.record.emails) if (b.record.emails.some((other) => other.mailbox === mine.mailbox)) shared++;
  return shared > 1 ? 'two' : 'one';
});

/** A mailbox of one card spells the name of the other: all that a card without a name has to say. */
export const mailname = comparison('mailname', ['none', 'full', 'initial', 'given', 'family', 'foreign'], (pairing) => {
  if (!pairing.a.nameless && !pairing.b.nameless) return 'none';
  if (pairing.a.nameless && pairing.b.nameless) return 'none';
  const [nameless, named] = pairing.a.nameless ? [pairing.a, pairing.b] : [pairing.b, pairing.a];
  let level: 'none' | 'full' | 'initial' | 'given' | 'family' | 'foreign' = 'none';
  const order = ['full', 'initial', 'family', 'given', 'foreign', 'none'];
  for (const { local, role } of nameless.record.emails) {
    const letters = local.replace(/[^a-z]/g, '');
    if (role || letters.length < 3) continue;
    const here = mailNameLevel(letters, named);
    // the named card has the mailbox, too: a fancy name (`sunny12@`) is theirs all the same
    if (here === 'foreign' && pairing.email) continue;
    if (order.indexOf(here) < order.indexOf(level)) level = here;
  }
  return level;
});

function mailNameLevel(letters: string, named: Profile): 'full' | 'initial' | 'given' | 'family' | 'foreign' {
  const given = named.given.some((word) => word.text.length > 2 && letters.includes(word.text));
  const family = named.family.some((word) => word.text.length > 2 && letters.includes(word.text));
  if (given && family) return 'full';
  if (spellsWithInitial(letters, named)) return 'initial';
  const near = named.family.some((word) => wordRelation(wordOf(letters), word) >= RELATION.near);
  return family || near ? 'family' : given ? 'given' : 'foreign';
}

/** `jwolff`, `wolffj`, also with a slip in the surname of the card. */
function spellsWithInitial(letters: string, { given, family }: Profile): boolean {
  const initial = given[0]?.text[0] ?? '';
  if (initial === '') return false;
  const fits = (text: string): boolean =>
    family.some((word) => text === word.text || wordRelation(wordOf(text), word) >= RELATION.near);
  return (
    (letters.startsWith(initial) && fits(letters.slice(1))) || (letters.endsWith(initial) && fits(letters.slice(0, -1)))
  );
}
