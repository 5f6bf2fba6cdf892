/** Slows guessing of passwords, by account and address, so that a guesser is stopped and the account's owner is not. */
import { hash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { AppError } from '../base/errors.ts';
import { oneByOne } from '../base/one-by-one.ts';
import type { Context } from '../commands/context.ts';
import { countFailure, findFailures, noteKnown, noteSuccess } from '../store/failed-sign-ins.ts';

/** Wrong passwords for one name from one address before the first pause. */
const FREE_FAILURES = 10;
/** The same while an account is being guessed at from many addresses: each gets one. */
const FREE_UNDER_ATTACK = 1;
/** Wrong passwords for one name from all addresses that are an attack. */
const ATTACK_ON_ACCOUNT = 50;
/** Wrong passwords from one address for all names before it is paused for names that never signed in from there. */
const ATTACK_FROM_ADDRESS = 100;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 5 * 60_000;
/** Failures are forgotten when none came for so long. */
const FORGOTTEN_MS = 60 * 60_000;
/** How long an address from which a name has signed in is believed without asking the database. */
const KNOWN_MS = 60_000;
const MOST_REMEMBERED = 10_000;

export type FailedSignIns = ReturnType<typeof makeFailedSignIns>;

export interface Attempt {
  readonly address: string;
  readonly name: string;
  /** The secret looks like an app password: nobody guesses one, but a device that was shut out tries it every minute. */
  readonly byDevice?: boolean;
}

/** What counts as one address: all of a /64 network of IPv6, which one household or attacker holds as a whole. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped) return mapped[1]!;
  const [head = '', tail] = address.split('%')[0]!.split('::');
  const groups = head === '' ? [] : head.split(':');
  const rest = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - rest.length);
  return [...groups, ...Array.from({ length: zeros }, () => '0'), ...rest].slice(0, 4).join(':');
}

/**
 * Makes the counter of wrong passwords; the counts are in the database, so that all processes know them. A device sends many
 * requests at once: only those that did fail count, so that a burst of right ones is never slowed. An address from which a
 * name has signed in is known for it: what others guess, from other addresses or for other names, does not slow it. A device that
 * is let in makes nobody forget what was guessed at the account's own password from the same network.
 */
export function makeFailedSignIns({ db, clock }: Pick<Context, 'db' | 'clock'>) {
  /** When each pair of name and address last signed in through this process, by each kind of secret: those are not looked up for every request. */
  const seen = new Map<string, number>();
  const forgotten = () => new Date(clock.now() - FORGOTTEN_MS);

  function count(key: string, free?: number): Promise<number> {
    const pauses = { free, firstMs: FIRST_PAUSE_MS, longestMs: LONGEST_PAUSE_MS };
    return countFailure(db, key, pauses, new Date(clock.now()), forgotten());
  }

  /** Until when this kind of secret, and the address as a whole, are not judged; whether the name has signed in from there. */
  async function standing(attempt: Attempt) {
    const keys = [pairOf(attempt), countedOf(attempt), addressOf(attempt)];
    const rows = await findFailures(db, keys, forgotten());
    const [pair, counted, whole] = keys.map((key) => rows.find((row) => row.key === key));
    return { known: pair?.known ?? false, counted: counted?.until, whole: whole?.until };
  }

  /** True for a name that has signed in from the address just now. */
  const isKnown = (attempt: Attempt): boolean => (seen.get(hereOf(attempt)) ?? -Infinity) > clock.now() - KNOWN_MS;

  /**
   * Throws AppError 'too-many-attempts' (429, details.seconds) while the pause lasts, unless `isBeyondGuessing`: another
   * device in the same house may have an old password.
   */
  async function refuseWhilePaused(attempt: Attempt, isBeyondGuessing = async () => false): Promise<void> {
    if (isKnown(attempt)) return;
    const { known, counted, whole } = await standing(attempt);
    const until = Math.max(counted?.getTime() ?? 0, known ? 0 : (whole?.getTime() ?? 0));
    const seconds = Math.ceil((until - clock.now()) / 1000);
    if (seconds <= 0 || (await isBeyondGuessing())) return;
    throw new AppError('forbidden', 'too-many-attempts', `Too many wrong passwords; try again in ${seconds} s.`, {
      status: 429,
      seconds,
    });
  }

  /** Counts a wrong password; returns how many there were for this name from this address. */
  async function failed(attempt: Attempt): Promise<number> {
    seen.delete(hereOf(attempt));
    await count(addressOf(attempt), ATTACK_FROM_ADDRESS);
    if (attempt.byDevice) return count(countedOf(attempt), FREE_FAILURES);
    const attacked = (await count(accountOf(attempt))) > ATTACK_ON_ACCOUNT && !(await standing(attempt)).known;
    return count(countedOf(attempt), attacked ? FREE_UNDER_ATTACK : FREE_FAILURES);
  }

  async function succeeded(attempt: Attempt): Promise<void> {
    const here = hereOf(attempt);
    if (isKnown(attempt)) return;
    const now = new Date(clock.now());
    if (attempt.byDevice) await noteKnown(db, pairOf(attempt), now, forgotten());
    else await noteSuccess(db, pairOf(attempt), now);
    seen.delete(here);
    seen.set(here, clock.now());
    if (seen.size > MOST_REMEMBERED) seen.delete(seen.keys().next().value!);
  }

  return { isKnown, refuseWhilePaused, failed, succeeded, inTurn: takingTurns() };
}

/** Judges attempts of one name and network one by one: of a burst of guesses all would be judged before the first had failed. */
function takingTurns() {
  const inTurn = oneByOne();
  return <T>(attempt: Attempt, judge: () => Promise<T>): Promise<T> => inTurn(countedOf(attempt), judge);
}

/** Names and addresses are not kept in clear, and neither can make a key long. */
const digest = (...parts: readonly string[]): string => hash('sha256', parts.join('\0'), 'base64url').slice(0, 27);

const hereOf = ({ address, name, byDevice = false }: Attempt) => `${byDevice}\0${address}\0${name.toLowerCase()}`;
const pairOf = ({ address, name }: Attempt) => digest('pair', networkOf(address), name.toLowerCase());
const accountOf = ({ name }: Attempt) => digest('account', name.toLowerCase());
const addressOf = ({ address }: Attempt) => digest('address', networkOf(address));
const countedOf = (attempt: Attempt) => (attempt.byDevice ? digest('device', pairOf(attempt)) : pairOf(attempt));
