/** Name, password and, where the account asks for it, a code: who signs in on the page. */
import type { Context } from 'koa';
import { AppError } from '../base/errors.ts';
import { loginName } from '../commands/accounts.ts';
import { noteRefusedSignIn } from '../commands/audit.ts';
import type { Authentication } from '../commands/authenticate.ts';
import { takeSecondFactor } from '../commands/second-factor.ts';
import { requireEncryption } from '../http/encryption.ts';
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
  const { failedSignIns } = api.gate;
  const who = { address: ctx.ip, name: attempt.name };
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
  const actor = await api.authenticator.authenticate(loginName(name), password);
  if (!actor) throw new AppError('unauthenticated', 'wrong-credentials', 'Login name or password is wrong.');
  if (actor.appPasswordId) {
    throw new AppError('unauthenticated', 'app-password', 'App passwords are for devices; sign in with the password.');
  }
  if (actor.secondFactor) await takeSecondFactor(api, actor, code);
  return actor;
}

/** Stands for an address: somebody who is signed in is slowed wherever the guesses come from. */
const OWN_PASSWORD = 'own password';

/** Throws AppError 'wrong-password' (403) unless it is the account's own; guessing is slowed as at sign-in. */
export async function requireOwnPassword(api: ApiContext, caller: Caller, password: string): Promise<void> {
  const { failedSignIns } = api.gate;
  const who = { address: OWN_PASSWORD, name: caller.principalId };
  await failedSignIns.refuseWhilePaused(who);
  const verified = await api.authenticator.authenticate(caller.name, password);
  if (!verified || verified.appPasswordId || verified.principalId !== caller.principalId) {
    await failedSignIns.failed(who);
    throw new AppError('forbidden', 'wrong-password', 'The current password is wrong.');
  }
  await failedSignIns.succeeded(who);
}
