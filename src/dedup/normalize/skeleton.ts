/** Sound-alike forms of names, so that spellings and transliterations of one name meet. */
import { remembering } from '../../base/remembering.ts';

const RULES: readonly (readonly [RegExp, string])[] = [
  [/schtsch|sch|sh|sz|cz|tch|tsch|ch(?=[eiy])|zh|dj|dz|ts|tz/g, 's'],
  [/ow$/g, 'ov'],
  [/ph|pf/g, 'f'],
  [/th|dt|td/g, 't'],
  [/kh|gh|ck|ch|q|x|g/g, 'k'],
  [/ou|oo|ow|au/g, 'u'],
  [/ae|ai|ay|ei|ey|ee|ea/g, 'e'],
  [/oe|ue/g, 'u'],
  [/ie|iy|ij|yi|ii/g, 'i'],
  [/w/g, 'v'],
  [/c/g, 'k'],
  [/z/g, 's'],
  [/[yj]/g, 'i'],
  [/d/g, 't'],
  [/b/g, 'p'],
  [/(.)\1+/g, '$1'],
  [/(?<=.)h/g, ''],
];
const MEMO_LIMIT = 200_000;

/** A coarse sound form of one folded word; vowels kept. Equal for `mueller` and `muller`, `schmidt` and `schmitt`. */
export const soundOf = remembering(MEMO_LIMIT, (word) => {
  let sound = word;
  for (const [pattern, replacement] of RULES) sound = sound.replace(pattern, replacement);
  return sound;
});

/** The sound form without vowels behind the first letter: `mohammed`, `muhamad` and Arabic `mhmd` meet. */
export const consonantsOf = remembering(MEMO_LIMIT, (word) =>
  soundOf(word)
    .replace(/^[aeiou]+/, 'a')
    .replace(/(?<=.)[aeiou]+/g, '')
    .replace(/(.)\1+/g, '$1'),
);
