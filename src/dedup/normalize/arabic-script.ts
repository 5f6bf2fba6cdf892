/** Names in Arabic letters to the spelling they have in Latin ones: vowels are not written, so known names are looked up. */
import { remembering } from '../../base/remembering.ts';
import { ARABIC, ARABIC_SURNAMES } from '../names/eastern.ts';

const WORD = /[\u0620-\u064a\u066e-\u06d3]+/g;
const VOWEL_SIGNS = /[\u0610-\u061a\u064b-\u065f\u0670\u0640]/g;

/** Unlike the others this h is heard where it ends a name: صالح is Saleh, not Sala. */
const SPOKEN_H = 'ħ';

/** Letters by their sound; hamza and ayn, which Latin spellings leave out, have none. */
const LETTERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    اأإآٱى: 'a',
    بپ: 'b',
    ت: 't',
    ث: 'th',
    ج: 'j',
    چ: 'ch',
    هھە: 'h',
    ح: SPOKEN_H,
    خ: 'kh',
    د: 'd',
    ذ: 'dh',
    ر: 'r',
    زژظ: 'z',
    سص: 's',
    ش: 'sh',
    ض: 'd',
    ط: 't',
    غ: 'gh',
    ف: 'f',
    قكک: 'k',
    گ: 'g',
    ل: 'l',
    م: 'm',
    ن: 'n',
    وؤ: 'w',
    يیئ: 'y',
    ة: 'a',
    ءع: '',
  }).flatMap(([letters, sound]) => [...letters].map((letter): [string, string] => [letter, sound])),
);

/** `عبد الله` is one name; a lone letter with a dot is a title (`د.` doctor, `م.` engineer, `أ.` Mr). */
const SERVANT = /(?<![\u0620-\u06d3])عبد\s+(?=ال)/g;
const TITLE = /(?<![\u0620-\u06d3])[دمأ]\s?\./g;
/** Titles in full, before a name. */
const FULL_TITLE = /^\s*(?:(?:ال)?(?:دكتورة?|مهندسة?|أستاذة?|حاجة?)|دکتر|مهندس|استاد|آقای|خانم|حاج)(?:\s+|$)/;
/** `أم خالد` is told by her child, in letters that leave her vowel out. */
const MOTHER_OF = /^\s*[أا]م(?:\s+|$)/;

/** `text` with every word in Arabic letters replaced by Latin ones, titles left out; other scripts stay. */
export function latinFromArabic(text: string): string {
  const named = text.replace(VOWEL_SIGNS, '').replace(TITLE, ' ').replace(FULL_TITLE, '').replace(MOTHER_OF, 'umm ');
  return named.replace(SERVANT, 'عبد').replace(WORD, latinWord);
}

const latinWord = remembering(20_000, (word) => {
  // an ayn that begins a name is spelt by its vowel
  const spelt = word.replace(/^(ال)?ع/, '$1ا');
  const heard = [...spelt].map((letter) => LETTERS.get(letter) ?? '').join('');
  const sounds = heard.replaceAll(SPOKEN_H, 'h');
  const article = /^al(?=.{3})/.exec(sounds)?.[0] ?? '';
  const bare = sounds.slice(article.length);
  const prefix = article === '' ? '' : 'al-';
  const known = knownNames().get(consonants(sounds));
  if (known !== undefined) return known;
  return (
    prefix + (knownNames().get(consonants(bare)) ?? voweled(heard.slice(article.length)).replaceAll(SPOKEN_H, 'h'))
  );
});

/** Long vowels for glides, an `a` where consonants cannot be spoken together: `mnswr` to `mansur`. */
function voweled(sounds: string): string {
  const glided = sounds
    .replace(/(?<=[^aeiou])w(?![aeiou])/g, 'u')
    .replace(/(?<=[^aeiou])y(?![aeiou])/g, 'i')
    .replace(/(?<=[^aeioukshdgtc])h$/, 'a');
  const tokens = glided.match(/[ksdgtc]h|./g) ?? [];
  let spoken = '';
  let consonantsInRow = 0;
  tokens.forEach((token, at) => {
    if (/[aeiou]/.test(token)) consonantsInRow = 0;
    else if (++consonantsInRow > 1 && (at === 1 || at === tokens.length - 1 || consonantsInRow > 2)) {
      spoken += 'a';
      consonantsInRow = 1;
    }
    spoken += token;
  });
  return spoken;
}

/** What Arabic letters keep of a name: consonants, and the long vowels `u` and `i` as glides. */
function consonants(sounds: string): string {
  const first = /^[aeiou]/.test(sounds) ? 'a' : '';
  return (
    first +
    sounds
      .replace(/h$/, '')
      .replace(/[aeiou]/g, '')
      .replace(/(.)\1+/g, '$1')
  );
}

let names: ReadonlyMap<string, string> | undefined;

/** Given names by their consonants, the usual spelling first; made when the first Arabic letter is seen. */
function knownNames(): ReadonlyMap<string, string> {
  if (names) return names;
  const found = new Map<string, string>();
  for (const spell of [longVowels, shortVowels])
    for (const line of [...ARABIC, ...ARABIC_SURNAMES]) {
      const [usual = '', ...others] = line.split(' ');
      for (const name of [usual, ...others]) {
        const key = consonants(spell(name));
        if (key.length >= 3 && !found.has(key)) found.set(key, usual);
      }
    }
  names = found;
  return found;
}

const sameLetters = (name: string): string =>
  name
    .replace(/dj/g, 'j')
    .replace(/(?<!s)ch/g, 'sh')
    .replace(/[qc](?!h)/g, 'k')
    .replace(/v/g, 'w')
    .replace(/p/g, 'b');
const longVowels = (name: string): string =>
  sameLetters(name)
    .replace(/ou|oo/g, 'w')
    .replace(/ee|ei|ay|ai|ey|i/g, 'y');
const shortVowels = (name: string): string => sameLetters(name);
