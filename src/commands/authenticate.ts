/** Who is behind a name and a secret: the account's password or one of its app passwords. Verified ones are remembered. */
import { hash, randomBytes } from 'node:crypto';
import { sharedLookUps } from '../base/shared-look-ups.ts';
import { findCredential, touchAppPassword } from '../store/credentials.ts';
import type { Principal } from '../store/principals.ts';
import type { PrincipalKind } from '../store/schema/accounts.ts';
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

/** Somebody who was let in lately, and by what: it may no longer hold, which whoever uses it must ask. */
export interface Standing extends Stored {
  readonly loginName: string;
  readonly selector: string | undefined;
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
  const verified = makeMemory(context);
  const touch = makeTouch(context);
  const pending = new Map<string, Promise<Authentication | undefined>>();

  /** Requests that come while one look-up is under way share the next: it begins after them, so that it sees what was revoked before them. */
  const lookUp = sharedLookUps((name: string, secret: string) => storedCredential(context, name, secret));

  /** The actor, or undefined. Takes as long for an unknown name as for a wrong password. `address`: where a device is. */
  async function authenticate(name: string, secret: string, address?: string): Promise<Authentication | undefined> {
    const now = context.clock.now();
    const key = verified.keyOf(name, secret);
    const known = verified.find(key);
    if (known) {
      const stored = await lookUp(key, name, secret);
      if (stored?.hash === known.hash) {
        await touch.note(stored.authentication, now, address);
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
    verified.drop(key);
    const stored = await storedCredential(context, name, secret);
    const right = stored ? await verifyPassword(secret, stored.hash) : await verifyNothing(secret);
    if (!stored || !right) return undefined;
    verified.keep(key, stored, now);
    await touch.note(stored.authentication, now, address);
    return stored.authentication;
  }

  const knownOf = (name: string, secret: string): Stored | undefined => verified.find(verified.keyOf(name, secret));

  /** Who it was that gave this name and secret lately: to begin reading with, never to answer with, since it may be revoked. */
  const remembered = (name: string, secret: string): Authentication | undefined =>
    knownOf(name, secret)?.authentication;

  /** The same with what must still hold for them to be let in; undefined where letting them in takes more than that. */
  function standing(name: string, secret: string): Standing | undefined {
    const known = knownOf(name, secret);
    if (!known || touch.isDue(known.authentication, context.clock.now())) return undefined;
    const { hash, authentication } = known;
    return { hash, authentication, loginName: name, selector: appPasswordSelector(secret) };
  }

  /** True for what nobody can have guessed: a secret that was right lately, or one that begins as a device's app password does. */
  const isBeyondGuessing = async (name: string, secret: string): Promise<boolean> =>
    remembered(name, secret) !== undefined || namesDevice(context, name, secret);

  return { authenticate, remembered, standing, isBeyondGuessing, forget: verified.forget };
}

/** Makes the memory of what was verified. It is kept under what neither a name nor a secret can be read from. */
function makeMemory({ clock }: Context) {
  const pepper = randomBytes(32).toString('base64');
  const verified = new Map<string, Verified>();
  const keyOf = (name: string, secret: string): string => hash('sha256', `${pepper}${name}\0${secret}`, 'base64');

  function find(key: string): Stored | undefined {
    const known = verified.get(key);
    return known && known.until > clock.now() ? known : undefined;
  }

  function keep(key: string, { hash, authentication }: Stored, now: number): void {
    if (verified.size >= MOST_REMEMBERED) verified.delete(verified.keys().next().value!);
    verified.set(key, { hash, authentication, until: now + REMEMBERED_MS });
  }

  /** Forgets what was verified for a principal, so that the next request compares hashes again. */
  function forget(principalId: string): void {
    for (const [key, entry] of verified) if (entry.authentication.principalId === principalId) verified.delete(key);
  }

  return { keyOf, find, keep, drop: (key: string) => void verified.delete(key), forget };
}

/** Notes when and from where an app password was used, about once a minute. */
function makeTouch({ db }: Context) {
  const touched = new Map<string, number>();
  const isDue = ({ appPasswordId }: Authentication, now: number): boolean =>
    appPasswordId !== undefined && now - (touched.get(appPasswordId) ?? 0) >= TOUCHED_MS;
  const note = async (who: Authentication, now: number, address: string | undefined): Promise<void> => {
    if (!who.appPasswordId || !isDue(who, now)) return;
    touched.set(who.appPasswordId, now);
    await touchAppPassword(db, who.organisationId, who.appPasswordId, new Date(now), address);
  };
  return { isDue, note };
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
