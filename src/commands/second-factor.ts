/** Two-factor sign-in: enrolment with an authenticator app, recovery codes, taking a code. */
import { createHash, randomBytes, randomInt } from 'node:crypto';
import { AppError } from '../base/errors.ts';
import { inTransaction } from '../store/database.ts';
import {
  beginSecondFactor,
  confirmSecondFactor,
  deleteSecondFactor,
  findSecondFactor,
  replaceRecoveryHashes,
  takeRecoveryCode,
  takeStep,
} from '../store/second-factors.ts';
import type { Actor, Context } from './context.ts';
import { fromBase32, matchingStep, provisioningUri, toBase32 } from './time-based-code.ts';

type Who = Pick<Actor, 'organisationId' | 'principalId'>;

/** RFC 4226 §4, R6: 160 bits. */
const KEY_OCTETS = 20;
const RECOVERY_CODES = 10;
/** Without letters and digits that look alike. */
const RECOVERY_ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const ISSUER = 'Doublon';

export interface Enrolment {
  /** base32, for typing it in. */
  readonly secret: string;
  /** `otpauth://…`, for a QR code. */
  readonly uri: string;
}

/** Begins an enrolment: nothing changes until it is confirmed. Throws AppError 'second-factor-on' when there is one. */
export async function beginEnrolment(context: Context, actor: Who & Pick<Actor, 'name'>): Promise<Enrolment> {
  const secret = toBase32(randomBytes(KEY_OCTETS));
  const begun = await beginSecondFactor(context.db, {
    organisation_id: actor.organisationId,
    principal_id: actor.principalId,
    secret,
    created_at: new Date(context.clock.now()),
    confirmed_at: null,
  });
  if (!begun) throw new AppError('conflict', 'second-factor-on', 'Two-factor sign-in is on already.');
  return { secret, uri: provisioningUri(secret, actor.name, ISSUER) };
}

/**
 * Confirms an enrolment with a code of the app: from now on sign-in asks for one, and devices need app passwords. Returns the
 * recovery codes, which are shown once. Throws AppError 'no-enrolment', 'wrong-code'.
 */
export async function confirmEnrolment(context: Context, who: Who, code: string): Promise<string[]> {
  const factor = await findSecondFactor(context.db, who.organisationId, who.principalId);
  if (!factor || factor.confirmed_at)
    throw new AppError('conflict', 'no-enrolment', 'No two-factor sign-in is being set up.');
  const step = matchingStep(fromBase32(factor.secret), code, context.clock.now());
  if (step === undefined) throw wrongCode();
  const { codes, hashes } = freshRecoveryCodes();
  const now = new Date(context.clock.now());
  const confirmed = await inTransaction(context.db, (tx) => confirmSecondFactor(tx, who, step, hashes, now));
  if (!confirmed) throw new AppError('conflict', 'no-enrolment', 'Another request has set up two-factor sign-in.');
  return codes;
}

/**
 * Takes a code of the app or a recovery code, each once. Throws AppError 'second-factor-required' without a code, 'wrong-code'
 * for one that is wrong or was used.
 */
export async function takeSecondFactor(context: Context, who: Who, code: string | undefined): Promise<void> {
  if (!code) {
    throw new AppError(
      'unauthenticated',
      'second-factor-required',
      'A code of the authenticator app, or a recovery code, is needed too.',
    );
  }
  const factor = await findSecondFactor(context.db, who.organisationId, who.principalId);
  if (!factor?.confirmed_at) return;
  const step = matchingStep(fromBase32(factor.secret), code, context.clock.now());
  const taken = await (step === undefined
    ? takeRecoveryCode(context.db, who, recoveryHash(code))
    : takeStep(context.db, who, step));
  if (!taken) throw wrongCode();
}

/** New recovery codes, shown once; the old ones no longer count. Throws AppError 'second-factor-off' when there is none. */
export async function renewRecoveryCodes(context: Context, who: Who): Promise<string[]> {
  const { codes, hashes } = freshRecoveryCodes();
  const renewed = await replaceRecoveryHashes(context.db, who, hashes);
  if (!renewed) throw new AppError('conflict', 'second-factor-off', 'Two-factor sign-in is off.');
  return codes;
}

/** Turns two-factor sign-in off; also an administrator's help for whoever lost phone and recovery codes. */
export function endSecondFactor(context: Context, who: Who): Promise<void> {
  return inTransaction(context.db, (tx) => deleteSecondFactor(tx, who));
}

/** Is it on, and how many recovery codes are left? */
export async function secondFactorState(
  context: Context,
  who: Who,
): Promise<{ enabled: boolean; recoveryCodesLeft: number }> {
  const factor = await findSecondFactor(context.db, who.organisationId, who.principalId);
  return factor?.confirmed_at
    ? { enabled: true, recoveryCodesLeft: factor.recovery_hashes.length }
    : { enabled: false, recoveryCodesLeft: 0 };
}

const wrongCode = () =>
  new AppError('unauthenticated', 'wrong-code', 'The code is wrong or was used before; wait for the next one.');

function freshRecoveryCodes(): { codes: string[]; hashes: string[] } {
  const codes = Array.from({ length: RECOVERY_CODES }, recoveryCode);
  return { codes, hashes: codes.map(recoveryHash) };
}

/** Two groups of six: 59 bits, guessed only over the network. */
function recoveryCode(): string {
  const letter = () => RECOVERY_ALPHABET[randomInt(RECOVERY_ALPHABET.length)]!;
  const group = () => Array.from({ length: 6 }, letter).join('');
  return `${group()}-${group()}`;
}

/** A random code needs no slow hash. People type it without the hyphen, or in capitals. */
function recoveryHash(code: string): string {
  const plain = code.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return createHash('sha256').update(plain).digest('base64url');
}
