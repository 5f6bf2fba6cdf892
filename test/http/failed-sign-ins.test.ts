/** Guessing of passwords is stopped by account and address, and the owner is not locked out. */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../src/base/errors.ts';
import { type FailedSignIns, makeFailedSignIns, networkOf } from '../../src/http/failed-sign-ins.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { type TestClock, testClock } from '../support/server.ts';

const HOME = '198.51.100.7';
const ATTACKER = '203.0.113.9';

let database: FreshDatabase;
let clock: TestClock;
/** The counters of two processes. */
let gate: FailedSignIns;
let elsewhere: FailedSignIns;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.db.deleteFrom('failed_sign_in').execute();
  clock = testClock();
  gate = makeFailedSignIns({ db: database.db, clock });
  elsewhere = makeFailedSignIns({ db: database.db, clock });
});

async function isPaused(by: FailedSignIns, address: string, name: string): Promise<boolean> {
  try {
    await by.refuseWhilePaused({ address, name });
    return false;
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).code).toBe('too-many-attempts');
    return true;
  }
}

async function fail(times: number, address: string, name: string): Promise<void> {
  for (let i = 0; i < times; i++) await gate.failed({ address: address, name: name });
}
const addressNumber = (n: number) => `192.0.${n >> 8}.${n & 255}`;

