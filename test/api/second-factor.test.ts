/** Two-factor sign-in over HTTP: enrolment, codes, recovery, and what it means for devices (RFC 6238). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newSecretKey, readSecretKey, type SecretKey } from '../../src/commands/sealed-secrets.ts';
import { resealSecondFactors, secondFactorKeys } from '../../src/commands/second-factor.ts';
import { counterCode, fromBase32, timeStep } from '../../src/commands/time-based-code.ts';
import { type ApiClient, apiClient, basic } from '../support/api-client.ts';
import { davClient } from '../support/dav-client.ts';
import {
  aDevice,
  anAdministrator,
  aPerson,
  failureOf,
  PASSWORD,
  type Person,
  refusalOf,
  signIn,
} from '../support/people.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
/** Keys of the server's secrets, the one that seals first. */
let keys: SecretKey[];
beforeAll(async () => {
  server = await startServer({ secretKeys: { all: () => keys, present: () => keys[0] } });
});
beforeEach(() => {
  keys = [SOME_KEY];
});
afterAll(() => server.stop());

const aKey = () => readSecretKey(newSecretKey())!;
const SOME_KEY = aKey();

interface Enrolled {
  readonly person: Person;
  readonly api: ApiClient;
  readonly recoveryCodes: readonly string[];
  /** The app's code now, or so many steps away. */
  code(steps?: number): string;
}

async function enrolled(person?: Person): Promise<Enrolled> {
  const who = person ?? (await aPerson(server));
  const api = await signIn(server, who.name);
  const { secret } = await api.call('beginSecondFactor', { body: { password: PASSWORD } });
  const code = (steps = 0) => counterCode(fromBase32(secret), timeStep(server.clock.now()) + steps);
  const { recoveryCodes } = await api.call('confirmSecondFactor', { body: { code: code() } });
  server.clock.advance(30_000);
  return { person: who, api, recoveryCodes, code };
}

