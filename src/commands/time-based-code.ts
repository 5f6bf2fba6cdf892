/** Time-based one-time passwords (RFC 6238 over RFC 4226) as authenticator apps make them: SHA-1, six digits, 30 seconds. */
import { createHmac, timingSafeEqual } from 'node:crypto';

const STEP_MS = 30_000;
const DIGITS = 6;
/** Steps before and behind the present one that are taken too: clocks differ, and typing takes time (RFC 6238 §5.2). */
const DRIFT = 1;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The code of a counter (RFC 4226 §5.3), with as many digits as asked for. */
export function counterCode(key: Buffer, counter: number, digits = DIGITS, algorithm = 'sha1'): string {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const mac = createHmac(algorithm, key).update(message).digest();
  const offset = mac.at(-1)! & 0x0f;
  const number = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/** The time step of a moment (ms since 1970). */
export function timeStep(now: number): number {
  return Math.floor(now / STEP_MS);
}

/** The step whose code was given, at most one away from now; undefined for any other text. */
export function matchingStep(key: Buffer, code: string, now: number): number | undefined {
  const given = Buffer.from(code.replaceAll(/\s/g, ''));
  for (let step = timeStep(now) - DRIFT; step <= timeStep(now) + DRIFT; step++) {
    const expected = Buffer.from(counterCode(key, step));
    if (given.length === expected.length && timingSafeEqual(given, expected)) return step;
  }
  return undefined;
}

/** Octets as base32 without padding (RFC 4648 §6). */
export function toBase32(octets: Buffer): string {
  const bits = Array.from(octets, (octet) => octet.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}

/** What `toBase32` was given. */
export function fromBase32(text: string): Buffer {
  const bits = Array.from(text, (letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((octet) => Number.parseInt(octet, 2)));
}

/** The address that authenticator apps read from a QR code; `account` and `issuer` are what they show. */
export function provisioningUri(secret: string, account: string, issuer: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=${DIGITS}&period=${STEP_MS / 1000}`;
}
