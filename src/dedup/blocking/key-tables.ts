/** Tables of keys by open addressing: a table of all keys of a book would not fit into the processor's cache, that of a part does. */
import type { KeyIndex } from './key-index.ts';

/** Keys with their rules, in arrays that grow. */
export class KeyList {
  size = 0;
  keys: Float64Array;
  rules: Uint8Array;

  constructor(expected: number) {
    this.keys = new Float64Array(Math.max(64, expected));
    this.rules = new Uint8Array(this.keys.length);
  }

  readonly add = (key: number, rule: number): void => {
    if (this.size === this.keys.length) this.grow();
    this.keys[this.size] = key;
    this.rules[this.size++] = rule;
  };

  private grow(): void {
    const [keys, rules] = [this.keys, this.rules];
    this.keys = new Float64Array(keys.length * 1.5);
    this.rules = new Uint8Array(this.keys.length);
    this.keys.set(keys);
    this.rules.set(rules);
  }
}

/** Upper bits of a key mixed with its lower ones, 32 of them. */
export const mixed = (key: number): number => (key ^ (key / 0x200000)) >>> 0;

/** The slot of a key that one record alone holds. */
export const UNSHARED = 0xffffffff;

/** Room for `expected` keys by open addressing: a power of two, half empty. */
const capacityFor = (expected: number): number => 1 << Math.max(4, Math.ceil(Math.log2(expected * 2 + 1)));

/** Counts the keys of one part: upper bits are the part's, so the lower ones of the mix tell the place. */
export class PartTable {
  readonly counts: Uint32Array;
  readonly slots: Uint32Array;
  readonly next: Uint32Array;
  private readonly keys: Float64Array;
  private readonly mask: number;

  constructor(expected: number) {
    const capacity = capacityFor(expected);
    this.mask = capacity - 1;
    this.keys = new Float64Array(capacity);
    this.counts = new Uint32Array(capacity);
    this.slots = new Uint32Array(capacity);
    this.next = new Uint32Array(capacity);
  }

  clear(): void {
    this.counts.fill(0);
    this.slots.fill(UNSHARED);
  }

  count(key: number): void {
    const at = this.seek(key);
    this.keys[at] = key;
    this.counts[at]!++;
  }

  /** Where the key stands, or would. */
  seek(key: number): number {
    let at = mixed(key) & this.mask;
    while (this.counts[at] !== 0 && this.keys[at] !== key) at = (at + 1) & this.mask;
    return at;
  }
}

/** Keys with several holders, numbered in order of first sight. */
export class SharedSlots {
  private readonly keys: number[] = [];
  private readonly starts: number[] = [];
  private readonly limits: number[] = [];

  add(key: number, start: number, limit: number): number {
    this.starts.push(start);
    this.limits.push(limit);
    return this.keys.push(key) - 1;
  }

  finish(end: number): Pick<KeyIndex, 'starts' | 'limits' | 'holders'> {
    const starts = Uint32Array.from([...this.starts, end]);
    const capacity = capacityFor(this.keys.length);
    const shift = 32 - Math.log2(capacity);
    const keys = new Float64Array(capacity).fill(-1);
    const slots = new Uint32Array(capacity);
    const seek = (key: number): number => {
      let at = mixed(key) >>> shift;
      while (keys[at] !== -1 && keys[at] !== key) at = (at + 1) & (capacity - 1);
      return at;
    };
    this.keys.forEach((key, slot) => {
      const at = seek(key);
      keys[at] = key;
      slots[at] = slot;
    });
    const holders = (key: number): number => {
      const at = seek(key);
      if (keys[at] === -1) return 1;
      const slot = slots[at]!;
      return starts[slot + 1]! - starts[slot]!;
    };
    return { starts, limits: Uint16Array.from(this.limits), holders };
  }
}