describe('two-factor sign-in', () => {
  it('asks for a code beside the password, and takes it', async () => {
    const { person, code } = await enrolled();
    expect(await refusalOf(signIn(server, person.name))).toBe('401 second-factor-required');
    expect(await refusalOf(signIn(server, person.name, { code: '000000' }))).toBe('401 wrong-code');
    const api = await signIn(server, person.name, { code: code() });
    expect((await api.call('showSession')).account.name).toBe(person.name);
  });

  it('takes each code once (RFC 6238 §5.2)', async () => {
    const { person, code } = await enrolled();
    await signIn(server, person.name, { code: code() });
    expect(await refusalOf(signIn(server, person.name, { code: code() }))).toBe('401 wrong-code');
    expect(await refusalOf(signIn(server, person.name, { code: code(-1) }))).toBe('401 wrong-code');
    await signIn(server, person.name, { code: code(1) });
  });

  it('counts a burst of guessed codes one by one', async () => {
    const { person } = await enrolled();
    const guesses = Array.from({ length: 30 }, (_, i) => refusalOf(signIn(server, person.name, { code: `00000${i}` })));
    const refusals = await Promise.all(guesses);
    expect(refusals.filter((each) => each === '401 wrong-code')).toHaveLength(10);
    expect(refusals.filter((each) => each === '429 too-many-attempts')).toHaveLength(20);
  });

  it('takes one of two requests with the same code at once', async () => {
    const { person, code } = await enrolled();
    const attempts = [1, 2, 3].map(() => signIn(server, person.name, { code: code() }));
    const outcomes = (await Promise.allSettled(attempts)).map((each) => each.status);
    expect(outcomes.filter((each) => each === 'fulfilled')).toHaveLength(1);
  });

  it('does not count before it is confirmed, nor with a wrong code', async () => {
    const person = await aPerson(server);
    const api = await signIn(server, person.name);
    const { uri } = await api.call('beginSecondFactor', { body: { password: PASSWORD } });
    expect(uri).toMatch(/^otpauth:\/\/totp\/Doublon:/);
    expect(await refusalOf(api.call('confirmSecondFactor', { body: { code: '000000' } }))).toBe('400 wrong-code');
    await signIn(server, person.name);
    expect(await api.call('showSecondFactor')).toEqual({ enabled: false, recoveryCodesLeft: 0 });
  });

  it('is begun and ended only with the password', async () => {
    const { api } = await enrolled();
    expect(await refusalOf(api.call('beginSecondFactor', { body: { password: PASSWORD } }))).toBe(
      '409 second-factor-on',
    );
    expect(await refusalOf(api.call('endSecondFactor', { body: { password: 'guess' } }))).toBe('403 wrong-password');
    expect((await api.call('showSecondFactor')).enabled).toBe(true);
  });

  it('lets in with a recovery code, however it is typed, once', async () => {
    const { person, api, recoveryCodes } = await enrolled();
    expect(new Set(recoveryCodes).size).toBe(10);
    await signIn(server, person.name, { code: recoveryCodes[0]! });
    expect(await refusalOf(signIn(server, person.name, { code: recoveryCodes[0]! }))).toBe('401 wrong-code');
    await signIn(server, person.name, { code: recoveryCodes[1]!.replace('-', ' ').toUpperCase() });
    expect(await api.call('showSecondFactor')).toEqual({ enabled: true, recoveryCodesLeft: 8 });
  });

  it('gives new recovery codes for the password, and the old ones end', async () => {
    const { person, api, recoveryCodes } = await enrolled();
    expect(await refusalOf(api.call('renewRecoveryCodes', { body: { password: 'guess' } }))).toBe('403 wrong-password');
    const renewed = (await api.call('renewRecoveryCodes', { body: { password: PASSWORD } })).recoveryCodes;
    expect(await refusalOf(signIn(server, person.name, { code: recoveryCodes[0]! }))).toBe('401 wrong-code');
    await signIn(server, person.name, { code: renewed[0]! });
    const without = await signIn(server, (await aPerson(server)).name);
    expect(await refusalOf(without.call('renewRecoveryCodes', { body: { password: PASSWORD } }))).toBe(
      '409 second-factor-off',
    );
  });

  it('keeps digests of the recovery codes only', async () => {
    const { recoveryCodes } = await enrolled();
    const rows = await server.database.db.selectFrom('second_factor').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(recoveryCodes[0]);
    expect(JSON.stringify(rows)).not.toContain(recoveryCodes[0]!.replace('-', ''));
  });

  it('ends when it is turned off', async () => {
    const { person, api } = await enrolled();
    await api.call('endSecondFactor', { body: { password: PASSWORD } });
    await signIn(server, person.name);
  });

  it('is turned off by an administrator for whoever lost phone and codes', async () => {
    const boss = await anAdministrator(server);
    const { person } = await enrolled(await aPerson(server, { organisationId: boss.organisationId }));
    const api = await signIn(server, boss.name);
    await api.call('endUserSecondFactor', { parameters: { id: person.principalId } });
    await signIn(server, person.name);
  });
});

