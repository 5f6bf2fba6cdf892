/** Sign-in by OpenID Connect against a real provider: code flow, PKCE, state, nonce (OpenID Connect Core §3.1, RFC 7636). */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrganisation } from '../../src/commands/accounts.ts';
import { apiClient } from '../support/api-client.ts';
import { type CookieBrowser, cookieBrowser } from '../support/cookie-browser.ts';
import { startProvider, type TestProvider } from '../support/openid-provider.ts';
import { anAdministrator, aPerson, type Person, signIn } from '../support/people.ts';
import { startServer, type TestServer } from '../support/server.ts';

const START = 'api/v1/session/openid';

let provider: TestProvider;
let strict: TestServer;
let open: TestServer;
let boss: Person;
/** Both servers behind one fixed address each: the provider must know where to send people back to. */
beforeAll(async () => {
  const uris: string[] = [];
  provider = await startProvider(() => uris);
  const settings = (newUsers: boolean) => ({
    issuer: provider.issuer,
    clientId: provider.clientId,
    clientSecret: provider.clientSecret,
    name: 'House key',
    scope: 'openid email profile',
    newUsers,
    organisation: undefined,
  });
  strict = await startServer({ openId: settings(false) });
  open = await startServer({ openId: settings(true) });
  await provider.stop();
  uris.push(`${strict.url}${START}/callback`, `${open.url}${START}/callback`);
  provider = await startProviderAt(provider, uris);
  boss = await anAdministrator(strict);
  await createOrganisation(open.context, 'Open');
});
afterAll(async () => {
  await strict.stop();
  await open.stop();
  await provider.stop();
});

/** The provider anew at its old address, now that the servers' addresses are known. */
async function startProviderAt(before: TestProvider, uris: readonly string[]): Promise<TestProvider> {
  return startProvider(() => uris, Number(new URL(before.issuer).port));
}

async function whoIs(server: TestServer, browser: CookieBrowser): Promise<string | undefined> {
  const ticket = browser.cookie(server.url, 'doublon_session');
  if (!ticket) return undefined;
  const session = await apiClient(server.url, { Cookie: `doublon_session=${ticket}` }).call('showSession');
  return session.account.name;
}

const aColleague = (emails: string[]) => aPerson(strict, { organisationId: boss.organisationId, emails });

describe('sign-in by OpenID Connect', () => {
  it('is offered to the page under the name that was set', async () => {
    const { openId } = await apiClient(strict.url).call('showSignInOptions');
    expect(openId).toEqual({ name: 'House key', href: START });
  });

  it('lets in the user who has the verified address, and again by the subject when the address has changed', async () => {
    const person = await aColleague(['Una@Example.com']);
    provider.signsIn('subject-una', { email: 'una@example.com', email_verified: true });
    const browser = cookieBrowser();
    expect((await browser.visit(`${strict.url}${START}`)).url).toBe(strict.url);
    expect(await whoIs(strict, browser)).toBe(person.name);
    provider.signsIn('subject-una', { email: 'other@example.com', email_verified: true });
    const again = cookieBrowser();
    await again.visit(`${strict.url}${START}`);
    expect(await whoIs(strict, again)).toBe(person.name);
  });

  it('does not believe an address that is not verified, nor one that two users have', async () => {
    await aColleague(['vic@example.com']);
    provider.signsIn('subject-vic', { email: 'vic@example.com', email_verified: false });
    const browser = cookieBrowser();
    expect((await browser.visit(`${strict.url}${START}`)).url).toBe(`${strict.url}#/sign-in-refused/no-account`);
    expect(await whoIs(strict, browser)).toBeUndefined();
    await aColleague(['both@example.com']);
    await aColleague(['both@example.com']);
    provider.signsIn('subject-both', { email: 'both@example.com', email_verified: true });
    expect((await cookieBrowser().visit(`${strict.url}${START}`)).url).toContain('no-account');
  });

  it('keeps out a user who is disabled', async () => {
    const person = await aColleague(['wes@example.com']);
    provider.signsIn('subject-wes', { email: 'wes@example.com', email_verified: true });
    await cookieBrowser().visit(`${strict.url}${START}`);
    const api = await signIn(strict, boss.name);
    await api.call('changeUser', { parameters: { id: person.principalId }, body: { disabled: true } });
    expect((await cookieBrowser().visit(`${strict.url}${START}`)).url).toContain('account-disabled');
  });

  it('makes an account only where that is allowed', async () => {
    provider.signsIn('subject-xia', { preferred_username: 'xia', name: 'Xia Example' });
    expect((await cookieBrowser().visit(`${strict.url}${START}`)).url).toContain('no-account');
    const browser = cookieBrowser();
    await browser.visit(`${open.url}${START}`);
    expect(await whoIs(open, browser)).toBe('xia');
    provider.signsIn('subject-another-xia', { preferred_username: 'xia' });
    const another = cookieBrowser();
    await another.visit(`${open.url}${START}`);
    expect(await whoIs(open, another)).toBe('xia-2');
    provider.signsIn('subject-of-windows', { preferred_username: 'CORP\\yan' });
    const ofWindows = cookieBrowser();
    await ofWindows.visit(`${open.url}${START}`);
    expect(await whoIs(open, ofWindows)).toBe('CORP-yan');
  });

  it('sends state, nonce and a PKCE challenge, each time new (RFC 7636 §4.3)', async () => {
    const asked = await Promise.all(
      [1, 2].map(async () => new URL((await cookieBrowser().fetch(`${strict.url}${START}`)).headers.get('Location')!)),
    );
    for (const url of asked) expect(url.searchParams.get('code_challenge_method')).toBe('S256');
    for (const name of ['state', 'nonce', 'code_challenge']) {
      const values = asked.map((url) => url.searchParams.get(name));
      expect(values[0]).toMatch(/^[\w-]{43}$/);
      expect(values[0]).not.toBe(values[1]);
    }
  });

  it('takes the answer only in the browser that asked, and once', async () => {
    await aColleague(['yan@example.com']);
    provider.signsIn('subject-yan', { email: 'yan@example.com', email_verified: true });
    const browser = cookieBrowser();
    let callback = (await browser.fetch(`${strict.url}${START}`)).headers.get('Location')!;
    while (!callback.startsWith(strict.url)) {
      const next = (await browser.fetch(callback)).headers.get('Location')!;
      callback = new URL(next, callback).href;
    }
    const thief = cookieBrowser();
    expect((await thief.visit(callback)).url).toContain('sign-in-refused');
    await thief.fetch(`${strict.url}${START}`);
    expect((await thief.visit(callback)).url).toContain('sign-in-refused');
    expect((await browser.visit(callback)).url).toBe(strict.url);
    expect((await browser.visit(callback)).url).toContain('sign-in-refused');
  });

  it('is no way in where no provider is set', async () => {
    const plain = await startServer();
    expect((await apiClient(plain.url).call('showSignInOptions')).openId).toBeNull();
    expect((await fetch(`${plain.url}${START}`, { redirect: 'manual' })).status).toBe(404);
    await plain.stop();
  });
});
