/** Two-factor sign-in: enrolment with an authenticator app, recovery codes, taking a code. */
import { createHash, randomBytes, randomInt } from 'node:crypto';
import { AppError } from '../base/errors.ts';
import { inTransaction } from '../store/database.ts';
import { listOrganisationIds } from '../store/principals.ts';
import {
  beginSecondFactor,
  changeSecrets,
  confirmSecondFactor,
  deleteSecondFactor,
  findSecondFactor,
  listSecondFactors,
  replaceRecoveryHashes,
  type SecondFactor,
  type SecretChange,
  takeRecoveryCode,
  takeStep,
} from '../store/second-factors.ts';
import type { Actor, Context } from './context.ts';
import { openSecret, type Sealed, sealSecret, sealsOf } from './sealed-secrets.ts';
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
    ...sealSecret(context.secretKeys, secret, ownerOf(actor)),
    created_at: new Date(context.clock.now()),
    confirmed_at: null,
  });
  if (!begun) throw new AppError('conflict', 'second-factor-on', 'Two-factor sign-in is on already.');
  return { secret, uri: provisioningUri(secret, actor.name, ISSUER) };
}

/**
 * Confirms an enrolment with a code of the app: from now on sign-in asks for one, and devices need app passwords. Returns the
 * recovery codes, which are shown once. Throws AppError 'no-enrolment', 'wrong-code', and what `openSecret` throws.
 */
export async function confirmEnrolment(context: Context, who: Who, code: string): Promise<string[]> {
  const factor = await findSecondFactor(context.db, who.organisationId, who.principalId);
  if (!factor || factor.confirmed_at)
    throw new AppError('conflict', 'no-enrolment', 'No two-factor sign-in is being set up.');
  const { step, fault } = stepOf(context, who, factor, code);
  if (step === undefined) throw fault ?? wrongCode();
  const { codes, hashes } = freshRecoveryCodes();
  const now = new Date(context.clock.now());
  const confirmed = await inTransaction(context.db, (tx) => confirmSecondFactor(tx, who, step, hashes, now));
  if (!confirmed) throw new AppError('conflict', 'no-enrolment', 'Another request has set up two-factor sign-in.');
  return codes;
}

/**
 * Takes a code of the app or a recovery code, each once. Throws AppError 'second-factor-required' without a code, 'wrong-code'
 * for one that is wrong or was used, and what `openSecret` throws for one that is no recovery code.
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
  const { step, fault, sealed } = stepOf(context, who, factor, code);
  const taken = await (step === undefined
    ? takeRecoveryCode(context.db, who, recoveryHash(code))
    : takeStep(context.db, who, step, sealed));
  // a recovery code is taken all the same: it is what lets in whoever cannot be asked for another
  if (!taken) throw fault ?? wrongCode();
}

interface Judged {
  /** Undefined: no code of the app, or that cannot be told. */
  readonly step?: number | undefined;
  /** Why that cannot be told. */
  readonly fault?: AppError;
  /** The key as it shall be stored from now on, where it is not so already. */
  readonly sealed?: Sealed | undefined;
}

function stepOf(context: Context, who: Who, factor: SecondFactor, code: string): Judged {
  const owner = ownerOf(who);
  try {
    const secret = openSecret(context.secretKeys, factor, owner);
    const sealed = sealsOf(context.secretKeys, factor) ? undefined : sealSecret(context.secretKeys, secret, owner);
    return { step: matchingStep(fromBase32(secret), code, context.clock.now()), sealed };
  } catch (fault) {
    if (!(fault instanceof AppError)) throw fault;
    context.log.error({ principal: who.principalId, code: fault.code }, fault.message);
    return { fault };
  }
}

/** Whose secret it is, as it is sealed: a row copied to another account opens nothing. */
const ownerOf = ({ organisationId, principalId }: Who): string => `second factor ${organisationId} ${principalId}`;

/** Seals all keys of authenticator apps under the present key; says how many were, and how many cannot be opened. */
export async function resealSecondFactors(context: Context): Promise<{ sealed: number; unreadable: number }> {
  const totals = { sealed: 0, unreadable: 0 };
  for (const organisationId of await listOrganisationIds(context.db)) {
    const changes: SecretChange[] = [];
    for (const factor of await listSecondFactors(context.db, organisationId)) {
      if (sealsOf(context.secretKeys, factor)) continue;
      const owner = ownerOf({ organisationId, principalId: factor.principal_id });
      try {
        const secret = openSecret(context.secretKeys, factor, owner);
        changes.push({ ...sealSecret(context.secretKeys, secret, owner), present: factor });
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        totals.unreadable++;
      }
    }
    totals.sealed += await changeSecrets(context.db, organisationId, changes);
  }
  return totals;
}

/** Names of the keys under which authenticator apps' keys are sealed, with how many of them; null: in clear. */
export async function secondFactorKeys(context: Context): Promise<Map<string | null, number>> {
  const counts = new Map<string | null, number>();
  for (const organisationId of await listOrganisationIds(context.db)) {
    for (const { key_id } of await listSecondFactors(context.db, organisationId))
      counts.set(key_id, (counts.get(key_id) ?? 0) + 1);
  }
  return counts;
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
