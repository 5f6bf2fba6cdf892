/** What stands in the way of an object: its name and its UID may be taken. */
import { AppError } from '../base/errors.ts';
import type { Collection } from '../store/collections.ts';
import type { Tx } from '../store/database.ts';
import { findEntriesFor, type ObjectEntry } from '../store/objects.ts';
import type { ObjectContent } from './object-kinds.ts';

/** The object under the name, and another one that holds the UID. The collection must be locked. */
export async function entriesInTheWay(
  tx: Tx,
  collection: Collection,
  name: string,
  uid: string | undefined,
): Promise<{ current: ObjectEntry | undefined; conflict: ObjectEntry | undefined }> {
  const uids = uid === undefined ? [] : [uid];
  const found = await findEntriesFor(tx, collection.organisation_id, collection.collection_id, [name], uids);
  return {
    current: found.find((entry) => entry.name === name),
    conflict: found.find((entry) => entry.name !== name && entry.uid === uid),
  };
}

/** One UID, one resource; and a resource keeps its UID (RFC 4791 §5.3.2.1, RFC 6352 §6.3.2.1). */
export function refuseUidConflict(
  uid: ObjectContent['uid'],
  current: ObjectEntry | undefined,
  conflict: ObjectEntry | undefined,
): void {
  if (conflict) throw uidConflict(conflict, `The UID ${uid} already belongs to ${conflict.name} in this collection.`);
  if (current?.uid && uid && current.uid !== uid)
    throw uidConflict(current, `${current.name} holds the UID ${current.uid}, which may not change to ${uid}.`);
}

const uidConflict = ({ name }: ObjectEntry, message: string): AppError =>
  new AppError('conflict', 'no-uid-conflict', message, { name });
