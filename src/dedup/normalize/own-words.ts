/** What of the words of one name field names the person, and what names somebody else or nobody. */
import { EMPTY } from '../empty.ts';
import { isFirstName } from '../names/first-names.ts';
import { isArabicName } from '../names/given-names.ts';
import { ROLES } from '../names/roles.ts';
import {
  HONORIFICS,
  HOUSEHOLD,
  KIN_OF,
  KINSHIP,
  KUNYAS,
  LEADING_HONORIFICS,
  OF,
  PARENTS,
  PARENTS_BEHIND,
  PARENTS_OF,
  PARTICLES,
  SLAVIC_KIN,
} from '../names/words.ts';

export interface OwnWords {
  readonly words: readonly string[];
  /** As `NameRecord.kin`. */
  readonly kin: readonly string[];
}

/** `Zahnarzt`, `Hausmeister`: what somebody does, and no name. */
export const ROLE_ALONE: readonly string[] = [];

const own = (words: readonly string[]): OwnWords => ({ words, kin: EMPTY });

/** Takes away the relation to the owner, and the child that somebody is the mother of. */
export function ownWords(words: readonly string[]): OwnWords {
  const [first = '', last = ''] = [words[0], words.at(-1)];
  if (words.length === 1) return own(ROLES.has(first) ? ROLE_ALONE : KINSHIP.has(first) ? EMPTY : words);
  const parent = asParent(words);
  if (parent) return parent;
  if (words.length === 2 && LEADING_HONORIFICS.has(first)) return own(words.slice(1));
  if (HONORIFICS.has(last)) return own(words.slice(0, -1));
  const bare = words.filter((word) => !HOUSEHOLD.has(word));
  if (bare.length === words.length - 1 && bare.length > 0) return own(bare);
  if (words.length === 2 && first === 'the') return own(words.slice(1));
  return own(KINSHIP.has(first) ? words.slice(1) : words);
}

const isOf = (word: string): boolean => PARTICLES.has(word) || OF.has(word);

/** `Mama von Emil`, `Emils Mama`, `Lucía Mamá de Hugo`, `Neha Aarav Mom`, `Freddie's mum Hattie`, `Мама Артёма`, `Umm Khaled`. */
function asParent(words: readonly string[]): OwnWords | undefined {
  const [first = '', second = '', last = ''] = [words[0], words[1], words.at(-1)];
  const isName = isFirstName(first);
  const children = isName ? [first] : nominatives(first);
  if (words.length > 2 && isName) {
    const at = words.findIndex((word, index) => index > 0 && PARENTS.has(word));
    if (at > 0 && isOf(words[at + 1] ?? '')) return { words: words.slice(0, at), kin: kinOf(words.slice(at + 2)) };
    if (at === words.length - 1) return { words: words.slice(0, 1), kin: words.slice(1, -1) };
  }
  if (words.length > 2 && !isName && children.length > 0 && PARENTS.has(second))
    return { words: words.slice(2), kin: children };
  const isParent = isOf(second) ? PARENTS.has(first) || PARENTS_OF.has(first) : PARENTS.has(first) && !isName;
  if (isParent && (isOf(second) || nominatives(second).length > 0))
    return { words: EMPTY, kin: kinOf(words.slice(1).filter((word) => !isOf(word))) };
  if (words.length > 2 && KIN_OF.has(first) && isOf(second) && words.slice(2).some(isFirstName))
    return { words: EMPTY, kin: kinOf(words.slice(2)) };
  if (words.length === 2 && SLAVIC_KIN.has(first) && !isFirstName(second) && nominatives(second).length > 0)
    return { words: EMPTY, kin: kinOf([second]) };
  if (words.length === 2 && PARENTS.has(last) && children.length > 0) return { words: EMPTY, kin: children };
  if (words.length < 4 && words.length > 1 && PARENTS_BEHIND.has(last))
    return { words: EMPTY, kin: kinOf(words.slice(0, -1)) };
  if (words.length === 2 && KUNYAS.has(first) && isArabicName(second)) return { words: EMPTY, kin: [second] };
  return undefined;
}

/** The names of children, each in the forms in which its own card may have it. */
const kinOf = (words: readonly string[]): readonly string[] => [
  ...new Set(words.flatMap((word): readonly string[] => [word, ...formsOf(word)])),
];

/**
 * The known names that a word may be the genitive of: Emils, Артёма, Лены, Насти, Γιάννη, Ελένης, Leonin, Berna'nın. The word itself
 * comes first where it is one.
 */
const nominatives = (word: string): readonly string[] => [...new Set([word, ...formsOf(word)])].filter(isFirstName);

function formsOf(word: string): readonly string[] {
  if (word.length < 3) return EMPTY;
  return GENITIVES.flatMap(([ending, nominative]): readonly string[] =>
    ending.test(word) ? nominative.map((letters) => word.replace(ending, '') + letters) : EMPTY,
  );
}

/** What genitives end in, and what the names end in that have them. */
const GENITIVES: readonly (readonly [ending: RegExp, nominative: readonly string[]])[] = [
  [/s$/, ['']],
  [/a$/, ['', 'o']],
  [/ka$/, ['ek']],
  [/[iy]$/, ['a', 'ya', 'ia', 'is', 's']],
  [/o[yu]$/, ['os']],
  [/i?n$/, ['']],
  [/[ny]?[iu]n$/, ['']],
];
