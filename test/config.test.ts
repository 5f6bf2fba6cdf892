/** Settings: defaults, meaning, and one clear line for each mistake. */
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../src/base/errors.ts';
import { DEFAULT_LIMITS } from '../src/commands/limits.ts';
import { limitsOf, readConfig } from '../src/config.ts';
import { SETTINGS } from '../src/settings.ts';

function linesFor(environment: Record<string, string>): string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    return (error as AppError).message.split('\n');
  }
}

describe('the settings', () => {
  it('have defaults that listen on the loopback interface and keep data below the project folder', () => {
    expect(readConfig({})).toMatchObject({
      databaseUrl: undefined,
      host: '127.0.0.1',
      port: 8008,
      dataFolder: path.resolve(import.meta.dirname, '../data'),
      nightlyTime: '02:30',
      demo: true,
    });
  });

  it('are frozen', () => {
    expect(Object.isFrozen(readConfig({}))).toBe(true);
  });

  it('take an empty variable as not set, as docker compose passes it', () => {
    expect(readConfig({ DOUBLON_PORT: '', DATABASE_URL: '' })).toEqual(readConfig({}));
  });

  it('give one line for each wrong one, naming it, what is allowed and what was found', () => {
    expect(linesFor({ DOUBLON_PORT: '99999', DOUBLON_LOG_LEVEL: 'loud', DOUBLON_NIGHTLY_TIME: '24:00' })).toEqual([
      'DOUBLON_PORT must be a whole number from 0 to 65535, not "99999"',
      'DOUBLON_LOG_LEVEL must be one of debug, info, warn, error, silent, not "loud"',
      'DOUBLON_NIGHTLY_TIME must be a time of day from 00:00 to 23:59, not "24:00"',
    ]);
  });

  it('take keys to secrets at rest in base64 or hexadecimal digits, and never repeat one', () => {
    const [one, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    const keys = readConfig({ DOUBLON_SECRET_KEY: `${one.toString('base64')}, ${other.toString('hex')}` }).secretKeys;
    expect(keys?.map(({ octets }) => octets)).toEqual([one, other]);
    expect(linesFor({ DOUBLON_SECRET_KEY: 'hunter2' })).toEqual([
      'DOUBLON_SECRET_KEY must be 32 random octets in base64 or hexadecimal digits, older keys after it with commas between',
    ]);
  });

  it('take a mail server and a sender together, and never repeat the password', () => {
    const url = 'smtp://ida:hunter2@mail.example.org:587';
    const from = 'Doublon <doublon@example.org>';
    expect(readConfig({ DOUBLON_SMTP_URL: url, DOUBLON_MAIL_FROM: from }).mail).toEqual({ url, from });
    expect(readConfig({}).mail).toBeUndefined();
    expect(linesFor({ DOUBLON_SMTP_URL: url })).toEqual([
      'DOUBLON_SMTP_URL must be set together with DOUBLON_MAIL_FROM',
    ]);
    const wrong = linesFor({ DOUBLON_SMTP_URL: 'http://ida:hunter2@mail', DOUBLON_MAIL_FROM: 'nobody' });
    expect(wrong).toHaveLength(2);
    expect(wrong.join()).not.toContain('hunter2');
  });

  it.each([
    ['DOUBLON_PORT', 'http'],
    ['DOUBLON_PORT', '-1'],
    ['DOUBLON_PORT', '1e3'],
    ['DOUBLON_TRUST_PROXY', 'yes'],
    ['DOUBLON_TIME_ZONE', 'Mars/Olympus'],
    ['DOUBLON_BASE_URL', 'ftp://example.org/'],
    ['DOUBLON_DATABASE_CONNECTIONS', '1'],
    ['DOUBLON_MAX_DATE', '2099-13-01'],
  ])('refuse %s=%s', (name, value) => {
    expect(linesFor({ [name]: value })).toEqual([expect.stringContaining(`${name} must be `)]);
  });

  it('never repeat the password of a wrong DATABASE_URL', () => {
    const lines = linesFor({ DATABASE_URL: 'mysql://me:swordfish@host/db' });
    expect(lines).toEqual([expect.stringMatching(/^DATABASE_URL must be a URL such as postgres:/)]);
    expect(lines[0]).not.toContain('swordfish');
  });

  it('refuse a misspelt name instead of ignoring it', () => {
    expect(linesFor({ DOUBLON_PROT: '80' })[0]).toMatch(/^DOUBLON_PROT is not a setting of Doublon; .*DOUBLON_PORT/);
  });

  it('give the limits of calendars to what stores objects, the last day included (RFC 4791 §5.2.6 to §5.2.9)', () => {
    const given = {
      DOUBLON_MAX_INSTANCES: '50',
      DOUBLON_MAX_ATTENDEES: '9',
      DOUBLON_MIN_DATE: '1970-01-01',
      DOUBLON_MAX_DATE: '2099-12-31',
    };
    expect(limitsOf(readConfig(given))).toMatchObject({
      maxInstances: 50,
      maxAttendeesPerInstance: 9,
      minDateTime: 0,
      maxDateTime: Date.UTC(2099, 11, 31, 23, 59, 59),
    });
    expect(limitsOf(readConfig({}))).toMatchObject(DEFAULT_LIMITS);
  });

  it('end the base URL with exactly one slash', () => {
    for (const given of ['https://a.example', 'https://a.example/', 'https://a.example//']) {
      expect(readConfig({ DOUBLON_BASE_URL: given }).baseUrl).toBe('https://a.example/');
    }
  });

  it('either read or refuse with a line naming the setting, whatever the text', () => {
    const name = fc.constantFrom(...Object.keys(SETTINGS));
    fc.assert(
      fc.property(name, fc.string(), (setting, text) => {
        for (const line of linesFor({ [setting]: text })) expect(line.startsWith(`${setting} must be `)).toBe(true);
      }),
    );
  });
});
