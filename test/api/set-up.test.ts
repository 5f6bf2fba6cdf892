/** One-time links to a configuration profile over HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Call } from '../../src/api/call.ts';
import { setUpHandlers } from '../../src/api/handlers/set-up.ts';
import { createOrganisation, createPrincipal } from '../../src/commands/accounts.ts';
import { SET_UP_LINK_MS } from '../../src/commands/set-up-link.ts';
import { ApiFailure, apiClient, basic } from '../support/api-client.ts';
import { readPlist } from '../support/plist.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
const name = 'ann@example.org';
beforeAll(async () => {
  server = await startServer();
  const organisationId = await createOrganisation(server.context, 'set-up');
  await createPrincipal(server.context, { organisationId, kind: 'user', name, password: 'correct horse' });
});
afterAll(() => server.stop());

const api = () => apiClient(server.url, basic(name, 'correct horse'));

async function newLink() {
  const made = await api().call('createAppPassword', { body: { name: 'phone' } });
  const parameters = { id: made.appPassword.id };
  const link = await api().call('createSetUpLink', { parameters, body: { secret: made.secret } });
  return { made, link };
}

describe('a set-up link', () => {
  it('gives the profile once, without signing in, as what Apple devices install', async () => {
    const { made, link } = await newLink();
    const looked = await fetch(link.url, { method: 'HEAD' });
    expect([looked.status, looked.headers.get('Content-Type')]).toEqual([200, 'application/x-apple-aspen-config']);
    const answer = await fetch(link.url, { headers: { 'Sec-Fetch-Site': 'cross-site' } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Content-Type')).toMatch(/^application\/x-apple-aspen-config/);
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    const profile = readPlist(await answer.text()) as { PayloadContent: Record<string, unknown>[] };
    expect(profile.PayloadContent[0]).toMatchObject({ CardDAVUsername: name, CardDAVPassword: made.secret });
    const again = await fetch(link.url);
    expect(again.headers.get('Content-Type')).toContain('problem+json');
    expect(again.headers.get('Content-Disposition')).toBeNull();
    expect([again.status, (await again.json()).code]).toEqual([404, 'link-used']);
  });

  it('is over after some minutes, and when the app password was revoked', async () => {
    const [late, revoked] = [await newLink(), await newLink()];
    await api().call('revokeAppPassword', { parameters: { id: revoked.made.appPassword.id } });
    expect((await fetch(revoked.link.url)).status).toBe(404);
    server.clock.advance(SET_UP_LINK_MS);
    expect((await fetch(late.link.url)).status).toBe(404);
  });

  it('is made for the secret of that app password only', async () => {
    const { made } = await newLink();
    const other = await newLink();
    for (const secret of ['correct horse', other.made.secret, 'nothing']) {
      const refused = api().call('createSetUpLink', { parameters: { id: made.appPassword.id }, body: { secret } });
      await expect(refused).rejects.toBeInstanceOf(ApiFailure);
    }
  });

  it('is refused as unknown whatever stands in its place', async () => {
    for (const ticket of ['x', 'a.b', '%00', `${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}.${'A'.repeat(43)}`])
      expect((await fetch(`${server.url}api/v1/profiles/${ticket}`)).status).toBe(404);
  });
});

describe('the secret that a set-up link is made for', () => {
  it("is never tried as the account's own password, which a device could guess so", async () => {
    const tried: string[] = [];
    const authenticate = async (_name: string, secret: string) => void tried.push(secret);
    const call = {
      api: { authenticator: { authenticate } },
      caller: { name: 'ann' },
      parameters: { id: 'x' },
      body: { secret: 'a guess' },
    } as unknown as Call<'createSetUpLink'>;
    await expect(setUpHandlers.createSetUpLink(call)).rejects.toMatchObject({ code: 'wrong-app-password' });
    expect(tried).toEqual([]);
  });
});
