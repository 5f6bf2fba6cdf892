/** Identifiers and secrets made by the application. */
import { randomBytes, randomFillSync } from 'node:crypto';

/** A UUID of version 7 (RFC 9562 §5.7): ordered by the time `now` (ms since 1970), so that B-trees grow at one end. */
export function uuidv7(now: number): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(now, 0, 6);
  randomFillSync(bytes, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A secret of `octets` random octets (default 32) in base64url. */
export function secretToken(octets = 32): string {
  return randomBytes(octets).toString('base64url');
}
