/** Sync tokens as URIs (RFC 6578 §6): `urn:doublon:sync:COLLECTION-ID:SEQ`, and `…:SEQ:BEGUN-AT` while a first list is cut. */
// Who sees the public form alone has `sync-public` ones. Where the right to change a calendar comes or goes, a client's token is refused,
// and it begins anew with what it may see now.
import type { SeenCollection } from '../commands/seen-objects.ts';

const TOKEN = /^urn:doublon:(sync|sync-public):([0-9a-f-]{36}):(\d{1,15})(?::(\d{1,15}))?$/;
const TOKEN_WITHIN = /sync-token>\s*urn:doublon:sync:([0-9a-f-]{36}):(\d{1,15})\s*</;

/** How far a client has come. */
export interface SyncPoint {
  readonly seq: number;
  /** The collection's count when the first list was begun, which is not done yet. */
  readonly begunAt?: number | undefined;
}

const wordOf = ({ publicOnly }: SeenCollection): string => (publicOnly ? 'sync-public' : 'sync');

export function syncToken(seen: SeenCollection, { seq, begunAt }: SyncPoint): string {
  const { collection_id } = seen.collection;
  return `urn:doublon:${wordOf(seen)}:${collection_id}:${seq}${begunAt === undefined ? '' : `:${begunAt}`}`;
}

/** What a token given out for this collection to those who see as much of it says; undefined for anything else. */
export function pointOfToken(token: string, seen: SeenCollection): SyncPoint | undefined {
  const [, word, id, seq, begunAt] = TOKEN.exec(token.trim()) ?? [];
  if (word !== wordOf(seen) || id !== seen.collection.collection_id) return undefined;
  return { seq: Number(seq), ...(begunAt === undefined ? {} : { begunAt: Number(begunAt) }) };
}

/** The collection and the change that the token in an XML body names, where it is found without reading the XML: a guess. */
export function tokenWithin(body: string): { readonly collectionId: string; readonly seq: number } | undefined {
  const match = TOKEN_WITHIN.exec(body);
  return match ? { collectionId: match[1]!, seq: Number(match[2]) } : undefined;
}
