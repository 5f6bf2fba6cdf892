/** What nobody may read in a log, in the metrics, in the audit log or in an error: passwords, tokens, cookies, what is on cards. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { counterCode, fromBase32, timeStep } from '../../src/commands/time-based-code.ts';
import { makeLog } from '../../src/logger.ts';
import { ApiFailure, apiClient, basic } from '../support/api-client.ts';
import { cookieBrowser } from '../support/cookie-browser.ts';
import { davClient } from '../support/dav-client.ts';
import { aCard, VCARD } from '../support/dav-server.ts';
import { startProvider, type TestProvider } from '../support/openid-provider.ts';
import { anAdministrator, failureOf, PASSWORD, type Person, signIn } from '../support/people.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let provider: TestProvider;
let boss: Person;
/** What must be found nowhere, by what it is. */
const secrets = new Map<string, string>();
/** Texts that went back to clients as errors. */
const errors: string[] = [];
const hidden = (what: string, secret: string): string => {
  expect(secret.length).toBeGreaterThan(5);
  secrets.set(what, secret);
  return secret;
};

beforeAll(async () => {
  const uris: string[] = [];
  provider = await startProvider(() => uris);
  const { issuer, clientId, clientSecret } = provider;
  hidden('client secret at the provider', clientSecret);
  const scope = 'openid email profile';
  server = await startServer({
    openId: { issuer, clientId, clientSecret, name: 'Key', scope, newUsers: true, organisation: undefined },
  });
  await provider.stop();
  uris.push(`${server.url}api/v1/session/openid/callback`);
  provider = await startProvider(() => uris, Number(new URL(issuer).port));
  boss = await anAdministrator(server);
});
afterAll(async () => {
  await server.stop();
  await provider.stop();
});

const last = (url: string) => url.split('/').at(-1)!;

async function refused(work: Promise<unknown>): Promise<void> {
  errors.push(JSON.stringify((await failureOf(work)).problem));
}

/** Everything that has to do with passwords, tokens and links. */
async function accounts(): Promise<void> {
  hidden('password', PASSWORD);
  await refused(signIn(server, boss.name, { password: hidden('wrong password', 'hunter2-hunter2') }));
  await refused(signIn(server, hidden('password typed as a name', 'Tr0ub4dor&3-typed'), { password: PASSWORD }));
  const answer = await apiClient(server.url).send('signIn', { body: { name: boss.name, password: PASSWORD } });
  const cookie = answer.headers.get('Set-Cookie')!.split(';')[0]!;
  hidden('session cookie', cookie.split('=')[1]!);
  const csrf = hidden('CSRF token', answer.value.csrfToken!);
  const api = apiClient(server.url, { Cookie: cookie, 'X-CSRF-Token': csrf });
  const device = await api.call('createAppPassword', { body: { name: 'Phone' } });
  hidden('app password', device.secret);
  const body = { secret: device.secret };
  const profile = await api.call('createSetUpLink', { parameters: { id: device.appPassword.id }, body });
  hidden('link to a profile', last(new URL(profile.url).pathname));
  for (let time = 0; time < 2; time++) await (await fetch(profile.url)).text();
  const { link } = await api.call('createInvitation', { body: { email: 'new@example.org' } });
  const token = hidden('invitation', last(link));
  await apiClient(server.url).call('showInvitation', { body: { token } });
  const accepted = { token, name: 'invited', password: hidden('password of the invited', 'a brand new passphrase') };
  await apiClient(server.url).call('acceptInvitation', { body: accepted });
  await refused(apiClient(server.url).call('acceptInvitation', { body: accepted }));
  const { secret } = await api.call('beginSecondFactor', { body: { password: PASSWORD } });
  hidden('key of the authenticator app', secret);
  await refused(api.call('confirmSecondFactor', { body: { code: '000000' } }));
  const code = counterCode(fromBase32(secret), timeStep(server.clock.now()));
  const { recoveryCodes } = await api.call('confirmSecondFactor', { body: { code } });
  hidden('recovery code', recoveryCodes[0]!);
  const next = hidden('next password', 'quite another passphrase');
  await api.call('changePassword', { body: { current: PASSWORD, next } });
  const created = await api.call('createUser', { body: { name: 'made' } });
  hidden('one-time password', created.oneTimePassword!);
  const { Authorization } = basic(boss.name, device.secret);
  hidden('Authorization', Authorization!.slice('Basic '.length));
}

