/** Basic authentication (RFC 7617): credentials out of the header, checked by the commands' authenticator. */
import type { Context, Middleware } from 'koa';
import { AppError } from '../base/errors.ts';
import type { Authentication, Authenticator } from '../commands/authenticate.ts';
import type { FailedSignIns } from './failed-sign-ins.ts';

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
  if (colon <= 0 || decoded.includes('\0')) return undefined;
  return { name: decoded.slice(0, colon).normalize('NFC'), secret: decoded.slice(colon + 1) };
}

/** What judges credentials. */
export interface BasicGate {
  readonly authenticator: Authenticator;
  readonly failedSignIns: FailedSignIns;
}

/**
 * Who sends this request. Throws AppError `unauthenticated` (401; the challenge is set) for missing or wrong credentials,
 * `too-many-attempts` (429) after many wrong ones, `forbidden` (`password-change-required`) for a one-time password, which
 * only serves to choose a new one.
 */
export async function authenticateBasic(ctx: Context, gate: BasicGate): Promise<Authentication> {
  const credentials = basicCredentials(ctx.get('Authorization'));
  const who = credentials && (await judged(ctx.ip, credentials, gate));
  if (!who) {
    ctx.set('WWW-Authenticate', CHALLENGE);
    const reason = credentials ? 'The name or the password is wrong.' : 'A name and a password are needed.';
    throw new AppError('unauthenticated', 'unauthenticated', reason);
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

async function judged(
  address: string,
  { name, secret }: Credentials,
  { authenticator, failedSignIns }: BasicGate,
): Promise<Authentication | undefined> {
  failedSignIns.refuseWhilePaused(address, name);
  const who = await authenticator.authenticate(name, secret);
  if (who) failedSignIns.succeeded(address, name);
  else failedSignIns.failed(address, name);
  return who;
}

/** Middleware that lets only signed-in requests through; the actor is then `ctx.state.principal`. */
export function requireBasic(gate: BasicGate): Middleware {
  return async (ctx, next) => {
    ctx.state.principal = await authenticateBasic(ctx, gate);
    await next();
  };
}
