/** Earlier versions of objects as the API shows them. */
import type { VersionEntry } from '../../store/history.ts';
import type { ObjectVersion } from '../contract/history.ts';
import { objectTitle } from './object-title.ts';

/** `head` is the beginning of the version's octets, or all of them. */
export function versionView(row: VersionEntry): ObjectVersion {
  return {
    seq: row.seq,
    collectionId: row.collection_id,
    objectId: row.object_id,
    name: row.name,
    displayName: objectTitle(row.head, row.name),
    size: row.size,
    writtenAt: row.written_at.toISOString(),
    endedAt: row.ended_at.toISOString(),
    reason: row.reason,
  };
}
