/** Comparisons of names. */
import { keyOf } from '../blocking/key.ts';
import { COUNTED_WORDS, PAIR } from '../blocking/rules.ts';
import { comparison, type Pairing } from '../comparison.ts';
import { ROLES } from '../names/roles.ts';
import { KINSHIP } from '../names/words.ts';
import { isRegister, type Profile, rarityOf, scaleOf } from '../profile.ts';
import { isHisAndHers, RELATION, type Word } from '../similarity/word-relation.ts';
import type { Statistics } from '../types.ts';
import { isSaid, type Match } from './ordered-names.ts';
import { areBornTogether } from './person.ts';
import { isLandline } from './shared-contact.ts';
import { beginsWithTrade } from './trade.ts';

const WORD: Readonly<Record<number, string>> = {
  [RELATION.none]: 'conflict',
  [RELATION.initial]: 'initial',
  [RELATION.prefix]: 'prefix',
  [RELATION.near]: 'near',
  [RELATION.language]: 'language',
  [RELATION.sound]: 'sound',
  [RELATION.short]: 'short',
  [RELATION.same]: 'same',
};

const named = (match: Match): string => (typeof match === 'number' ? WORD[match]! : match);

/** A common, a usual and a rare name, by doublings of rarity; in the smallest books one that the two alone hold is not common. */
function sameLevel(holders: number, statistics: Statistics): string {
  const rarity = rarityOf(Math.max(PAIR, holders), statistics);
  if (rarity <= 5 && holders > PAIR) return 'same.common';
  return rarity <= 8 ? 'same.usual' : 'same.rare';
}

/**
 * The word that both sides hold, of those that a card counts for (rules `given` and `family`): when the count of any other
 * changes, neither card is scored anew.
 */
function commonWord(mine: readonly Word[], yours: readonly Word[], counted: number): string {
  if (mine[0] === yours[0]) return mine[0]?.text ?? '';
  const shared = [
    ...mine.slice(0, counted).filter((word) => yours.includes(word)),
    ...yours.slice(0, counted).filter((word) => mine.includes(word)),
  ];
  const words = shared.length > 0 ? shared : [...mine.slice(0, 1), ...yours.slice(0, 1)];
  return words.map(({ text }) => text).sort()[0] ?? '';
}

const nameText = (profile: Profile): string => profile.words.map((word) => word.text).join(' ');

let lastShown: { readonly a: Profile; readonly b: Profile; readonly params: Record<string, string> } | undefined;

/** Both names as text; three lines of one pair share it. */
function shown({ a, b }: Pairing): Record<string, string> {
  if (lastShown?.a !== a || lastShown.b !== b) lastShown = { a, b, params: { a: nameText(a), b: nameText(b) } };
  return lastShown.params;
}

export const given = comparison(
  'given',
  'missing same.common same.usual same.rare short language sound near prefix initial middle alike conflict'.split(' '),
  (pairing) => {
    const level = named(pairing.name.given);
    if (level !== 'same') return level;
    const { a, b, statistics } = pairing;
    const word = commonWord(a.given, b.given, COUNTED_WORDS.given);
    return sameLevel(statistics.holders(keyOf('given', word)), statistics);
  },
  shown,
);

export const family = comparison(
  'family',
  'missing same.common same.usual same.rare short language sound near prefix initial part conflict'.split(' '),
  (pairing) => {
    const level = named(pairing.name.family);
    if (level !== 'same') return level;
    const { a, b, statistics } = pairing;
    const word = commonWord(a.family, b.family, COUNTED_WORDS.family);
    return sameLevel(statistics.holders(keyOf('family', word)), statistics);
  },
  shown,
);

/** Both names at once: what their agreement or disagreement says beyond each alone. */
export const both = comparison(
  'names',
  ['missing', 'agree', 'given', 'family', 'neither', 'swapped'],
  ({ name }) => {
    if (name.swapped) return 'swapped';
    if (name.given === 'missing' || name.family === 'missing') return 'missing';
    const givenAgrees = name.given !== RELATION.none;
    const familyAgrees = name.family === 'part' || (typeof name.family === 'number' && name.family >= RELATION.prefix);
    if (givenAgrees) return familyAgrees ? 'agree' : 'given';
    return familyAgrees ? 'family' : 'neither';
  },
  shown,
);

/** How many cards of the book carry exactly this full name, where both do. */
export const namesakes = comparison(
  'namesakes',
  ['none', '0', '1', '2', '3', '4', '5'],
  ({ a, b, name, statistics }) => {
    if (name.given !== RELATION.same || name.family !== RELATION.same) return 'none';
    if (a.fullName === '' || a.fullName !== b.fullName) return 'none';
    return String(Math.min(5, scaleOf(statistics.holders(keyOf('fullname', a.fullName)))));
  },
  ({ a, statistics }) => ({ holders: statistics.holders(keyOf('fullname', a.fullName)) }),
);

