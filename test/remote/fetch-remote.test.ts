/** Requests to other servers: nothing internal is ever asked, by whatever spelling or detour. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFetchRemote } from '../../src/remote/fetch-remote.ts';
import { type CalendarHost, startCalendarHost } from '../support/calendar-host.ts';

let host: CalendarHost;
beforeAll(async () => {
  host = await startCalendarHost();
});
afterAll(() => host.stop());

const LIMITS = { accept: '*/*', maxOctets: 1000, timeoutMs: 5000 };
const strict = makeFetchRemote({ allowInternal: false });
const open = makeFetchRemote({ allowInternal: true });
const port = () => new URL(host.url).port;

describe('without leave to ask internal addresses', () => {
  it.each([
    'http://127.0.0.1:PORT/',
    'http://localhost:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f000001:PORT/',
    'http://0177.0.0.1:PORT/',
    'http://127.1:PORT/',
    'http://0:PORT/',
    'http://[::1]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://[0:0:0:0:0:ffff:7f00:1]:PORT/',
    'http://user:password@127.0.0.1:PORT/',
    'https://127.0.0.1:PORT/',
    'webcal://127.0.0.1:PORT/',
    'http://169.254.169.254/latest/meta-data/',
    'http://10.0.0.1/',
    'http://[fd00:ec2::254]/',
  ])('%s is refused before anything is sent', async (url) => {
    host.answer('/', { body: 'secret' });
    const before = host.requests.length;
    await expect(strict({ ...LIMITS, url: url.replace('PORT', port()) })).rejects.toMatchObject({
      code: 'remote-internal',
      details: { status: 422 },
    });
    expect(host.requests.length).toBe(before);
  });
});

describe('with that leave', () => {
  it('gives up after the time allowed, and after the size allowed', async () => {
    host.answer('/slow', (_request, response) => void response.writeHead(200).write('BEGIN'));
    await expect(open({ ...LIMITS, timeoutMs: 200, url: `${host.url}/slow` })).rejects.toMatchObject({
      code: 'remote-timeout',
    });
    host.answer('/silent', () => {});
    await expect(open({ ...LIMITS, timeoutMs: 200, url: `${host.url}/silent` })).rejects.toMatchObject({
      code: 'remote-timeout',
    });
    host.answer('/long', { body: 'x'.repeat(1001) });
    await expect(open({ ...LIMITS, url: `${host.url}/long` })).rejects.toMatchObject({ code: 'remote-too-large' });
  });

  it('sends a password in the URL as Basic authentication, and not to another server', async () => {
    const other = await startCalendarHost();
    other.answer('/there', { body: 'there' });
    host.answer('/here', { body: 'here' });
    host.answer('/same', { status: 302, headers: { Location: '/here' } });
    host.answer('/other', { status: 302, headers: { Location: `${other.url}/there` } });
    const url = (path: string) => `${host.url.replace('//', '//me:pass%20word@')}${path}`;
    await open({ ...LIMITS, url: url('/same') });
    const expected = `Basic ${Buffer.from('me:pass word').toString('base64')}`;
    expect(host.requests.at(-1)!.headers.authorization).toBe(expected);
    await open({ ...LIMITS, url: url('/other') });
    expect(other.requests.at(-1)!.headers.authorization).toBeUndefined();
    await other.stop();
  });

  it('follows five redirects and not six', async () => {
    host.answer('/0', { body: 'end' });
    for (let hop = 1; hop <= 6; hop++) host.answer(`/${hop}`, { status: 307, headers: { Location: `/${hop - 1}` } });
    expect(await open({ ...LIMITS, url: `${host.url}/5` })).toMatchObject({ kind: 'content' });
    await expect(open({ ...LIMITS, url: `${host.url}/6` })).rejects.toMatchObject({ code: 'remote-redirects' });
  });
});