/** Signs somebody in by the provider, and once with an answer that is not the provider's. */
async function byProvider(): Promise<void> {
  provider.signsIn('subject-pat', { preferred_username: 'pat', name: 'Pat' });
  const browser = cookieBrowser();
  await browser.visit(`${server.url}api/v1/session/openid`);
  hidden('session by the provider', browser.cookie(server.url, 'doublon_session')!);
  const code = hidden('code of the provider', 'code-that-nobody-gave');
  await (await browser.fetch(`${server.url}api/v1/session/openid/callback?code=${code}&state=x`)).text();
}

/** Cards stored, refused, imported, published and failed on. */
async function cards(): Promise<void> {
  const device = { name: boss.name, password: secrets.get('app password')! };
  const dav = davClient(server.url, device);
  const api = apiClient(server.url, basic(device.name, device.password));
  const book = `/dav/addressbooks/${boss.name}/contacts/`;
  const card = (uid: string) =>
    aCard(uid, hidden('name on a card', 'Ottilie Quendelbach'), `TEL:${hidden('number on a card', '+49 151 8444043')}`);
  await dav('PUT', `${book}one.vcf`, card('one'), VCARD);
  errors.push((await dav('PUT', `${book}one.vcf`, card('other'), VCARD)).text);
  errors.push((await dav('PUT', `${book}two.vcf`, card('two').replace('END:VCARD', ''), VCARD)).text);
  const id = (await api.call('listCollections')).items.find(({ path }) => path === book)!.id;
  const file = {
    raw: `${card('three')}${card('three')}BEGIN:VCARD\r\nFN:Ottilie`,
    headers: { 'Content-Type': 'text/vcard' },
  };
  await api.call('importObjects', { parameters: { id }, ...file });
  const { url } = await api.call('createPublication', { parameters: { id }, body: {} });
  hidden('secret link', last(new URL(url).pathname).replace(/\..*/, ''));
  await (await fetch(url)).text();
  const feed = `http://reader:${hidden('password in a URL', 'feed-password')}@127.0.0.1:9/x.ics?key=${hidden('key in a URL', 'key-of-a-feed')}`;
  await api.call('createSubscription', { body: { url: feed } }).catch((error: unknown) => {
    if (!(error instanceof ApiFailure)) throw error;
  });
  // what Postgres says of a row that it refuses must not be the row
  await sql`alter table object add constraint fails check (name <> 'fails.vcf')`.execute(server.context.db);
  const failed = await dav('PUT', `${book}fails.vcf`, card('four'), VCARD);
  expect(failed.status).toBe(500);
  errors.push(failed.text);
  await refused(api.call('createCard', { body: { collectionId: id, name: 'fails.vcf', vcard: card('five') } }));
}

describe('secrets and what is on cards', () => {
  it('are in no log, in no error, not in the metrics and not in the audit log', async () => {
    await accounts();
    await byProvider();
    await cards();
    const metrics = await (await fetch(new URL('metrics', server.url))).text();
    const { rows: audit } = await sql`select * from audit_entry`.execute(server.context.db);
    const places = { log: server.log, metrics, audit, errors };
    expect([
      server.log.length > 20,
      server.log.some(({ level }) => level === 'error'),
      audit.length > 5,
      errors.length,
    ]).toEqual([true, true, true, 8]);
    const found = Object.entries(places).flatMap(([place, content]) => {
      const text = JSON.stringify(content);
      return [...secrets]
        .filter(([, secret]) => text.includes(JSON.stringify(secret).slice(1, -1)))
        .map(([what]) => `${what} in ${place}`);
    });
    expect(found).toEqual([]);
    expect(secrets.size).toBeGreaterThan(18);
  });

  it('would be hidden by the log if a line held them under their name', () => {
    const lines: string[] = [];
    const log = makeLog({ logLevel: 'debug', logFormat: 'json' }, { write: (line: string) => lines.push(line) });
    log.error({ password: 'xyzzy-1', request: { authorization: 'xyzzy-2', cookie: 'xyzzy-3' } }, 'odd');
    expect(lines.join('')).not.toContain('xyzzy');
  });
});
