/** Sound-alike forms of names, so that spellings and transliterations of one name meet. */
import { remembering } from '../../base/remembering.ts';

/** The letters of a folded word as bits; digits share theirs with some of them. */
export function lettersOf(text: string): number {
  let letters = 0;
  for (let i = 0; i < text.length; i++) letters |= 1 << (text.charCodeAt(i) & 31);
  return letters;
}

const ANY_LETTERS = -1;

/** What becomes of which letters, and the letters of one of which each match has at least one, where it helps to look for them first. */
const RULES = (
  [
    [/schtsch|sch|sh|sz|cz|tch|tsch|ch(?=[eiy])|zh|dj|dz|ts|tz/g, 's', 'hzjt'],
    [/ow$/g, 'ov', 'w'],
    [/ph|pf/g, 'f', 'p'],
    [/th|dt|td/g, 't', 't'],
    [/kh|gh|ck|ch|q|x|g/g, 'k', 'hgkqx'],
    [/ou|oo|ow(?![aeiouy])|au/g, 'u', 'ou'],
    [/ae|ai|ay|ei|ey|ee|ea/g, 'e', 'eiy'],
    [/oe|ue/g, 'u', 'e'],
    [/ie|iy|ij|yi|ii/g, 'i', 'i'],
    [/w/g, 'v', 'w'],
    [/c/g, 'k', 'c'],
    [/z/g, 's', 'z'],
    [/[yj]/g, 'i', 'yj'],
    [/d/g, 't', 'd'],
    [/b/g, 'p', 'b'],
    [/(.)\1+/g, '$1', undefined],
    [/(?<=.)h/g, '', 'h'],
  ] as const
).map(([pattern, replacement, letters]) => ({
  pattern,
  replacement,
  letters: letters ? lettersOf(letters) : ANY_LETTERS,
}));
const MEMO_LIMIT = 200_000;

/** A coarse sound form of one folded word; vowels kept. Equal for `mueller` and `muller`, `schmidt` and `schmitt`. */
export const soundOf = remembering(MEMO_LIMIT, (word) => {
  let sound = word;
  let seen = lettersOf(word);
  for (const { pattern, replacement, letters } of RULES) {
    if ((seen & letters) === 0) continue;
    sound = sound.replace(pattern, replacement);
    seen |= lettersOf(replacement);
  }
  return sound;
});

/** The sound form without vowels behind the first letter: `mohammed`, `muhamad` and Arabic `mhmd` meet. */
export const consonantsOf = remembering(MEMO_LIMIT, (word) =>
  soundOf(word)
    .replace(/^[aeiou]+/, 'a')
    .replace(/(?<=.)[aeiou]+/g, '')
    .replace(/(.)\1+/g, '$1'),
);
