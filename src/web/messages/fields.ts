/** Property names and type words of cards in the reader's words. */
import { say, sayIfKnown } from './say.ts';

/** `TEL` as "Phone"; an extension property is shown as it is written, without its `X-`. */
export function sayProperty(property: string): string {
  const known = sayIfKnown(`field.${property.toLowerCase()}`);
  if (known !== null) return known;
  const words = property.replace(/^X-/i, '').replace(/[-_]+/g, ' ').toLowerCase();
  return words === '' ? say('field.other') : words.charAt(0).toLocaleUpperCase() + words.slice(1);
}

/** Label and type words of a value, in one line; empty when it has none that people need. */
export function sayTypes(types: readonly string[], label: string | null): string {
  const words = types.map((type) => sayIfKnown(`type.${type}`) ?? type).filter((word) => word !== '');
  return [...new Set([...(label ? [label] : []), ...words])].join(', ');
}
