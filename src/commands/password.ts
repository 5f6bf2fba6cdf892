/** Password hashes: argon2id in the PHC string format (RFC 9106; parameters as OWASP advises for logins). */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a new hash costs; memory in KiB. Every stored hash names its own cost, so that this one may be changed. */
export const COST = { memory: 19 * 1024, passes: 2 };
const LANES = 1;
const TAG_OCTETS = 32;
const SALT_OCTETS = 16;

function derive(secret: string, nonce: Buffer, memory: number, passes: number, parallelism: number): Promise<Buffer> {
  const parameters = { message: secret.normalize('NFC'), nonce, parallelism, tagLength: TAG_OCTETS, memory, passes };
  return new Promise((resolve, reject) => {
    argon2('argon2id', parameters, (error, tag) => (error ? reject(error) : resolve(Buffer.from(tag))));
  });
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

/** Hashes a password (compared in Unicode NFC) with a fresh salt; about 20 to 40 ms of a thread of its own. */
export async function hashPassword(secret: string): Promise<string> {
  const salt = randomBytes(SALT_OCTETS);
  return phc(salt, await derive(secret, salt, COST.memory, COST.passes, LANES));
}

const phc = (salt: Buffer, tag: Buffer): string =>
  `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${LANES}$${unpadded(salt)}$${unpadded(tag)}`;

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** True when the password is the one that was hashed. A hash in another format matches nothing. */
export async function verifyPassword(secret: string, hash: string): Promise<boolean> {
  const parts = PHC.exec(hash);
  if (!parts) return false;
  const [, memory, passes, lanes, salt, tag] = parts;
  const expected = Buffer.from(tag!, 'base64');
  const actual = await derive(secret, Buffer.from(salt!, 'base64'), Number(memory), Number(passes), Number(lanes));
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

/** The hash of nothing that anybody knows; made without hashing, so that not even its first use takes longer. */
const DECOY = { salt: randomBytes(SALT_OCTETS), tag: randomBytes(TAG_OCTETS) };

/** Costs what a verification costs, and fails: an unknown name must not answer faster than a wrong password. */
export async function verifyNothing(secret: string): Promise<false> {
  await verifyPassword(secret, phc(DECOY.salt, DECOY.tag));
  return false;
}
