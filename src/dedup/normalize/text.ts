/** Text to comparable Latin words: compatibility forms, invisible characters, scripts, case, diacritics. */
import anyAscii from 'any-ascii';

const ASCII = /^[\x20-\x7e]*$/;
const INVISIBLE = /[\p{Cf}\p{Variation_Selector}\u115f\u1160]/gu;
const MOJIBAKE = /[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0178\u02c6\u02dc\u2013-\u203a\u20ac\u2122]/;
const ENTITY =
  /&(amp|lt|gt|quot|apos|nbsp|szlig|[a-z](?:uml|acute|grave|circ|tilde|cedil|ring|caron)|#\d{1,6}|#x[0-9a-f]{1,5});/gi;
const NAMED_ENTITY: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  szlig: 'ß',
};
const CP1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Undoes what does not belong to the text itself: HTML entities, UTF-8 read as Windows-1252, invisible characters, NFC. */
export function cleanText(text: string): string {
  if (ASCII.test(text) && !text.includes('&')) return text.trim();
  let clean = text.includes('&') ? text.replace(ENTITY, decodeEntity) : text;
  if (MOJIBAKE.test(clean)) clean = repairMojibake(clean);
  return clean.normalize('NFC').replace(INVISIBLE, '').replace(/\s+/g, ' ').trim();
}

/** The letter of `&uuml;`, `&Eacute;`. */
function accented(body: string): string | undefined {
  const [, letter, accent = ''] = ACCENTED.exec(body) ?? [];
  return letter === undefined ? undefined : (letter + ACCENTS[accent]!).normalize('NFC');
}

const ACCENTED = /^([a-z])(uml|acute|grave|circ|tilde|cedil|ring|caron)$/i;
const ACCENTS: Readonly<Record<string, string>> = {
  uml: '\u0308',
  acute: '\u0301',
  grave: '\u0300',
  circ: '\u0302',
  tilde: '\u0303',
  cedil: '\u0327',
  ring: '\u030a',
  caron: '\u030c',
};

function decodeEntity(whole: string, body: string): string {
  if (!body.startsWith('#')) return NAMED_ENTITY[body.toLowerCase()] ?? accented(body) ?? whole;
  const code = /^#x/i.test(body) ? Number.parseInt(body.slice(2), 16) : Number(body.slice(1));
  return code > 31 && code < 0x110000 && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : whole;
}

/** `JÃ¼rgen` to `Jürgen`, but only when all of it decodes and letters come out; otherwise the text as it was. */
function repairMojibake(text: string): string {
  const octets: number[] = [];
  for (const c of text) {
    const code = c.codePointAt(0)!;
    const high = code < 256 ? -1 : CP1252.indexOf(c);
    if (code < 256) octets.push(code);
    else if (high >= 0) octets.push(0x80 + high);
    else return text;
  }
  try {
    const repaired = utf8.decode(Uint8Array.from(octets));
    return /\p{L}/u.test(repaired) && !/[\u0080-\u009f]/.test(repaired) ? repaired : text;
  } catch {
    return text;
  }
}

/** Lower-case Latin without diacritics; other scripts transliterated character by character. Punctuation stays. */
export function foldText(text: string): string {
  return ASCII.test(text) ? text.toLowerCase() : anyAscii(text.normalize('NFKC').replace(INVISIBLE, '')).toLowerCase();
}

/** Folded words of letters and digits; apostrophes and dots inside a word do not split it. */
export function foldWords(text: string): string[] {
  const folded = foldText(text).replace(/['`\u2019]/g, '');
  const words = folded.match(/[a-z0-9]+/g);
  return words ?? [];
}

/** Folded letters and digits without anything between them. */
export function foldTight(text: string): string {
  return foldText(text).replace(/[^a-z0-9]+/g, '');
}