describe('wrong passwords', () => {
  it('pause the address for that name after ten, longer each time', async () => {
    await fail(9, ATTACKER, 'ann');
    expect(await isPaused(gate, ATTACKER, 'ann')).toBe(false);
    await gate.failed({ address: ATTACKER, name: 'ann' });
    expect(await isPaused(gate, ATTACKER, 'ann')).toBe(true);
    clock.advance(1_000);
    expect(await isPaused(gate, ATTACKER, 'ann')).toBe(false);
    await gate.failed({ address: ATTACKER, name: 'ann' });
    clock.advance(1_999);
    expect(await isPaused(gate, ATTACKER, 'ann')).toBe(true);
    clock.advance(1);
    expect(await isPaused(gate, ATTACKER, 'ann')).toBe(false);
  });

  it('count whichever process they reach, and pause in every one', async () => {
    for (let i = 0; i < 5; i++) {
      await gate.failed({ address: ATTACKER, name: 'ann' });
      await elsewhere.failed({ address: ATTACKER, name: 'ann' });
    }
    expect(await isPaused(gate, ATTACKER, 'ann')).toBe(true);
    expect(await isPaused(elsewhere, ATTACKER, 'ann')).toBe(true);
  });

  it('are counted each, also when they come at once through several processes', async () => {
    const counts = await Promise.all(
      Array.from({ length: 20 }, (_, i) => (i % 2 ? gate : elsewhere).failed({ address: ATTACKER, name: 'ann' })),
    );
    expect(counts.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  });

  it('never pause the owner at another address, however many there were', async () => {
    await fail(120, ATTACKER, 'ann');
    expect(await isPaused(gate, HOME, 'ann')).toBe(false);
  });

  it('leave one guess to each new address while an account is attacked from many', async () => {
    for (let i = 0; i < 51; i++) await gate.failed({ address: addressNumber(i), name: 'ann' });
    expect(await isPaused(gate, ATTACKER, 'ann')).toBe(false);
    await gate.failed({ address: ATTACKER, name: 'ann' });
    expect(await isPaused(gate, ATTACKER, 'ann')).toBe(true);
  });

  it('leave the owner its usual tries during such an attack, where it has signed in before, through whichever process', async () => {
    await elsewhere.succeeded({ address: HOME, name: 'ann' });
    for (let i = 0; i < 100; i++) await gate.failed({ address: addressNumber(i), name: 'ann' });
    await fail(9, HOME, 'ann');
    expect(await isPaused(gate, HOME, 'ann')).toBe(false);
  });

  it('for many names pause the address for all names, but those that signed in from it before', async () => {
    await gate.succeeded({ address: ATTACKER, name: 'neighbour' });
    for (let i = 0; i < 100; i++) await gate.failed({ address: ATTACKER, name: `name${i}` });
    expect(await isPaused(gate, ATTACKER, 'fresh')).toBe(true);
    expect(await isPaused(gate, ATTACKER, 'neighbour')).toBe(false);
    expect(await isPaused(elsewhere, ATTACKER, 'neighbour')).toBe(false);
    expect(await isPaused(gate, HOME, 'fresh')).toBe(false);
  });

  it('of a device that was shut out do not pause the person behind it, and theirs do not pause their devices', async () => {
    const device = { address: HOME, name: 'ann', byDevice: true };
    for (let i = 0; i < 20; i++) await gate.failed(device);
    await expect(gate.refuseWhilePaused(device)).rejects.toThrow('Too many wrong passwords');
    expect(await isPaused(gate, HOME, 'ann')).toBe(false);
    await fail(20, ATTACKER, 'ann');
    await expect(gate.refuseWhilePaused({ ...device, address: ATTACKER })).resolves.toBeUndefined();
  });

  it('are not forgotten because a device behind the same network is let in', async () => {
    const device = { address: HOME, name: 'ann', byDevice: true };
    for (let i = 0; i < 10; i++) {
      await fail(1, HOME, 'ann');
      clock.advance(61_000);
      for (const by of [gate, elsewhere]) await by.succeeded(device);
    }
    expect(await isPaused(gate, HOME, 'ann')).toBe(false);
    await fail(1, HOME, 'ann');
    await gate.succeeded(device);
    expect(await isPaused(gate, HOME, 'ann')).toBe(true);
    expect(await isPaused(elsewhere, HOME, 'ann')).toBe(true);
    clock.advance(60 * 60_000);
    await elsewhere.succeeded(device);
    await fail(9, HOME, 'ann');
    expect(await isPaused(gate, HOME, 'ann')).toBe(false);
  });

  it('pause nobody whose secret cannot have been guessed', async () => {
    await fail(20, HOME, 'ann');
    await expect(gate.refuseWhilePaused({ address: HOME, name: 'ann' }, async () => true)).resolves.toBeUndefined();
  });

  it('are forgotten after a right one, and after an hour', async () => {
    await fail(9, HOME, 'ann');
    await gate.succeeded({ address: HOME, name: 'ann' });
    await fail(9, HOME, 'ann');
    expect(await isPaused(gate, HOME, 'ann')).toBe(false);
    clock.advance(60 * 60_000);
    await fail(9, HOME, 'ann');
    expect(await isPaused(gate, HOME, 'ann')).toBe(false);
  });
});

describe('an address', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
  ])('%s counts as %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it('of IPv6 counts as one with all of its /64 network', () => {
    const group = fc.integer({ min: 1, max: 0xffff }).map((n) => n.toString(16));
    fc.assert(
      fc.property(fc.tuple(group, group, group, group), fc.tuple(group, group, group, group), (network, host) => {
        expect(networkOf([...network, ...host].join(':'))).toBe(network.join(':'));
      }),
    );
  });
});

describe('attempts of one name from one network', () => {
  const attempt = { address: HOME, name: 'ann' };

  it('are judged one by one, whatever becomes of those before; those of others wait for nobody', async () => {
    const order: string[] = [];
    const first = Promise.withResolvers<void>();
    const judged = [
      gate.inTurn(attempt, async () => {
        await first.promise;
        order.push('first');
        throw new Error('wrong');
      }),
      gate.inTurn({ ...attempt, name: 'Ann' }, async () => void order.push('second')),
      gate.inTurn({ ...attempt, name: 'bob' }, async () => void order.push('of bob')),
    ];
    await judged[2];
    first.resolve();
    await Promise.allSettled(judged);
    await expect(judged[0]).rejects.toThrow('wrong');
    expect(order).toEqual(['of bob', 'first', 'second']);
  });
});
