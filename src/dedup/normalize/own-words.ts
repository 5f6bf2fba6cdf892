/** What of the words of one name field names the person, and what names somebody else or nobody. */
import { EMPTY } from '../empty.ts';
import { isFirstName } from '../names/first-names.ts';
import { ROLES } from '../names/roles.ts';
import { HONORIFICS, HOUSEHOLD, KINSHIP, LEADING_HONORIFICS, PARENTS, PARTICLES } from '../names/words.ts';

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

/** `Mama von Emil`, `Emils Mama`, `Lucía Mamá de Hugo`, `Neha Aarav Mom`, `Freddie's mum Hattie`. */
function asParent(words: readonly string[]): OwnWords | undefined {
  const [first = '', second = '', last = ''] = [words[0], words[1], words.at(-1)];
  const child = isFirstName(first) ? first : first.replace(/s$/, '');
  if (words.length > 2 && child === first && isFirstName(first)) {
    const at = words.findIndex((word, index) => index > 0 && PARENTS.has(word));
    if (at > 0 && PARTICLES.has(words[at + 1] ?? '')) return { words: words.slice(0, at), kin: words.slice(at + 2) };
    if (at === words.length - 1) return { words: words.slice(0, 1), kin: words.slice(1, -1) };
  }
  if (words.length > 2 && child !== first && isFirstName(child) && PARENTS.has(second))
    return { words: words.slice(2), kin: [child] };
  if (PARENTS.has(first) && (PARTICLES.has(second) || isFirstName(second)))
    return { words: EMPTY, kin: words.slice(1).filter((word) => !PARTICLES.has(word)) };
  if (words.length === 2 && PARENTS.has(last) && isFirstName(child)) return { words: EMPTY, kin: [child] };
  return undefined;
}
