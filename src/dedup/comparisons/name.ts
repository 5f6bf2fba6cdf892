/** Comparisons of names. */
import { comparison, type Pairing } from '../comparison.ts';
import { keyOf } from '../key.ts';
import { rarityOf, scaleOf } from '../profile.ts';
import { RELATION } from '../similarity/word-relation.ts';
import type { Match } from './name-match.ts';

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

/** Doublings of rarity to three steps: a common, a usual and a rare name. */
function step(rarity: number): string {
  return rarity <= 5 ? 'common' : rarity <= 8 ? 'usual' : 'rare';
}

function commonWord(mine: readonly string[], yours: readonly string[]): string | undefined {
  return mine.find((word) => yours.includes(word));
}

const shown = ({ a, b }: Pairing): Record<string, string> => ({ a: a.words.join(' '), b: b.words.join(' ') });

export const given = comparison(
  'given',
  'missing same.common same.usual same.rare short language sound near prefix initial middle conflict'.split(' '),
  (pairing) => {
    const level = named(pairing.name.given);
    if (level !== 'same') return level;
    const { a, b, statistics } = pairing;
    const word = commonWord(a.name.given, b.name.given) ?? a.name.given[0] ?? '';
    return `same.${step(rarityOf(statistics.holders(keyOf('given', word)), statistics))}`;
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
    const word = commonWord(a.name.family, b.name.family) ?? a.name.family[0] ?? '';
    return `same.${step(rarityOf(statistics.holders(keyOf('family', word)), statistics))}`;
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
    const [mine, yours] = [[...a.words].sort().join(' '), [...b.words].sort().join(' ')];
    if (mine !== yours || a.words.length < 2) return 'none';
    return String(Math.min(5, scaleOf(statistics.holders(keyOf('fullname', mine)))));
  },
  ({ a, statistics }) => ({ holders: statistics.holders(keyOf('fullname', [...a.words].sort().join(' '))) }),
);

/** Jr and Sr share everything but this. */
export const suffix = comparison('suffix', ['none', 'same', 'one', 'conflict'], ({ a, b }) => {
  const [mine, yours] = [a.name.suffix, b.name.suffix];
  if (mine === yours) return mine === '' ? 'none' : 'same';
  return mine === '' || yours === '' ? 'one' : 'conflict';
});

export const middle = comparison('middle', ['missing', 'same', 'initial', 'conflict'], ({ a, b }) => {
  const [mine, yours] = [a.name.middle, b.name.middle];
  if (mine.length === 0 || yours.length === 0) return 'missing';
  if (mine.some((word) => yours.includes(word))) return 'same';
  return mine.some((word) => yours.some((other) => word[0] === other[0])) ? 'initial' : 'conflict';
});

/** Different given names, seen beside what else is shared: a spouse, a twin, a colleague. */
export const clash = comparison('clash', ['none', 'linked', 'birthday', 'family'], ({ a, b, name, linked }) => {
  if (name.given !== RELATION.none) return 'none';
  const [mine, yours] = [a.record.birthday, b.record.birthday];
  const born =
    mine &&
    yours &&
    mine.year !== 0 &&
    mine.year === yours.year &&
    mine.month === yours.month &&
    mine.day === yours.day;
  const what = linked ? 'linked' : born ? 'birthday' : 'family';
  if (what === 'family' && name.family === RELATION.none) return 'none';
  return what;
});
