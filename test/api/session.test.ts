import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrganisation, createPrincipal } from '../../src/commands/accounts.ts';
import { SESSION_MS } from '../../src/commands/sessions.ts';
import { type ApiClient, ApiFailure, apiClient, basic } from '../support/api-client.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let people = 0;
beforeAll(async () => {
  server = await startServer({ trustProxy: true });
});
afterAll(() => server.stop());

const PASSWORD = 'correct horse';

async function newPerson(temporary = false): Promise<string> {
  const name = `person${++people}`;
  const organisationId = await createOrganisation(server.context, name);
  await createPrincipal(server.context, { organisationId, kind: 'user', name, password: PASSWORD, temporary });
  return name;
}

/** Signs in as a browser does; the client then sends cookie and CSRF token. */
async function signIn(name: string, password = PASSWORD): Promise<{ api: ApiClient; cookie: string; csrf: string }> {
  const answer = await apiClient(server.url).send('signIn', { body: { name, password } });
  const cookie = answer.headers.get('Set-Cookie')!.split(';')[0]!;
  const csrf = answer.value.csrfToken!;
  return { api: apiClient(server.url, { Cookie: cookie, 'X-CSRF-Token': csrf }), cookie, csrf };
}

async function failure(work: Promise<unknown>): Promise<ApiFailure> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ApiFailure) return error;
    throw error;
  }
  throw new Error('the call succeeded');
}

const codeOf = async (work: Promise<unknown>) => (await failure(work)).problem.code;

describe('signing in', () => {
  it('sets a cookie that scripts and other sites cannot use, and says who is signed in', async () => {
    const name = await newPerson();
    const answer = await apiClient(server.url).send('signIn', { body: { name, password: PASSWORD } });
    const cookie = answer.headers.get('Set-Cookie')!;
    expect(cookie).toMatch(/; httponly/i);
    expect(cookie).toMatch(/; samesite=lax/i);
    expect(cookie).not.toMatch(/; secure/i);
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    expect(answer.value.account).toMatchObject({ name, passwordTemporary: false });
    expect(answer.value.collections.map((each) => each.kind)).toEqual(['addressbook', 'calendar']);
  });

  it('marks the cookie secure where the page is encrypted', async () => {
    const body = { name: await newPerson(), password: PASSWORD };
    const headers = { 'X-Forwarded-Proto': 'https' };
    const answer = await apiClient(server.url).send('signIn', { body, headers });
    expect(answer.headers.get('Set-Cookie')).toMatch(/; secure/i);
  });

  it('answers an unknown name and a wrong password alike', async () => {
    const wrong = await failure(
      apiClient(server.url).call('signIn', { body: { name: await newPerson(), password: 'x' } }),
    );
    const unknown = await failure(apiClient(server.url).call('signIn', { body: { name: 'nobody', password: 'x' } }));
    expect([wrong.status, wrong.problem]).toEqual([unknown.status, unknown.problem]);
    expect(wrong.status).toBe(401);
    expect(wrong.headers.get('Content-Type')).toContain('application/problem+json');
  });

  it('slows guessing down and lets the right password in after the pause', async () => {
    const name = await newPerson();
    const attempt = (password: string) => apiClient(server.url).call('signIn', { body: { name, password } });
    for (let i = 0; i < 10; i++) expect(await codeOf(attempt('guess'))).toBe('wrong-credentials');
    const slowed = await failure(attempt(PASSWORD));
    expect(slowed.status).toBe(429);
    server.clock.advance(2000);
    expect((await attempt(PASSWORD)).account.name).toBe(name);
  });

  it('is refused to a page of another site', async () => {
    const body = { name: await newPerson(), password: PASSWORD };
    const headers = { 'Sec-Fetch-Site': 'cross-site' };
    expect(await codeOf(apiClient(server.url).call('signIn', { body, headers }))).toBe('foreign-origin');
  });
});

