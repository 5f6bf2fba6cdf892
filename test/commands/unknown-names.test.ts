/** Whoever guesses does not learn from the work that is done whether a name is known. */
import type { argon2 as Argon2 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { basic } from '../support/api-client.ts';
import { PASSWORD, type Person } from '../support/people.ts';
import type { TestServer } from '../support/server.ts';

/** What every hash that was computed costs. */
const costs: string[] = [];

async function countingCrypto(original: () => Promise<{ argon2: typeof Argon2 }>) {
  const real = await original();
  const argon2: typeof Argon2 = (algorithm, parameters, done) => {
    const { memory, passes, parallelism, tagLength } = parameters;
    costs.push(JSON.stringify({ algorithm, memory, passes, parallelism, tagLength }));
    return real.argon2(algorithm, parameters, done);
  };
  return { ...real, argon2 };
}

let server: TestServer;
let person: Person;
let device: string;
beforeAll(async () => {
  // modules that another file of this process has loaded know the real one
  vi.resetModules();
  vi.doMock('node:crypto', countingCrypto);
  const [{ startServer }, { aDevice, aPerson }] = await Promise.all([
    import('../support/server.ts'),
    import('../support/people.ts'),
  ]);
  server = await startServer();
  person = await aPerson(server);
  device = await aDevice(server, person);
});
afterAll(async () => {
  vi.doUnmock('node:crypto');
  vi.resetModules();
  await server.stop();
});

/** The hashes that one attempt cost, on each rim, and what it was told. */
async function attempt(name: string, secret: string): Promise<unknown[]> {
  const all: unknown[] = [];
  for (const path of ['dav/', 'api/v1/account']) {
    costs.length = 0;
    const { status } = await fetch(new URL(path, server.url), { headers: basic(name, secret) });
    all.push([status, ...costs]);
  }
  costs.length = 0;
  const body = JSON.stringify({ name, password: secret });
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch(new URL('api/v1/session', server.url), { method: 'POST', headers, body });
  return [...all, [answer.status, ...costs]];
}

describe('a wrong password', () => {
  it('costs one hash of the same measure, be the name known, unknown or odd, and be it an app password or none', async () => {
    const known = await attempt(person.name, 'a wrong password');
    const cost = expect.stringContaining('"memory":19456,"passes":2,"parallelism":1');
    expect(known.at(-1)).toEqual([401, cost]);
    const stranger = `${device.slice(0, -4)}AAAA`;
    const [first] = await attempt('nobody-at-all', 'a wrong password');
    expect(first).toEqual(known[0]);
    for (const [name, secret] of [
      ['nobody-else', 'a wrong password'],
      ['nobody-else', PASSWORD],
      ['x'.repeat(150), 'a wrong password'],
      [person.name, stranger],
      ['nobody-third', stranger],
    ] as const)
      expect([name.slice(0, 20), await attempt(name, secret)]).toEqual([name.slice(0, 20), known]);
  });
});
