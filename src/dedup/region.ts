/** The country a book is written in, guessed from its international phone numbers. */
import { normalizePhone, regionOf } from './normalize/phone.ts';

/**
 * The most frequent country among numbers written with `+` or `00`, as an ISO 3166 code; undefined when fewer than
 * three numbers name one. `numbers`: raw TEL values.
 */
export function guessRegion(numbers: Iterable<string>): string | undefined {
  const counts = new Map<string, number>();
  for (const number of numbers) {
    if (!/^\s*(tel:)?\(?(\+|00)/i.test(number)) continue;
    const phone = normalizePhone(number, [], []);
    const region = phone && regionOf(phone.number);
    if (region) counts.set(region, (counts.get(region) ?? 0) + 1);
  }
  const [best] = [...counts].sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1));
  return best && best[1] >= 3 ? best[0] : undefined;
}
