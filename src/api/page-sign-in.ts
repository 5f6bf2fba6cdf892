/** Name, password and, where the account asks for it, a code: who signs in on the page. */
import type { Context } from 'koa';
import { AppError } from '../base/errors.ts';
import { loginName } from '../commands/accounts.ts';
import { noteRefusedSignIn } from '../commands/audit.ts';
import type { Authentication } from '../commands/authenticate.ts';
import { takeSecondFactor } from '../commands/second-factor.ts';
import { requireEncryption } from '../http/encryption.ts';
import type { Attempt as FailedAttempt } from '../http/failed-sign-ins.ts';
import type { ApiContext, Caller } from './api-context.ts';

interface Attempt {
  readonly name: string;
  readonly password: string;
  readonly code?: string | undefined;
}

/**
 * Who signs in. Throws AppError 'wrong-credentials', 'app-password' (a device's), 'second-factor-required', 'wrong-code' (all
 * 401), 'too-many-attempts' (429), 'encryption-required'. A right password with a wrong code counts as a wrong attempt.
 */
export async function signedIn(api: ApiContext, ctx: Context, attempt: Attempt): Promise<Authentication> {
  requireEncryption(ctx, api.gate.plainHttp);
  // one spelling means one count
  const who = { address: ctx.ip, name: loginName(attempt.name) };
  return api.gate.failedSignIns.inTurn(who, () => counted(api, who, { ...attempt, name: who.name }));
}

async function counted(api: ApiContext, who: FailedAttempt, attempt: Attempt): Promise<Authentication> {
  const { failedSignIns } = api.gate;
  await failedSignIns.refuseWhilePaused(who);
  try {
    const actor = await judged(api, attempt);
    await failedSignIns.succeeded(who);
    return actor;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // the page asks for the code in a second step: that is no wrong attempt
    if (error.code !== 'second-factor-required') {
      await failedSignIns.failed(who);
      await noteRefusedSignIn(api, { ...who, reason: error.code });
    }
    throw error;
  }
}

async function judged(api: ApiContext, { name, password, code }: Attempt): Promise<Authentication> {
  const actor = await api.authenticator.authenticate(name, password);
  if (!actor) throw new AppError('unauthenticated', 'wrong-credentials', 'Login name or password is wrong.');
  if (actor.appPasswordId) {
    throw new AppError('unauthenticated', 'app-password', 'App passwords are for devices; sign in with the password.');
  }
  if (actor.secondFactor) await takeSecondFactor(api, actor, code);
  return actor;
}

/**
 * Stands for an address: somebody who is signed in is slowed wherever the guesses come from. Each account has its own, or the wrong
 * passwords of some would keep all others from changing theirs.
 */
const ownPasswordOf = ({ principalId }: Caller): string => `own password ${principalId}`;

/** Throws AppError 'wrong-password' (403) unless it is the account's own; guessing is slowed as at sign-in. */
export function requireOwnPassword(api: ApiContext, caller: Caller, password: string): Promise<void> {
  const { failedSignIns } = api.gate;
  const who = { address: ownPasswordOf(caller), name: caller.principalId };
  return failedSignIns.inTurn(who, async () => {
    await failedSignIns.refuseWhilePaused(who);
    const verified = await api.authenticator.authenticate(caller.name, password);
    if (!verified || verified.appPasswordId || verified.principalId !== caller.principalId) {
      await failedSignIns.failed(who);
      throw new AppError('forbidden', 'wrong-password', 'The current password is wrong.');
    }
    await failedSignIns.succeeded(who);
  });
}