describe('the key of an authenticator app', () => {
  const factors = () => server.database.db.updateTable('second_factor');
  const storedOf = (person: Person) =>
    server.database.db
      .selectFrom('second_factor')
      .select(['secret', 'key_id'])
      .where('principal_id', '=', person.principalId)
      .executeTakeFirstOrThrow();

  it('is stored sealed, and never twice alike', async () => {
    const [one, other] = [await enrolled(), await enrolled()];
    const rows = [await storedOf(one.person), await storedOf(other.person)];
    expect(rows.map(({ key_id }) => key_id)).toEqual([SOME_KEY.id, SOME_KEY.id]);
    // the key is 20 octets: 32 letters in clear; sealed, a nonce of 12 octets and a tag of 16 come with them
    expect(rows[0]!.secret).toMatch(/^[\w-]{80}$/);
    expect(rows[0]!.secret.slice(0, 16)).not.toBe(rows[1]!.secret.slice(0, 16));
  });

  it('stays readable where it was stored in clear, and is sealed when it is used next', async () => {
    keys = [];
    const { person, code } = await enrolled();
    const clear = await storedOf(person);
    expect([clear.key_id, clear.secret]).toEqual([null, expect.stringMatching(/^[A-Z2-7]{32}$/)]);
    keys = [SOME_KEY];
    await signIn(server, person.name, { code: code() });
    expect((await storedOf(person)).key_id).toBe(SOME_KEY.id);
    await signIn(server, person.name, { code: code(1) });
  });

  it('goes on opening under an older key, and moves to the first one with its use or all at once', async () => {
    const { person, code } = await enrolled();
    const { person: quiet } = await enrolled();
    keys = [aKey(), SOME_KEY];
    await signIn(server, person.name, { code: code() });
    expect((await storedOf(person)).key_id).toBe(keys[0]!.id);
    expect((await storedOf(quiet)).key_id).toBe(SOME_KEY.id);
    expect((await resealSecondFactors(server.context)).unreadable).toBe(0);
    expect([...(await secondFactorKeys(server.context)).keys()]).toEqual([keys[0]!.id]);
    keys = [keys[0]!];
    await signIn(server, person.name, { code: code(1) });
    keys = [SOME_KEY, ...keys];
    await resealSecondFactors(server.context);
  });

  it('opens for its own account only', async () => {
    const [one, other] = [await enrolled(), await enrolled()];
    await factors()
      .set(await storedOf(one.person))
      .where('principal_id', '=', other.person.principalId)
      .execute();
    expect(await refusalOf(signIn(server, other.person.name, { code: one.code() }))).toBe('503 secret-unreadable');
    await other.api.call('endSecondFactor', { body: { password: PASSWORD } });
  });

  it('says so where its key is missing; recovery codes and an administrator let in all the same', async () => {
    const boss = await anAdministrator(server);
    const { person, code, recoveryCodes } = await enrolled(
      await aPerson(server, { organisationId: boss.organisationId }),
    );
    keys = [aKey()];
    const failure = await failureOf(signIn(server, person.name, { code: code() }));
    expect([failure.status, failure.problem.code]).toEqual([503, 'secret-key-missing']);
    expect(failure.problem.detail).toContain(SOME_KEY.id);
    await signIn(server, person.name, { code: recoveryCodes[0]! });
    expect((await resealSecondFactors(server.context)).unreadable).toBeGreaterThan(0);
    const api = await signIn(server, boss.name);
    await api.call('endUserSecondFactor', { parameters: { id: person.principalId } });
    await signIn(server, person.name);
  });
});

describe('a device of an account with two factors', () => {
  it('gets in with an app password', async () => {
    const { person } = await enrolled();
    const device = davClient(server.url, { name: person.name, password: await aDevice(server, person) });
    expect((await device('PROPFIND', '/dav/', undefined, { depth: '0' })).status).toBe(207);
  });

  it("is refused with the account's own password, and told what to do (RFC 7617)", async () => {
    const person = await aPerson(server);
    const device = davClient(server.url, { name: person.name, password: PASSWORD });
    expect((await device('PROPFIND', '/dav/', undefined, { depth: '0' })).status).toBe(207);
    await enrolled(person);
    const refused = await device('PROPFIND', '/dav/', undefined, { depth: '0' });
    expect([refused.status, refused.headers['www-authenticate']]).toEqual([401, expect.stringContaining('Basic')]);
    expect(refused.text).toContain('app password');
    const api = apiClient(server.url, basic(person.name, PASSWORD));
    expect(await refusalOf(api.call('listCollections'))).toBe('401 app-password-required');
  });

  it('cannot manage the account: neither its factors nor its passwords nor its sessions', async () => {
    const person = await aPerson(server);
    const device = apiClient(server.url, basic(person.name, await aDevice(server, person)));
    await device.call('listCollections');
    const refused = [
      () => device.call('beginSecondFactor', { body: { password: PASSWORD } }),
      () => device.call('createAppPassword', { body: { name: 'Another' } }),
      () => device.call('listSessions'),
    ];
    for (const call of refused) expect(await refusalOf(call())).toBe('403 app-password');
  });
});

describe('guessing of codes', () => {
  it('is slowed like guessing of passwords', async () => {
    const { person } = await enrolled();
    for (let i = 0; i < 10; i++)
      expect(await refusalOf(signIn(server, person.name, { code: '000000' }))).toBe('401 wrong-code');
    expect((await failureOf(signIn(server, person.name, { code: '000000' }))).status).toBe(429);
  });
});
