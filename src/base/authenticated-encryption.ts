/** Authenticated encryption of short secrets: AES-256-GCM (NIST SP 800-38D). */
import { createCipheriv, createDecipheriv } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const TAG_OCTETS = 16;
export const NONCE_OCTETS = 12;
export const KEY_OCTETS = 32;

/** What else must be the same when it is opened: the key, a nonce that the key never sees twice, and whose secret it is. */
export interface Seal {
  readonly key: Buffer;
  readonly nonce: Buffer;
  readonly owner?: string;
}

/** Ciphertext with the tag at its end. */
export function encrypt(octets: Buffer, { key, nonce, owner = '' }: Seal): Buffer {
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(owner));
  return Buffer.concat([cipher.update(octets), cipher.final(), cipher.getAuthTag()]);
}

/** The octets again. Throws Error when anything differs from what it was encrypted with, be it one bit. */
export function decrypt(sealed: Buffer, { key, nonce, owner = '' }: Seal): Buffer {
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_OCTETS }).setAAD(Buffer.from(owner));
  decipher.setAuthTag(sealed.subarray(-TAG_OCTETS));
  return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_OCTETS)), decipher.final()]);
}
