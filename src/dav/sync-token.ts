/** Sync tokens as URIs (RFC 6578 §6): `urn:doublon:sync:COLLECTION-ID:SEQ`. */

const TOKEN = /^urn:doublon:sync:([0-9a-f-]{36}):(\d{1,15})$/;

export function syncToken(collectionId: string, seq: number): string {
  return `urn:doublon:sync:${collectionId}:${seq}`;
}

/** The number in a token given out for this collection; undefined for anything else. */
export function seqOfToken(token: string, collectionId: string): number | undefined {
  const match = TOKEN.exec(token.trim());
  return match && match[1] === collectionId ? Number(match[2]) : undefined;
}
