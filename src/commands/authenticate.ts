/** Who is behind a name and a secret: the account's password or one of its app passwords. Verified ones are remembered. */
import { createHmac, randomBytes } from 'node:crypto';
import { findAppPassword, touchAppPassword } from '../store/credentials.ts';
import { findPrincipalByLogin, type Principal } from '../store/principals.ts';
import type { PrincipalKind } from '../store/schema.ts';
import { appPasswordSelector } from './app-password-format.ts';
import type { Actor, Context } from './context.ts';
import { verifyNothing, verifyPassword } from './password.ts';

export interface Authentication extends Actor {
  readonly kind: PrincipalKind;
  /** The app password used, or undefined for the account's own password. */
  readonly appPasswordId: string | undefined;
  /** True: a one-time password that only serves to choose a new one. */
  readonly temporary: boolean;
  /** The account signs in with two factors: its own password alone is not enough. */
  readonly secondFactor: boolean;
}

interface Verified {
  readonly hash: string;
  authentication: Authentication;
  readonly until: number;
  /** Until then the database is not asked whether the credential still stands. */
  fresh: number;
}

const REMEMBERED_MS = 15 * 60_000;
/** A revocation by another process takes effect within this time; one by this process at once. */
const FRESH_MS = 2_000;
const TOUCHED_MS = 60_000;
const MOST_REMEMBERED = 10_000;

export type Authenticator = ReturnType<typeof makeAuthenticator>;

/** Makes the checker of credentials with a memory of its own; one per process. */
export function makeAuthenticator(context: Context) {
  const pepper = randomBytes(32);
  const verified = new Map<string, Verified>();
  const touched = new Map<string, number>();
  const pending = new Map<string, Promise<Authentication | undefined>>();
  const keyOf = (name: string, secret: string): string =>
    createHmac('sha256', pepper).update(`${name}\0${secret}`).digest('base64');

  /** The actor, or undefined. Takes as long for an unknown name as for a wrong password. `address`: where a device is. */
  async function authenticate(name: string, secret: string, address?: string): Promise<Authentication | undefined> {
    const now = context.clock.now();
    const key = keyOf(name, secret);
    const known = verified.get(key);
    if (known && known.until > now) {
      if (known.fresh > now) return known.authentication;
      const standing = await storedCredential(context, name, secret);
      if (standing?.hash === known.hash) {
        known.fresh = now + FRESH_MS;
        known.authentication = standing.authentication;
        await touch(standing.authentication, now, address);
        return standing.authentication;
      }
    }
    // a client that opens many connections at once costs one hash, not one for each
    const judging = pending.get(key) ?? judge(key, { name, secret, address }, now).finally(() => pending.delete(key));
    pending.set(key, judging);
    return judging;
  }

  async function judge(
    key: string,
    { name, secret, address }: { name: string; secret: string; address: string | undefined },
    now: number,
  ): Promise<Authentication | undefined> {
    verified.delete(key);
    const stored = await storedCredential(context, name, secret);
    const right = stored ? await verifyPassword(secret, stored.hash) : await verifyNothing(secret);
    if (!stored || !right) return undefined;
    if (verified.size >= MOST_REMEMBERED) verified.delete(verified.keys().next().value!);
    verified.set(key, { ...stored, until: now + REMEMBERED_MS, fresh: now + FRESH_MS });
    await touch(stored.authentication, now, address);
    return stored.authentication;
  }

  async function touch(who: Authentication, now: number, address: string | undefined): Promise<void> {
    if (!who.appPasswordId || now - (touched.get(who.appPasswordId) ?? 0) < TOUCHED_MS) return;
    touched.set(who.appPasswordId, now);
    await touchAppPassword(context.db, who.organisationId, who.appPasswordId, new Date(now), address);
  }

  /** Forgets what was verified for a principal: after a password change, a revocation, a lock-out. */
  function forget(principalId: string): void {
    for (const [key, entry] of verified) if (entry.authentication.principalId === principalId) verified.delete(key);
  }

  return { authenticate, forget };
}

/** The hash that the secret must match: that of the app password it names, else the account's own. */
async function storedCredential(
  context: Context,
  name: string,
  secret: string,
): Promise<{ hash: string; authentication: Authentication } | undefined> {
  const principal = await findPrincipalByLogin(context.db, name);
  if (!principal) return undefined;
  const selector = appPasswordSelector(secret);
  const app =
    selector && (await findAppPassword(context.db, principal.organisation_id, principal.principal_id, selector));
  if (app)
    return {
      hash: app.hash,
      authentication: {
        ...actorOf(principal),
        kind: principal.kind,
        appPasswordId: app.app_password_id,
        temporary: false,
        secondFactor: principal.second_factor,
      },
    };
  if (!principal.password_hash) return undefined;
  const authentication = {
    ...actorOf(principal),
    kind: principal.kind,
    appPasswordId: undefined,
    temporary: principal.password_temporary,
    secondFactor: principal.second_factor,
  };
  return { hash: principal.password_hash, authentication };
}

/** The acting half of a principal's row. */
export function actorOf(principal: Principal): Actor {
  return {
    organisationId: principal.organisation_id,
    principalId: principal.principal_id,
    name: principal.name,
    role: principal.role,
  };
}
