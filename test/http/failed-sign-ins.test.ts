/** Guessing of passwords is stopped by account and address, and the owner is not locked out. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/base/errors.ts';
import { type FailedSignIns, makeFailedSignIns, networkOf } from '../../src/http/failed-sign-ins.ts';
import { testClock } from '../support/server.ts';

const HOME = '198.51.100.7';
const ATTACKER = '203.0.113.9';

function isPaused(gate: FailedSignIns, address: string, name: string): boolean {
  try {
    gate.refuseWhilePaused(address, name);
    return false;
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).code).toBe('too-many-attempts');
    return true;
  }
}

const fail = (gate: FailedSignIns, times: number, address: string, name: string) => {
  for (let i = 0; i < times; i++) gate.failed(address, name);
};
const addressNumber = (n: number) => `192.0.${n >> 8}.${n & 255}`;

describe('wrong passwords', () => {
  it('pause the address for that name after ten, longer each time', () => {
    const clock = testClock();
    const gate = makeFailedSignIns(clock);
    fail(gate, 9, ATTACKER, 'ann');
    expect(isPaused(gate, ATTACKER, 'ann')).toBe(false);
    gate.failed(ATTACKER, 'ann');
    expect(isPaused(gate, ATTACKER, 'ann')).toBe(true);
    clock.advance(1_000);
    expect(isPaused(gate, ATTACKER, 'ann')).toBe(false);
    gate.failed(ATTACKER, 'ann');
    clock.advance(1_999);
    expect(isPaused(gate, ATTACKER, 'ann')).toBe(true);
    clock.advance(1);
    expect(isPaused(gate, ATTACKER, 'ann')).toBe(false);
  });

  it('never pause the owner at another address, however many there were', () => {
    const gate = makeFailedSignIns(testClock());
    fail(gate, 500, ATTACKER, 'ann');
    expect(isPaused(gate, HOME, 'ann')).toBe(false);
  });

  it('leave one guess to each new address while an account is attacked from many', () => {
    const gate = makeFailedSignIns(testClock());
    for (let i = 0; i < 51; i++) gate.failed(addressNumber(i), 'ann');
    expect(isPaused(gate, ATTACKER, 'ann')).toBe(false);
    gate.failed(ATTACKER, 'ann');
    expect(isPaused(gate, ATTACKER, 'ann')).toBe(true);
  });

  it('leave the owner its usual tries during such an attack, where it has signed in before', () => {
    const gate = makeFailedSignIns(testClock());
    gate.succeeded(HOME, 'ann');
    for (let i = 0; i < 100; i++) gate.failed(addressNumber(i), 'ann');
    fail(gate, 9, HOME, 'ann');
    expect(isPaused(gate, HOME, 'ann')).toBe(false);
  });

  it('for many names pause the address for all names, but those that signed in from it before', () => {
    const gate = makeFailedSignIns(testClock());
    gate.succeeded(ATTACKER, 'neighbour');
    for (let i = 0; i < 100; i++) gate.failed(ATTACKER, `name${i}`);
    expect(isPaused(gate, ATTACKER, 'fresh')).toBe(true);
    expect(isPaused(gate, ATTACKER, 'neighbour')).toBe(false);
    expect(isPaused(gate, HOME, 'fresh')).toBe(false);
  });

  it('are forgotten after a right one, and after an hour', () => {
    const clock = testClock();
    const gate = makeFailedSignIns(clock);
    fail(gate, 9, HOME, 'ann');
    gate.succeeded(HOME, 'ann');
    fail(gate, 9, HOME, 'ann');
    expect(isPaused(gate, HOME, 'ann')).toBe(false);
    clock.advance(60 * 60_000);
    fail(gate, 9, HOME, 'ann');
    expect(isPaused(gate, HOME, 'ann')).toBe(false);
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
