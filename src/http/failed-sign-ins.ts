/** Slows guessing of passwords, by account and address, so that a guesser is stopped and the account's owner is not. */
import { isIPv6 } from 'node:net';
import type { Clock } from '../base/clock.ts';
import { AppError } from '../base/errors.ts';

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
const MOST_REMEMBERED = 10_000;

interface Failures {
  count: number;
  last: number;
  /** No attempt is judged before this moment. */
  until: number;
}

export type FailedSignIns = ReturnType<typeof makeFailedSignIns>;

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
 * Makes the counter of wrong passwords; one per process. A device sends many requests at once: only those that did fail
 * count, so that a burst of right ones is never slowed. An address from which a name has signed in is known for it: what
 * others guess, from other addresses or for other names, does not slow it.
 */
export function makeFailedSignIns(clock: Clock) {
  const memory = new Map<string, Failures>();
  const known = new Map<string, true>();
  const pairOf = (address: string, name: string) => `${networkOf(address)}\0${name}`;
  const accountOf = (name: string) => `account\0${name}`;
  const addressOf = (address: string) => `address\0${networkOf(address)}`;

  function standing(key: string): Failures {
    const failures = memory.get(key);
    return failures && clock.now() - failures.last < FORGOTTEN_MS ? failures : { count: 0, last: 0, until: 0 };
  }

  function count(key: string, free: number): number {
    const failures = standing(key);
    failures.last = clock.now();
    const over = ++failures.count - free;
    if (over >= 0) failures.until = failures.last + Math.min(FIRST_PAUSE_MS * 2 ** over, LONGEST_PAUSE_MS);
    keepNewest(memory, key, failures);
    return failures.count;
  }

  /** Throws AppError 'too-many-attempts' (429, details.seconds) while the pause lasts. */
  function refuseWhilePaused(address: string, name: string): void {
    const pair = pairOf(address, name);
    const until = Math.max(standing(pair).until, known.has(pair) ? 0 : standing(addressOf(address)).until);
    const seconds = Math.ceil((until - clock.now()) / 1000);
    if (seconds <= 0) return;
    throw new AppError('forbidden', 'too-many-attempts', `Too many wrong passwords; try again in ${seconds} s.`, {
      status: 429,
      seconds,
    });
  }

  /** Counts a wrong password; returns how many there were for this name from this address. */
  function failed(address: string, name: string): number {
    const pair = pairOf(address, name);
    const attacked = count(accountOf(name), Number.POSITIVE_INFINITY) > ATTACK_ON_ACCOUNT && !known.has(pair);
    count(addressOf(address), ATTACK_FROM_ADDRESS);
    return count(pair, attacked ? FREE_UNDER_ATTACK : FREE_FAILURES);
  }

  function succeeded(address: string, name: string): void {
    const pair = pairOf(address, name);
    memory.delete(pair);
    if (!known.has(pair)) keepNewest(known, pair, true);
  }

  return { refuseWhilePaused, failed, succeeded };
}

function keepNewest<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > MOST_REMEMBERED) map.delete(map.keys().next().value!);
}
