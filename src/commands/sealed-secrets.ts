/** Secrets at rest that must be read again: sealed under a key that the database and its backups do not hold. */
import { createHash, randomBytes } from 'node:crypto';
import { decrypt, encrypt, KEY_OCTETS, NONCE_OCTETS } from '../base/authenticated-encryption.ts';
import { AppError } from '../base/errors.ts';

export interface SecretKey {
  /** Names the key in rows and messages; says nothing about it. */
  readonly id: string;
  readonly octets: Buffer;
}

/** Asked for each use, since another process may have added a key. Both throw AppError 'wrong-secret-key'. */
export interface SecretKeys {
  /** All that open, the one that seals first. */
  all(): readonly SecretKey[];
  /** The one that seals, made where that is possible; undefined: what is new is kept in clear. */
  present(): SecretKey | undefined;
}

/** A secret as a row has it. */
export interface Sealed {
  readonly secret: string;
  /** Null: `secret` is in clear. */
  readonly key_id: string | null;
}

const TEXT = /^(?:[0-9a-f]{64}|[A-Za-z0-9+/_-]{43}=?)$/i;

/** A key of 32 octets from 64 hexadecimal digits or from base64; undefined for any other text. */
export function readSecretKey(text: string): SecretKey | undefined {
  if (!TEXT.test(text)) return undefined;
  const octets = Buffer.from(text, text.length === 2 * KEY_OCTETS ? 'hex' : 'base64');
  const id = createHash('sha256').update('doublon secret key').update(octets).digest('hex').slice(0, 12);
  return { id, octets };
}

/** A new key, as `readSecretKey` takes it. */
export const newSecretKey = (): string => randomBytes(KEY_OCTETS).toString('base64');

/** Seals a secret for its owner, to whom alone it opens again. */
export function sealSecret(keys: SecretKeys | undefined, secret: string, owner: string): Sealed {
  const key = keys?.present();
  if (!key) return { secret, key_id: null };
  const nonce = randomBytes(NONCE_OCTETS);
  const sealed = encrypt(Buffer.from(secret), { key: key.octets, nonce, owner });
  return { secret: Buffer.concat([nonce, sealed]).toString('base64url'), key_id: key.id };
}

/** Is this how a secret would be stored now? */
export const sealsOf = (keys: SecretKeys | undefined, { key_id }: Sealed): boolean =>
  key_id === (keys?.present()?.id ?? null);

/**
 * The secret again. Throws AppError 'secret-key-missing' when it is sealed under a key that is not known here, and
 * 'secret-unreadable' when the row was tampered with or is another owner's.
 */
export function openSecret(keys: SecretKeys | undefined, { secret, key_id }: Sealed, owner: string): string {
  if (key_id === null) return secret;
  const key = keys?.all().find(({ id }) => id === key_id);
  if (!key) {
    throw new AppError(
      'unavailable',
      'secret-key-missing',
      `A secret is sealed under the key ${key_id}, which this server does not have: DOUBLON_SECRET_KEY or the key file has another.`,
      { key: key_id },
    );
  }
  const octets = Buffer.from(secret, 'base64url');
  const seal = { key: key.octets, nonce: octets.subarray(0, NONCE_OCTETS), owner };
  try {
    return decrypt(octets.subarray(NONCE_OCTETS), seal).toString();
  } catch (error) {
    throw new AppError(
      'unavailable',
      'secret-unreadable',
      `A secret sealed under the key ${key_id} does not open: its row was changed by something else.`,
      { key: key_id },
      error,
    );
  }
}