/**
 * Weighs nothing, but where a machine would merge, a name that a mailbox completed is half a name: it may be the partner's. So is a
 * short form, and a name of fewer words than the other's: Tommy may be Tom's son, Christine may be called Chris as Christopher is,
 * and Ana Belén have her mother Ana's number.
 */
export const completed = comparison('completed', ['no', 'yes', 'open'], ({ a, b, name, touching, statistics }) => {
  if (a.record.name.completed || b.record.name.completed) return 'yes';
  if (name.given === RELATION.short) return touching || !isRegister(statistics) ? 'open' : 'no';
  return touching && name.given === RELATION.same && a.given.length !== b.given.length ? 'open' : 'no';
});

/** Jr and Sr share everything but this. */
export const suffix = comparison('suffix', ['none', 'same', 'one', 'conflict'], ({ a, b }) => {
  const [mine, yours] = [a.record.name.suffix, b.record.name.suffix];
  if (mine === yours) return mine === '' ? 'none' : 'same';
  return mine === '' || yours === '' ? 'one' : 'conflict';
});

/** Different given names, seen beside what else is shared: a spouse, a twin, a colleague, a child with a parent's number. */
export const clash = comparison(
  'clash',
  ['none', 'linked', 'birthday', 'family', 'kin', 'kin.many', 'told'],
  (pairing) => {
    const { a, b, name, linked } = pairing;
    if (pairing.touching && (isRelativeOf(a, b) || isRelativeOf(b, a))) return 'told';
    if (name.given !== RELATION.none) return 'none';
    const born = areBornTogether(a.record.birthday, b.record.birthday);
    if (linked && !areTwoPeople(pairing, born)) return 'linked';
    if (linked) return Math.min(pairing.phone?.scale ?? MANY, pairing.email?.scale ?? MANY) < MANY ? 'kin' : 'kin.many';
    if (born) return 'birthday';
    return name.family === RELATION.none ? 'none' : 'family';
  },
);

/** One card tells its person by the other's name: `Mama von Emil` is not Emil, unless both are called so. */
function isRelativeOf({ record, given }: Profile, other: Profile): boolean {
  const { kin } = record.name;
  return kin !== undefined && other.given.some((word) => kin.includes(word.text) && !given.includes(word));
}

/** Scale of three cards and more: both people have their cards twice, which makes the number no more personal. */
const MANY = 2;

/**
 * Two words that people are called by, or other characters: neither is the other, mistyped or cut short. Names that begin alike
 * may be forms of one that no table knows, unless they are twins' or both long: Christine is no form of Christopher. A mailbox or a
 * landline is shared by families more often than a mobile.
 */
function areTwoPeople({ a, b, name, phone }: Pairing, born: boolean): boolean {
  const hasMobile = phone !== undefined && !isLandline(phone);
  const [one, other] = [a.given[0], b.given[0]];
  if (one === undefined || other === undefined) return false;
  const areRelated = isSaid(name.family);
  if (a.record.name.han !== '' && b.record.name.han !== '') return areRelated;
  const beginAlike = one.text.slice(0, 2) === other.text.slice(0, 2);
  const isCrossed = !areRelated && (a.family.includes(other) || b.family.includes(one));
  const shorter = Math.min(one.text.length, other.text.length);
  if (areRelated && (isHisAndHers(one.text, other.text) || areBothCalled(one, other))) return true;
  if (one.known && other.known) return (areRelated && (born || shorter > SHORT_FORM)) || !(beginAlike || isCrossed);
  return areRelated && !hasMobile && !beginAlike && shorter > 2;
}

/** Rafael and Raquel: of each the tables know what it is shortened to, and that is not the other. */
const areBothCalled = ({ classes: mine }: Word, { classes: yours }: Word): boolean =>
  mine.short !== undefined && yours.short !== undefined;

/** Hardly any short form is longer. */
const SHORT_FORM = 7;

/** `Oma` and `Oma Hilde`, `Zahnarzt` and `Dr. Weber Zahnarzt`: what both are to the owner, behind one number or mailbox. */
export const called = comparison('called', ['no', 'same'], ({ a, b, name, touching }) => {
  if (!touching) return 'no';
  if (isTradeAlone(a, b) || isTradeAlone(b, a)) return 'same';
  if (a.nicknames.length === 0 || b.nicknames.length === 0) return 'no';
  if (!(a.nameless || b.nameless || isSaid(name.given) || isSaid(name.family))) return 'no';
  return a.nicknames.some((word) => isStanding(word) && b.nicknames.includes(word)) ? 'same' : 'no';
});

/** A trade and no name, and a name that begins with it. */
const isTradeAlone = ({ nameless, nicknames }: Profile, { words }: Profile): boolean =>
  nameless &&
  beginsWithTrade(
    words.map(({ text }) => text),
    nicknames,
  );

const isStanding = ({ text }: Word): boolean => ROLES.has(text) || KINSHIP.has(text);
