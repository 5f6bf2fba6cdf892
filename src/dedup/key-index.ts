/** Keys of a whole book in memory: which records share a key, and how many hold it, by open addressing on doubles. */
import { BLOCKING_RULES, keysByRule } from './blocking.ts';
import type { ContactRecord } from './types.ts';

export interface KeyIndex {
  /** Records (places in the list) that share key slot `slot`: `members[starts[slot]] … members[starts[slot + 1] - 1]`. */
  readonly starts: Uint32Array;
  readonly members: Uint32Array;
  /** Slots of record `i`: `slots[from[i]] … slots[from[i + 1] - 1]`. */
  readonly from: Uint32Array;
  readonly slots: Uint32Array;
  /** Largest block that is still crossed, by slot; 0: only counted. */
  readonly limits: Uint16Array;
  /** Holders of a key. */
  holders(key: number): number;
}

/** Builds the index over distinct contents. Linear in the number of keys. */
export function indexKeys(records: readonly ContactRecord[]): KeyIndex {
  const from = new Uint32Array(records.length + 1);
  let keys = new Float64Array(Math.max(64, records.length * 24));
  let rules = new Uint8Array(keys.length);
  let total = 0;
  records.forEach((record, at) => {
    const own = keysByRule(record);
    if (total + own.keys.length > keys.length) {
      keys = grownFloat(keys, own.keys.length);
      const wider = new Uint8Array(keys.length);
      wider.set(rules);
      rules = wider;
    }
    keys.set(own.keys, total);
    rules.set(own.rules, total);
    total += own.keys.length;
    from[at + 1] = total;
  });
  return fill(records.length, from, keys.subarray(0, total), rules);
}

function grownFloat(array: Float64Array, need: number): Float64Array<ArrayBuffer> {
  const wider = new Float64Array(array.length * 2 + need);
  wider.set(array);
  return wider;
}

function fill(count: number, from: Uint32Array, keys: Float64Array, rules: Uint8Array): KeyIndex {
  const table = new SlotTable(keys.length);
  const slots = new Uint32Array(keys.length);
  for (let i = 0; i < keys.length; i++) slots[i] = table.slotOf(keys[i]!);
  const starts = new Uint32Array(table.size + 1);
  const limits = new Uint16Array(table.size);
  for (let i = 0; i < slots.length; i++) {
    starts[slots[i]! + 1]!++;
    limits[slots[i]!] = BLOCKING_RULES[rules[i]!]!.limit;
  }
  for (let slot = 0; slot < table.size; slot++) starts[slot + 1]! += starts[slot]!;
  const next = starts.slice();
  const members = new Uint32Array(keys.length);
  for (let at = 0; at < count; at++)
    for (let i = from[at]!; i < from[at + 1]!; i++) {
      const slot = slots[i]!;
      members[next[slot]!] = at;
      next[slot]!++;
    }
  const holders = (key: number): number => {
    const slot = table.find(key);
    return slot < 0 ? 0 : starts[slot + 1]! - starts[slot]!;
  };
  return { starts, members, from, slots, limits, holders };
}

/** Numbers for keys in order of first sight. */
class SlotTable {
  size = 0;
  private readonly mask: number;
  private readonly keys: Float64Array;
  private readonly numbers: Int32Array;

  constructor(expected: number) {
    const capacity = 1 << Math.max(6, Math.ceil(Math.log2(expected * 1.5 + 1)));
    this.mask = capacity - 1;
    this.keys = new Float64Array(capacity);
    this.numbers = new Int32Array(capacity).fill(-1);
  }

  slotOf(key: number): number {
    const at = this.seek(key);
    if (this.numbers[at]! < 0) {
      this.numbers[at] = this.size++;
      this.keys[at] = key;
    }
    return this.numbers[at]!;
  }

  find(key: number): number {
    return this.numbers[this.seek(key)]!;
  }

  private seek(key: number): number {
    let at = (key ^ (key / 0x200000)) & this.mask;
    while (this.numbers[at]! >= 0 && this.keys[at] !== key) at = (at + 1) & this.mask;
    return at;
  }
}

/**
 * Calls `visit(a, b)` once for every two records (places, a < b) that share a crossed block. Blocks above their rule's
 * limit bring nobody together, but their keys still count as evidence for pairs that another block brings.
 */
export function forEachCandidate(index: KeyIndex, visit: (a: number, b: number) => void): void {
  const count = index.from.length - 1;
  const seen = new Int32Array(count).fill(-1);
  for (let a = 0; a < count; a++) {
    for (let i = index.from[a]!; i < index.from[a + 1]!; i++) {
      const slot = index.slots[i]!;
      const [start, end] = [index.starts[slot]!, index.starts[slot + 1]!];
      if (end - start < 2 || end - start > index.limits[slot]!) continue;
      for (let m = end - 1; m >= start; m--) {
        const b = index.members[m]!;
        if (b <= a) break;
        if (seen[b] === a) continue;
        seen[b] = a;
        visit(a, b);
      }
    }
  }
}
