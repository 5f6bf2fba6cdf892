/** Which spellings of phone numbers on the cards of one merge are the same number. */
import { normalizePhone } from '../dedup/normalize/phone.ts';

/** With so many digits in common at the end, and nothing else said by the shorter one, two spellings are one number. */
const ENOUGH_DIGITS = 8;

/**
 * Gives each text a key that texts of the same number share. `region`: country of national numbers, when known.
 * A national spelling joins the international one that ends like it, unless several different numbers do.
 * The order of the texts does not matter.
 */
export function phoneKeys(texts: readonly string[], region: string | undefined): ReadonlyMap<string, string> {
  const digitsOf = new Map(texts.map((text) => [text, significantDigits(text, region)]));
  const distinct = [...new Set(digitsOf.values())].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const keyOf = new Map<string, string>();
  const full: string[] = [];
  for (const digits of distinct) {
    const ends = digits.length < ENOUGH_DIGITS ? [] : full.filter((longer) => longer.endsWith(digits));
    if (ends.length === 1) keyOf.set(digits, ends[0]!);
    else {
      keyOf.set(digits, digits);
      full.push(digits);
    }
  }
  return new Map(texts.map((text) => [text, keyOf.get(digitsOf.get(text)!)!]));
}

/** Digits that matter, without `+`, `00`, trunk zeros; the text itself where there are none (`tel:*#`, a name in the wrong field). */
function significantDigits(text: string, region: string | undefined): string {
  const read = normalizePhone(text, region === undefined ? [] : [region], []);
  const digits = (read?.number ?? '').replace(/\D/g, '').replace(/^0+/, '');
  return digits === '' ? `text:${text.trim().toLowerCase()}` : digits;
}
