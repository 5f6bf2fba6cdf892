/** Identifiers and secrets made by the application. */
import { randomBytes, randomFillSync } from 'node:crypto';

/** Random octets for identifiers, fetched many at a time: each fetch is a call of the operating system. Secrets have their own. */
const pool = Buffer.alloc(4096);
let used = pool.length;

function pooledOctets(count: number): Buffer {
  if (used + count > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += count;
  return pool.subarray(used - count, used);
}

/** A UUID of version 7 (RFC 9562 §5.7): ordered by the time `now` (ms since 1970), so that B-trees grow at one end. */
export function uuidv7(now: number): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(now, 0, 6);
  pooledOctets(10).copy(bytes, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A name that nobody can foresee, of `octets` random octets in base64url: no secret. */
export function randomName(octets: number): string {
  return pooledOctets(octets).toString('base64url');
}

/** A secret of `octets` random octets (default 32) in base64url. */
export function secretToken(octets = 32): string {
  return randomBytes(octets).toString('base64url');
}