describe('a session', () => {
  it('needs its CSRF token to change something, and none to look', async () => {
    const { cookie, api } = await signIn(await newPerson());
    const without = apiClient(server.url, { Cookie: cookie });
    expect((await without.call('showSession')).csrfToken).not.toBeNull();
    expect(await codeOf(without.call('startRun'))).toBe('csrf-token-wrong');
    const wrong = apiClient(server.url, { Cookie: cookie, 'X-CSRF-Token': 'x'.repeat(32) });
    expect(await codeOf(wrong.call('startRun'))).toBe('csrf-token-wrong');
    await api.call('startRun');
  });

  it('ends by signing out, and by itself after two weeks', async () => {
    const name = await newPerson();
    const first = await signIn(name);
    await first.api.call('signOut');
    expect(await codeOf(first.api.call('showSession'))).toBe('session-over');
    const second = await signIn(name);
    server.clock.advance(SESSION_MS + 1);
    expect(await codeOf(second.api.call('showSession'))).toBe('session-over');
  });

  it('is another one after each sign-in, whatever ticket the browser brings, and the one before is over', async () => {
    const [planted, name] = [await signIn(await newPerson()), await newPerson()];
    const body = { name, password: PASSWORD };
    const answer = await apiClient(server.url).send('signIn', { body, headers: { Cookie: planted.cookie } });
    const cookie = answer.headers.get('Set-Cookie')!.split(';')[0]!;
    expect(cookie).not.toBe(planted.cookie);
    expect(answer.value.csrfToken).not.toBe(planted.csrf);
    expect((await apiClient(server.url, { Cookie: cookie }).call('showSession')).account.name).toBe(name);
    expect(await codeOf(planted.api.call('showSession'))).toBe('session-over');
  });

  it('is not opened by a cookie that is no ticket', async () => {
    for (const ticket of ['x', `${'0'.repeat(8)}.x`, "' or 1=1 --"]) {
      const api = apiClient(server.url, { Cookie: `doublon_session=${encodeURIComponent(ticket)}` });
      expect(await codeOf(api.call('showSession'))).toBe('session-over');
    }
  });

  it('is not needed with Basic authentication, which gets no CSRF token', async () => {
    const api = apiClient(server.url, basic(await newPerson(), PASSWORD));
    expect((await api.call('showSession')).csrfToken).toBeNull();
    await api.call('startRun');
    expect(await codeOf(apiClient(server.url).call('showSession'))).toBe('not-signed-in');
  });
});

describe('the password', () => {
  it('must be changed first when it is a one-time one', async () => {
    const { api } = await signIn(await newPerson(true));
    expect((await api.call('showSession')).account.passwordTemporary).toBe(true);
    const refused = await failure(api.call('listCollections'));
    expect([refused.status, refused.problem.code]).toEqual([403, 'password-change-required']);
    const session = await api.call('changePassword', { body: { current: PASSWORD, next: 'battery staple' } });
    expect(session.account.passwordTemporary).toBe(false);
    await api.call('listCollections');
  });

  it('is changed only with the current one, and ends all other sessions', async () => {
    const name = await newPerson();
    const [here, elsewhere] = [await signIn(name), await signIn(name)];
    const change = (current: string, next: string) => here.api.call('changePassword', { body: { current, next } });
    expect(await codeOf(change('wrong', 'battery staple'))).toBe('wrong-password');
    expect(await codeOf(change(PASSWORD, 'short'))).toBe('invalid-password');
    expect(await codeOf(change(PASSWORD, PASSWORD))).toBe('same-password');
    await change(PASSWORD, 'battery staple');
    await here.api.call('showSession');
    expect(await codeOf(elsewhere.api.call('showSession'))).toBe('session-over');
    expect(await codeOf(apiClient(server.url, basic(name, PASSWORD)).call('showSession'))).toBe('wrong-credentials');
  });
});

describe('app passwords', () => {
  it('are shown once, let a device in, cannot open a session, and are revoked at once', async () => {
    const name = await newPerson();
    const { api } = await signIn(name);
    const made = await api.call('createAppPassword', { body: { name: 'Phone' } });
    expect(made.urls.addressbooks).toBe(`${server.url}dav/addressbooks/${name}/`);
    const device = apiClient(server.url, basic(name, made.secret));
    await device.call('listCollections');
    expect((await api.call('listAppPasswords')).items).toMatchObject([
      { name: 'Phone', lastUsedAt: expect.any(String) },
    ]);
    const body = { name, password: made.secret };
    expect(await codeOf(apiClient(server.url).call('signIn', { body }))).toBe('app-password');
    await api.call('revokeAppPassword', { parameters: { id: made.appPassword.id } });
    expect(await codeOf(device.call('listCollections'))).toBe('wrong-credentials');
    expect((await api.call('listAppPasswords')).items).toEqual([]);
  });

  it('of others cannot be revoked', async () => {
    const [mine, theirs] = [await signIn(await newPerson()), await signIn(await newPerson())];
    const { appPassword } = await theirs.api.call('createAppPassword', { body: { name: 'Phone' } });
    const attempt = mine.api.call('revokeAppPassword', { parameters: { id: appPassword.id } });
    expect((await failure(attempt)).status).toBe(404);
  });
});

describe('the account', () => {
  it('takes language, time zone and region, and refuses what they cannot be', async () => {
    const { api } = await signIn(await newPerson());
    const body = { displayName: 'Ann', language: 'de', timeZone: 'Europe/Zurich', region: 'CH' };
    expect(await api.call('changeAccount', { body })).toMatchObject(body);
    expect(await codeOf(api.call('changeAccount', { body: { timeZone: 'Mars/Base' } }))).toBe('unknown-time-zone');
    expect(await codeOf(api.call('changeAccount', { body: { region: 'Switzerland' } }))).toBe('invalid-input');
  });
});
