/** Names in Hebrew letters to the spelling they have in Latin ones: vowels are hardly written, so known names are looked up. */
import { remembering } from '../../base/remembering.ts';
import { hebrewName } from '../names/hebrew.ts';

const WORD = /[\u05d0-\u05ea]+(?:['\u05f3](?=[\u05d0-\u05ea]))?[\u05d0-\u05ea]*/g;
const POINTS = /[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]/g;
/** `ד״ר` doctor, `עו״ד` lawyer, `פרופ׳` professor, `גב׳` Mrs, `מר` Mr, with whatever marks stand for the geresh. */
const TITLE =
  /(?<![\u05d0-\u05ea])(?:ד["'\u05f4״”]{1,2}ר|עו["'\u05f4״”]{1,2}ד|רו["'\u05f4״”]{1,2}ח|פרופ['\u05f3׳]?|גב['\u05f3׳]|מר)(?![\u05d0-\u05ea])\.?/g;
/** Surnames that begin with the word for son or house: one name, as in `Ben-David`. */
const SON_OF = /(?<![\u05d0-\u05ea])(בן|בר|בת)[\s\u05be-](?=[\u05d0-\u05ea]{2,}\s*$)/;

const LETTERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    א: '',
    ב: 'b',
    ג: 'g',
    ד: 'd',
    ה: 'h',
    ו: 'o',
    ז: 'z',
    ח: 'h',
    ט: 't',
    י: 'i',
    כך: 'k',
    ל: 'l',
    מם: 'm',
    נן: 'n',
    ס: 's',
    ע: '',
    פ: 'p',
    ף: 'f',
    צץ: 'tz',
    ק: 'k',
    ר: 'r',
    ש: 'sh',
    ת: 't',
  }).flatMap(([letters, sound]) => [...letters].map((letter): [string, string] => [letter, sound])),
);
const SON: ReadonlyMap<string, string> = new Map([
  ['בן', 'ben'],
  ['בר', 'bar'],
  ['בת', 'bat'],
]);

/** `text` with every word in Hebrew letters replaced by Latin ones, titles left out; other scripts stay. */
export function latinFromHebrew(text: string): string {
  return text
    .replace(POINTS, '')
    .replace(TITLE, ' ')
    .replace(SON_OF, (_, son: string) => `${SON.get(son) ?? ''}\u2060`)
    .replace(/\u05be/g, ' ')
    .replace(WORD, latinWord)
    .replaceAll('\u2060', '');
}

const latinWord = remembering(20_000, (word) => {
  const bare = word.replace(/['\u05f3]/g, '');
  return hebrewName(bare) ?? spelled(bare);
});

/** Letter by letter, without what may be a vowel: words of which no vowel is known are compared by their consonants. */
function spelled(word: string): string {
  const letters = word
    .replace(/^ו|וו/g, 'v')
    .replace(/^י/, 'y')
    .replace(/[אויע]|ה$/g, '');
  return [...(letters === '' ? word : letters)].map((letter) => LETTERS.get(letter) ?? letter).join('');
}
