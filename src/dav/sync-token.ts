/** Sync tokens as URIs (RFC 6578 §6): `urn:doublon:sync:COLLECTION-ID:SEQ`, and `…:SEQ:BEGUN-AT` while a first list is cut. */

const TOKEN = /^urn:doublon:sync:([0-9a-f-]{36}):(\d{1,15})(?::(\d{1,15}))?$/;
const TOKEN_WITHIN = /sync-token>\s*urn:doublon:sync:([0-9a-f-]{36}):(\d{1,15})\s*</;

/** How far a client has come. */
export interface SyncPoint {
  readonly seq: number;
  /** The collection's count when the first list was begun, which is not done yet. */
  readonly begunAt?: number | undefined;
}

export function syncToken(collectionId: string, { seq, begunAt }: SyncPoint): string {
  return `urn:doublon:sync:${collectionId}:${seq}${begunAt === undefined ? '' : `:${begunAt}`}`;
}

/** What a token given out for this collection says; undefined for anything else. */
export function pointOfToken(token: string, collectionId: string): SyncPoint | undefined {
  const match = TOKEN.exec(token.trim());
  if (!match || match[1] !== collectionId) return undefined;
  return { seq: Number(match[2]), ...(match[3] === undefined ? {} : { begunAt: Number(match[3]) }) };
}

/** The collection and the change that the token in an XML body names, where it is found without reading the XML: a guess. */
export function tokenWithin(body: string): { readonly collectionId: string; readonly seq: number } | undefined {
  const match = TOKEN_WITHIN.exec(body);
  return match ? { collectionId: match[1]!, seq: Number(match[2]) } : undefined;
}
