/** Apple's configuration profile as a property list. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AppleAccount, appleProfile, plist, stableUuid } from '../../src/api/views/apple-profile.ts';
import { readPlist } from '../support/plist.ts';

const account: AppleAccount = {
  appPasswordId: '0196a5a0-0000-7000-8000-000000000001',
  title: 'Doublon (dav.example.org)',
  server: 'https://dav.example.org/',
  principal: 'https://dav.example.org/dav/principals/users/ann%40example.org/',
  userName: 'ann@example.org',
  secret: '<&"\'>]]>',
};
const payloads = (given: AppleAccount) =>
  (readPlist(appleProfile(given).toString()) as { PayloadContent: Record<string, unknown>[] }).PayloadContent;

describe('the configuration profile', () => {
  it('holds one CardDAV and one CalDAV account with host, port, principal and credentials', () => {
    const [contacts, calendars] = payloads(account);
    expect(contacts).toMatchObject({
      PayloadType: 'com.apple.carddav.account',
      CardDAVHostName: 'dav.example.org',
      CardDAVPort: 443,
      CardDAVUseSSL: true,
      CardDAVPrincipalURL: '/dav/principals/users/ann%40example.org/',
      CardDAVUsername: 'ann@example.org',
      CardDAVPassword: account.secret,
    });
    expect(calendars).toMatchObject({
      PayloadType: 'com.apple.caldav.account',
      CalDAVHostName: 'dav.example.org',
      CalDAVPassword: account.secret,
    });
  });

  it('has in itself and in each account what Apple’s reference of the payloads requires, each identifier once', () => {
    const whole = readPlist(appleProfile(account).toString()) as Record<string, unknown>;
    const all = [whole, ...payloads(account)];
    expect(whole.PayloadType).toBe('Configuration');
    for (const payload of all) {
      expect(payload.PayloadVersion).toBe(1);
      expect(payload.PayloadIdentifier).toMatch(/^[\w.-]+$/);
      expect(payload.PayloadUUID).toMatch(/^[0-9A-F-]{36}$/);
      expect(payload.PayloadDisplayName).toMatch(/\S/);
    }
    for (const name of ['PayloadIdentifier', 'PayloadUUID'])
      expect(new Set(all.map((payload) => payload[name])).size).toBe(all.length);
    for (const [index, kind] of ['CardDAV', 'CalDAV'].entries()) {
      const payload = payloads(account)[index]!;
      // a host, neither URL nor path; the reference gives the types
      expect(payload[`${kind}HostName`]).toMatch(/^[\w.-]+$/);
      expect(payload[`${kind}AccountDescription`]).toMatch(/\S/);
      expect(Number.isInteger(payload[`${kind}Port`])).toBe(true);
      expect(typeof payload[`${kind}UseSSL`]).toBe('boolean');
    }
  });

  it('names port and plain transport of a server without TLS', () => {
    const [contacts] = payloads({ ...account, server: 'http://127.0.0.1:5232/' });
    expect(contacts).toMatchObject({ CardDAVPort: 5232, CardDAVUseSSL: false, CardDAVHostName: '127.0.0.1' });
  });

  it('is the same octets for the same app password, and other identifiers for another', () => {
    expect(appleProfile(account)).toEqual(appleProfile(account));
    const other = { ...account, appPasswordId: '0196a5a0-0000-7000-8000-000000000002' };
    const uuids = [account, other].flatMap((each) => payloads(each).map((payload) => payload.PayloadUUID));
    expect(new Set(uuids).size).toBe(4);
    expect(stableUuid('a')).toMatch(/^[0-9A-F]{8}-[0-9A-F]{4}-8[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/);
  });

  it('escapes any text: a reader gets it back, but for what XML cannot hold', () => {
    const anyText = fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed());
    fc.assert(
      fc.property(anyText, fc.integer(), fc.boolean(), (text, number, truth) => {
        const read = readPlist(plist({ text, list: [number, truth] })) as Record<string, unknown>;
        expect(read.list).toEqual([number, truth]);
        expect(read.text).toBe(text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, ''));
      }),
    );
  });
});
