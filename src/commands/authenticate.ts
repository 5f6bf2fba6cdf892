/** Who is behind a name and a secret: the account's password or one of its app passwords. Verified ones are remembered. */
import { hash, randomBytes } from 'node:crypto';
import { sharedLookUps } from '../base/shared-look-ups.ts';
import { findCredential, touchAppPassword } from '../store/credentials.ts';
import type { Principal } from '../store/principals.ts';
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

/** What the database holds of a credential. */
interface Stored {
  readonly hash: string;
  readonly authentication: Authentication;
}

interface Verified extends Stored {
  readonly until: number;
}

/** How long the costly comparison with the hash is not made again. Whether the hash still stands is asked for every request. */
const REMEMBERED_MS = 15 * 60_000;
const TOUCHED_MS = 60_000;
const MOST_REMEMBERED = 10_000;

export type Authenticator = ReturnType<typeof makeAuthenticator>;

/** Makes the checker of credentials with a memory of its own; one per process. */
export function makeAuthenticator(context: Context) {
  const verified = new Map<string, Verified>();
  const touch = makeTouch(context);
  const pending = new Map<string, Promise<Authentication | undefined>>();
  const keyOf = makeKeyOf();

  /** Requests that come while one look-up is under way share the next: it begins after them, so that it sees what was revoked before them. */
  const lookUp = sharedLookUps((name: string, secret: string) => storedCredential(context, name, secret));

  /** The actor, or undefined. Takes as long for an unknown name as for a wrong password. `address`: where a device is. */
  async function authenticate(name: string, secret: string, address?: string): Promise<Authentication | undefined> {
    const now = context.clock.now();
    const key = keyOf(name, secret);
    const known = verified.get(key);
    if (known && known.until > now) {
      const stored = await lookUp(key, name, secret);
      if (stored?.hash === known.hash) {
        await touch(stored.authentication, now, address);
        return stored.authentication;
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
    verified.set(key, { ...stored, until: now + REMEMBERED_MS });
    await touch(stored.authentication, now, address);
    return stored.authentication;
  }

  /** Who it was that gave this name and secret lately: to begin reading with, never to answer with, since it may be revoked. */
  function remembered(name: string, secret: string): Authentication | undefined {
    const known = verified.get(keyOf(name, secret));
    return known && known.until > context.clock.now() ? known.authentication : undefined;
  }

  /** True for what nobody can have guessed: a secret that was right lately, or one that begins as a device's app password does. */
  const isBeyondGuessing = async (name: string, secret: string): Promise<boolean> =>
    remembered(name, secret) !== undefined || namesDevice(context, name, secret);

  /** Forgets what was verified for a principal, so that the next request compares hashes again. */
  function forget(principalId: string): void {
    for (const [key, entry] of verified) if (entry.authentication.principalId === principalId) verified.delete(key);
  }

  return { authenticate, remembered, isBeyondGuessing, forget };
}

/** Makes what a name and a secret are remembered under, from which neither can be read. */
function makeKeyOf() {
  const pepper = randomBytes(32).toString('base64');
  return (name: string, secret: string): string => hash('sha256', `${pepper}${name}\0${secret}`, 'base64');
}

/** Notes when and from where an app password was used, about once a minute. */
function makeTouch({ db }: Context) {
  const touched = new Map<string, number>();
  return async (who: Authentication, now: number, address: string | undefined): Promise<void> => {
    if (!who.appPasswordId || now - (touched.get(who.appPasswordId) ?? 0) < TOUCHED_MS) return;
    touched.set(who.appPasswordId, now);
    await touchAppPassword(db, who.organisationId, who.appPasswordId, new Date(now), address);
  };
}

/** The hash that the secret must match: that of the app password it names, else the account's own. */
async function storedCredential(context: Context, name: string, secret: string): Promise<Stored | undefined> {
  const found = await findCredential(context.db, name, appPasswordSelector(secret));
  const hash = found?.app_password_hash ?? found?.password_hash;
  if (!found || !hash) return undefined;
  const byDevice = found.app_password_id !== null;
  return {
    hash,
    authentication: {
      ...actorOf(found),
      kind: found.kind,
      appPasswordId: found.app_password_id ?? undefined,
      temporary: !byDevice && found.password_temporary,
      secondFactor: found.second_factor,
    },
  };
}

async function namesDevice({ db }: Context, name: string, secret: string): Promise<boolean> {
  const selector = appPasswordSelector(secret);
  return selector !== undefined && (await findCredential(db, name, selector))?.app_password_id != null;
}

/** The acting half of a principal's row. */
export function actorOf(principal: Pick<Principal, 'organisation_id' | 'principal_id' | 'name' | 'role'>): Actor {
  return {
    organisationId: principal.organisation_id,
    principalId: principal.principal_id,
    name: principal.name,
    role: principal.role,
  };
}
