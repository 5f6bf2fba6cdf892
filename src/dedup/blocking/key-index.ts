/** Keys of a whole book in memory: which records share a key, and how many hold it. */
import type { Named } from '../named.ts';
import type { ContactRecord } from '../types.ts';
import { KeyList, mixed, PartTable, SharedSlots, UNSHARED } from './key-tables.ts';
import { BLOCKING_RULES, eachKey } from './rules.ts';

export interface KeyIndex {
  /** Records (places in the list) that share key slot `slot`, in order: `members[starts[slot]] … members[starts[slot + 1] - 1]`. */
  readonly starts: Uint32Array;
  readonly members: Uint32Array;
  /** Slots of record `i`: `slots[from[i]] … slots[from[i + 1] - 1]`; `UNSHARED` for a key that no other record holds. */
  readonly from: Uint32Array;
  readonly slots: Uint32Array;
  /** Largest block that is still crossed, by slot; 0: only counted. */
  readonly limits: Uint16Array;
  /** Holders of a key; 1 also for a key that none holds. */
  holders(key: number): number;
}

/** Builds the index over distinct contents; `names`: their words, where they are known already. Linear in the number of keys. */
export function indexKeys(records: readonly ContactRecord[], names?: readonly Named[]): KeyIndex {
  const from = new Uint32Array(records.length + 1);
  const all = new KeyList(records.length * 30);
  records.forEach((record, at) => {
    eachKey(record, all.add, names?.[at]);
    from[at + 1] = all.size;
  });
  return fill(from, all.keys.subarray(0, all.size), all.rules);
}

/**
 * Part by part: a table of all keys would not fit into the processor's cache, that of a part does. Most keys have one
 * holder: they bring nobody together and their number of holders is known, so that only shared keys get a slot.
 */
function fill(from: Uint32Array, keys: Float64Array, rules: Uint8Array): KeyIndex {
  const { order, starts: parts } = byPart(keys);
  const owners = ownersOf(from, keys.length);
  const slots = new Uint32Array(keys.length).fill(UNSHARED);
  const shared = new SharedSlots();
  const members = new Uint32Array(keys.length);
  const counted = new PartTable(largestPart(parts));
  let filled = 0;
  for (let part = 0; part + 1 < parts.length; part++) {
    const [first, end] = [parts[part]!, parts[part + 1]!];
    counted.clear();
    for (let i = first; i < end; i++) counted.count(keys[order[i]!]!);
    for (let i = first; i < end; i++) {
      const place = order[i]!;
      const key = keys[place]!;
      const at = counted.seek(key);
      if (counted.counts[at]! < 2) continue;
      if (counted.slots[at] === UNSHARED) {
        counted.slots[at] = shared.add(key, filled, BLOCKING_RULES[rules[place]!]!.limit);
        counted.next[at] = filled;
        filled += counted.counts[at]!;
      }
      slots[place] = counted.slots[at]!;
      members[counted.next[at]!++] = owners[place]!;
    }
  }
  return { from, slots, members: members.slice(0, filled), ...shared.finish(filled) };
}

/** The record that each place of the list of keys belongs to. */
function ownersOf(from: Uint32Array, places: number): Uint32Array {
  const owners = new Uint32Array(places);
  for (let at = 0; at + 1 < from.length; at++) owners.fill(at, from[at]!, from[at + 1]!);
  return owners;
}

const PART_BITS = 9;

/** Places of keys by the part their upper bits name, in their order within one, and where each part begins. */
function byPart(keys: Float64Array): { readonly order: Uint32Array; readonly starts: Uint32Array } {
  const shift = 32 - PART_BITS;
  const starts = new Uint32Array((1 << PART_BITS) + 1);
  for (let i = 0; i < keys.length; i++) starts[(mixed(keys[i]!) >>> shift) + 1]!++;
  for (let part = 1; part < starts.length; part++) starts[part]! += starts[part - 1]!;
  const next = starts.slice();
  const order = new Uint32Array(keys.length);
  for (let i = 0; i < keys.length; i++) order[next[mixed(keys[i]!) >>> shift]!++] = i;
  return { order, starts };
}

function largestPart(starts: Uint32Array): number {
  let largest = 0;
  for (let part = 1; part < starts.length; part++) largest = Math.max(largest, starts[part]! - starts[part - 1]!);
  return largest;
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
      if (slot === UNSHARED) continue;
      const start = index.starts[slot]!;
      const end = index.starts[slot + 1]!;
      if (end - start > index.limits[slot]!) continue;
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
