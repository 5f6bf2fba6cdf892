/** Names in Greek letters to the spelling that Greeks give them in Latin ones: pairs of letters are one sound. */

const GREEK = /[\u0370-\u03ff\u1f00-\u1fff]+/g;
/** Two dots keep two vowels apart. */
const DOTS = /[\u0300\u0301\u0342\u0313\u0314\u0345]/g;
const APART = '\u0308';

/** Pairs of letters, in the order in which they are looked for. */
const PAIRS: readonly (readonly [pair: RegExp, latin: string])[] = [
  [/ου/g, 'ou'],
  [/([αεη])υ(?=[θκξπσςτφχψ]|$)/g, '$1f'],
  [/([αεη])υ/g, '$1v'],
  [/^μπ/, 'b'],
  [/^ντ/, 'd'],
  [/^γκ/, 'g'],
  [/γ[γκ]/g, 'ng'],
  [/γχ/g, 'nch'],
];

const LETTERS: ReadonlyMap<string, string> = new Map(
  'αa βv γg δd εe ζz ηi θth ιi κk λl μm νn ξx οo πp ρr σs ςs τt υy φf χch ψps ωo'
    .split(' ')
    .map((entry): [string, string] => [entry[0]!, entry.slice(1)]),
);

/** `text` with every word in Greek letters replaced by Latin ones: Ευγενία is Evgenia, Παππούς Pappous, Ντίνος Dinos. */
export const latinFromGreek = (text: string): string => text.replace(GREEK, latinWord);

function latinWord(word: string): string {
  let plain = word.normalize('NFD').replace(DOTS, '').toLowerCase();
  for (const [pair, latin] of PAIRS) plain = plain.replace(pair, latin);
  return [...plain.replaceAll(APART, '')].map((letter) => LETTERS.get(letter) ?? letter).join('');
}
