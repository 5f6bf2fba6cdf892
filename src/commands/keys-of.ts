/** The blocking keys of the records at hand, each record's made once. */
import { keysByRule } from '../dedup/blocking/rules.ts';
import type { ContactRecord } from '../dedup/types.ts';

type Keys = ReturnType<typeof keysByRule>;

const known = new WeakMap<ContactRecord, Keys>();

/** As `keysByRule`: one scoring asks for the keys of a record in several places. */
export function keysOf(record: ContactRecord): Keys {
  const made = known.get(record) ?? keysByRule(record);
  known.set(record, made);
  return made;
}
