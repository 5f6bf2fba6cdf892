/** Keys of the engine: 53-bit numbers hashed from a rule's name and a value, exact in a double and in a bigint column. */
import { remembering } from '../../base/remembering.ts';

/** The state of a hash after a rule's name: values of one rule go on from here. */
export interface KeySeed {
  readonly high: number;
  readonly low: number;
}

/** The state after the name of `rule`. */
export function seedOf(rule: string): KeySeed {
  let high = 0x9e3779b9;
  let low = 0x85ebca6b;
  for (let i = 0; i < rule.length; i++) {
    const code = rule.charCodeAt(i);
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul(low ^ code, 0x5bd1e995);
  }
  return { high, low };
}

const SPACE = 32;

/**
 * `keyOf(rule, value)`, or `keyOf(rule, value + ' ' + second)` without putting the text together. Sums are cut to 32 bits at once,
 * though only those count in the end: numbers that outgrow them are slow.
 */
export function seededKey(seed: KeySeed, value: string, second?: string): number {
  let { high, low } = seed;
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    high = Math.imul(high ^ code, 0x01000193);
    low = (Math.imul(low ^ code, 0x5bd1e995) + (high >>> 15)) | 0;
  }
  if (second !== undefined) {
    high = Math.imul(high ^ SPACE, 0x01000193);
    low = (Math.imul(low ^ SPACE, 0x5bd1e995) + (high >>> 15)) | 0;
    for (let i = 0; i < second.length; i++) {
      const code = second.charCodeAt(i);
      high = Math.imul(high ^ code, 0x01000193);
      low = (Math.imul(low ^ code, 0x5bd1e995) + (high >>> 15)) | 0;
    }
  }
  high = Math.imul(high ^ (high >>> 16) ^ low, 0x85ebca6b);
  low = Math.imul(low ^ (low >>> 13) ^ (high >>> 7), 0xc2b2ae35);
  return ((high ^ (high >>> 16)) & 0x1fffff) * 0x100000000 + ((low ^ (low >>> 16)) >>> 0);
}

/**
 * Hash of `rule` and `value`, 0 to 2^53 - 1. Two 32-bit lanes of multiply-and-shift; equal input gives an equal key on
 * every machine, so keys may be stored.
 */
export const keyOf = (rule: string, value: string): number => seededKey(knownSeed(rule), value);

const knownSeed = remembering(100, seedOf);
