/** Basic authentication (RFC 7617): credentials out of the header, checked by the commands' authenticator. */
import type { Context } from 'koa';
import { AppError } from '../base/errors.ts';
import { appPasswordSelector } from '../commands/app-password-format.ts';
import type { Authentication, Authenticator, Standing } from '../commands/authenticate.ts';
import { isEncrypted, requireEncryption } from './encryption.ts';
import type { Attempt, FailedSignIns } from './failed-sign-ins.ts';

export interface Credentials {
  readonly name: string;
  readonly secret: string;
}

const CHALLENGE = 'Basic realm="Doublon", charset="UTF-8"';

/** Name and secret of a Basic Authorization header; undefined when it is absent or cannot be read. */
export function basicCredentials(header: string): Credentials | undefined {
  const encoded = /^basic\s+([A-Za-z0-9+/=_-]+)\s*$/i.exec(header)?.[1];
  if (!encoded) return undefined;
  const octets = Buffer.from(encoded, 'base64');
  const text = octets.toString('utf8');
  // a client that did not read the charset of the challenge sends Latin-1
  const decoded = text.includes('\ufffd') ? octets.toString('latin1') : text;
  const colon = decoded.indexOf(':');
  const name = nameMeant(decoded.slice(0, Math.max(colon, 0)));
  const secret = decoded.slice(colon + 1);
  if (name === '' || name.includes('\0') || secret.includes('\0')) return undefined;
  return { name: name.normalize('NFC'), secret };
}

/** iOS since 18.4 writes a name with an @ as in a URL, `ann%40example.org`. One spelling also means one count of failed attempts. */
function nameMeant(name: string): string {
  if (!/%40/.test(name)) return name;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** What judges credentials; one per process, shared by all rims. */
export interface BasicGate {
  readonly authenticator: Authenticator;
  readonly failedSignIns: FailedSignIns;
  /** Take passwords over plain HTTP from other machines, too. */
  readonly plainHttp: boolean;
  /** Told of wrong passwords: `count` is how many there were for the name from the address. */
  noteRefused(attempt: { name: string; address: string; reason: string; count: number }): Promise<void>;
}

/**
 * Who sends this request. Throws AppError `unauthenticated` (401; the challenge is set) for missing or wrong credentials and
 * `app-password-required` for the password of an account with two-factor sign-in, `too-many-attempts` (429) after many wrong
 * ones, `encryption-required` over plain HTTP, `forbidden` (`password-change-required`) for a one-time password, which only
 * serves to choose a new one.
 */
export async function authenticateBasic(ctx: Context, gate: BasicGate): Promise<Authentication> {
  requireEncryption(ctx, gate.plainHttp);
  const credentials = basicCredentials(ctx.get('Authorization'));
  const who = credentials && (await judgeCredentials(ctx.ip, credentials, gate));
  if (!who) {
    ctx.set('WWW-Authenticate', CHALLENGE);
    const reason = credentials ? 'The name or the password is wrong.' : 'A name and a password are needed.';
    throw new AppError('unauthenticated', 'unauthenticated', reason);
  }
  if (needsAppPassword(who)) {
    ctx.set('WWW-Authenticate', CHALLENGE);
    throw appPasswordRequired();
  }
  if (who.temporary) {
    throw new AppError(
      'forbidden',
      'password-change-required',
      'This is a one-time password: choose a new one on the web page first.',
    );
  }
  return who;
}

/** Who probably sends this request: what is read for them meanwhile may be used once `authenticateBasic` has let them in. */
export function probableSender(ctx: Context, { authenticator }: BasicGate): Authentication | undefined {
  const credentials = basicCredentials(ctx.get('Authorization'));
  return credentials && authenticator.remembered(credentials.name, credentials.secret);
}

/**
 * Who was let in lately with the same credentials and would be let in again, if only what they were verified against still stands in the
 * database: whoever acts for them must ask that in the statement that acts. Undefined where letting them in takes more.
 */
export function standingSender(ctx: Context, gate: BasicGate): Standing | undefined {
  const credentials = basicCredentials(ctx.get('Authorization'));
  if (!credentials || !isEncrypted(ctx, gate.plainHttp)) return undefined;
  if (!gate.failedSignIns.isKnown(attemptOf(ctx.ip, credentials))) return undefined;
  const standing = gate.authenticator.standing(credentials.name, credentials.secret);
  const isPlain = standing && !needsAppPassword(standing.authentication) && !standing.authentication.temporary;
  return isPlain ? standing : undefined;
}

/** True for the own password of an account with two-factor sign-in: Basic has no place for the second factor. */
export function needsAppPassword(who: Authentication): boolean {
  return who.secondFactor && who.appPasswordId === undefined;
}

export function appPasswordRequired(): AppError {
  return new AppError(
    'unauthenticated',
    'app-password-required',
    'This account signs in with two factors: make an app password for this device on the web page, and use that.',
  );
}

const attemptOf = (address: string, { name, secret }: Credentials): Attempt => ({
  address,
  name,
  byDevice: appPasswordSelector(secret) !== undefined,
});

/** The one way to judge name and secret of a request. Throws AppError 'too-many-attempts'. */
export function judgeCredentials(
  address: string,
  credentials: Credentials,
  gate: BasicGate,
): Promise<Authentication | undefined> {
  const { authenticator, failedSignIns } = gate;
  const judge = () => judgeOnce(address, credentials, gate);
  // a secret that was right lately is no guess, and its many requests wait for nobody
  const isGuess = authenticator.remembered(credentials.name, credentials.secret) === undefined;
  return isGuess ? failedSignIns.inTurn(attemptOf(address, credentials), judge) : judge();
}

async function judgeOnce(
  address: string,
  credentials: Credentials,
  { authenticator, failedSignIns, noteRefused }: BasicGate,
): Promise<Authentication | undefined> {
  const { name, secret } = credentials;
  const attempt = attemptOf(address, credentials);
  await failedSignIns.refuseWhilePaused(attempt, () => authenticator.isBeyondGuessing(name, secret));
  const who = await authenticator.authenticate(name, secret, address);
  if (who) {
    await failedSignIns.succeeded(attempt);
    return who;
  }
  const count = await failedSignIns.failed(attempt);
  if (isNoteworthy(count)) await noteRefused({ name, address, reason: 'wrong-credentials', count });
  return undefined;
}

/** A device with an old password tries every minute: the first time is noted, then the 10th, the 100th. */
function isNoteworthy(count: number): boolean {
  return Number.isInteger(Math.log10(count));
}
