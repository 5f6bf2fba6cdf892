/** Which spellings of phone numbers on the cards of one merge are the same number. */
import { normalizePhone } from '../dedup/normalize/phone.ts';

/** With so many digits in common at the end, and nothing else said by the shorter one, two spellings are one number. */
const ENOUGH_DIGITS = 8;

/**
 * Gives each text a key that texts of the same number share. `region`: country of national numbers, when known.
 * A national spelling is the international one on these cards that ends like it, whatever the region; where none or several do,
 * it is read in the region. The order of the texts does not matter.
 */
export function phoneKeys(texts: readonly string[], region: string | undefined): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  const byEnding = new Map<string, Set<string>>();
  const know = (text: string, number: string): void => {
    keys.set(text, number);
    const ending = number.slice(-ENOUGH_DIGITS);
    byEnding.set(ending, (byEnding.get(ending) ?? new Set()).add(number));
  };
  const distinct = [...new Set(texts)].map((text) => ({ text, digits: nationalDigits(text) }));
  distinct.sort((a, b) => b.digits.length - a.digits.length || (a.text < b.text ? -1 : 1));
  for (const { text } of distinct) if (isInternational(text)) know(text, significantDigits(text, undefined));
  for (const { text, digits } of distinct) {
    if (keys.has(text)) continue;
    const known = digits.length < ENOUGH_DIGITS ? [] : [...(byEnding.get(digits.slice(-ENOUGH_DIGITS)) ?? [])];
    const [only, ...more] = known.filter((number) => number.endsWith(digits));
    know(text, only !== undefined && more.length === 0 ? only : significantDigits(text, region));
  }
  return keys;
}

function nationalDigits(text: string): string {
  return text.replace(/\(0\)/g, '').replace(/\D/g, '').replace(/^0+/, '');
}

function isInternational(text: string): boolean {
  return /^\s*(?:tel:)?\s*\(?(?:\+|\uff0b|00)/i.test(text);
}

/** Digits that matter, without `+`, `00`, trunk zeros; the text itself where there are none (a name in the wrong field). */
function significantDigits(text: string, region: string | undefined): string {
  const read = normalizePhone(text, region === undefined ? [] : [region], []);
  const digits = (read?.number ?? '').replace(/\D/g, '').replace(/^0+/, '');
  return digits === '' ? `text:${text.trim().toLowerCase()}` : digits;
}
