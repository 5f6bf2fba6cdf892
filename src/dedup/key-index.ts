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
  const order = byPart(keys);
  const counts = new Uint32Array(keys.length + 1);
  const widths = new Uint16Array(keys.length);
  for (let n = 0; n < order.length; n++) {
    const place = order[n]!;
    const slot = table.slotOf(keys[place]!);
    slots[place] = slot;
    counts[slot + 1]!++;
    widths[slot] = BLOCKING_RULES[rules[place]!]!.limit;
  }
  const starts = counts.slice(0, table.size + 1);
  const limits = widths.slice(0, table.size);
  for (let slot = 0; slot < table.size; slot++) starts[slot + 1]! += starts[slot]!;
  const next = starts.slice();
  const members = new Uint32Array(keys.length);
  const owners = ownersOf(count, from, keys.length);
  for (let n = 0; n < order.length; n++) {
    const slot = slots[order[n]!]!;
    members[next[slot]!] = owners[order[n]!]!;
    next[slot]!++;
  }
  const holders = (key: number): number => {
    const slot = table.find(key);
    return slot < 0 ? 0 : starts[slot + 1]! - starts[slot]!;
  };
  return { starts, members, from, slots, limits, holders };
}

/** The record that each place of the list of keys belongs to. */
function ownersOf(count: number, from: Uint32Array, places: number): Uint32Array {
  const owners = new Uint32Array(places);
  for (let at = 0; at < count; at++) owners.fill(at, from[at]!, from[at + 1]!);
  return owners;
}

const PART_BITS = 9;

/** Upper bits of a key mixed with its lower ones, 32 of them. */
const mixed = (key: number): number => (key ^ (key / 0x200000)) >>> 0;

/**
 * Places of keys, by the part of the slot table they fall into, in their order within one. A table of millions does not fit
 * into the processor's cache, a part of it does.
 */
function byPart(keys: Float64Array): Uint32Array {
  const shift = 32 - PART_BITS;
  const next = new Uint32Array((1 << PART_BITS) + 1);
  for (let i = 0; i < keys.length; i++) next[(mixed(keys[i]!) >>> shift) + 1]!++;
  for (let part = 1; part < next.length; part++) next[part]! += next[part - 1]!;
  const order = new Uint32Array(keys.length);
  for (let i = 0; i < keys.length; i++) {
    const part = mixed(keys[i]!) >>> shift;
    order[next[part]!] = i;
    next[part]!++;
  }
  return order;
}

/** Numbers for keys in order of first sight. */
class SlotTable {
  size = 0;
  private readonly mask: number;
  private readonly shift: number;
  private readonly keys: Float64Array;
  private readonly numbers: Int32Array;

  constructor(expected: number) {
    const bits = Math.max(6, Math.ceil(Math.log2(expected * 1.5 + 1)));
    const capacity = 1 << bits;
    this.mask = capacity - 1;
    this.shift = 32 - bits;
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
    let at = mixed(key) >>> this.shift;
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
