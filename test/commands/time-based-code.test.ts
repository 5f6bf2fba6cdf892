/** Codes of authenticator apps, by the test vectors of their RFCs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  counterCode,
  fromBase32,
  matchingStep,
  provisioningUri,
  timeStep,
  toBase32,
} from '../../src/commands/time-based-code.ts';

const KEY = Buffer.from('12345678901234567890');

describe('a counter code', () => {
  it.each([
    [0, '755224'],
    [1, '287082'],
    [2, '359152'],
    [3, '969429'],
    [4, '338314'],
    [5, '254676'],
    [6, '287922'],
    [7, '162583'],
    [8, '399871'],
    [9, '520489'],
  ])('of count %i is %s (RFC 4226 Appendix D)', (count, code) => {
    expect(counterCode(KEY, count)).toBe(code);
  });
});

describe('a time-based code', () => {
  const keys = { sha1: 20, sha256: 32, sha512: 64 };
  it.each([
    [59, '94287082', '46119246', '90693936'],
    [1111111109, '07081804', '68084774', '25091201'],
    [1111111111, '14050471', '67062674', '99943326'],
    [1234567890, '89005924', '91819424', '93441116'],
    [2000000000, '69279037', '90698825', '38618901'],
    [20000000000, '65353130', '77737706', '47863826'],
  ])('of second %i is as in RFC 6238 Appendix B', (second, ...expected) => {
    const codes = Object.entries(keys).map(([algorithm, length]) => {
      const key = Buffer.from('1234567890'.repeat(7).slice(0, length));
      return counterCode(key, timeStep(second * 1000), 8, algorithm);
    });
    expect(codes).toEqual(expected);
  });

  it('is taken one step early or late, and not two', () => {
    const now = 1_000 * 30_000 + 5;
    const found = [-2, -1, 0, 1, 2].map((away) => matchingStep(KEY, counterCode(KEY, 1_000 + away), now));
    expect(found).toEqual([undefined, 999, 1_000, 1_001, undefined]);
  });

  it('is taken with spaces, as apps show it, and nothing else is', () => {
    const code = counterCode(KEY, 1_000);
    expect(matchingStep(KEY, `${code.slice(0, 3)} ${code.slice(3)}`, 1_000 * 30_000)).toBe(1_000);
    for (const text of ['', '1', 'abcdef', `${code}0`, '０１２３４５'])
      expect(matchingStep(KEY, text, 1_000 * 30_000)).toBeUndefined();
  });
});

describe('base32', () => {
  it('writes the test vectors of RFC 4648 §10', () => {
    const words = ['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map((word) => toBase32(Buffer.from(word)));
    expect(words).toEqual(['', 'MY', 'MZXQ', 'MZXW6', 'MZXW6YQ', 'MZXW6YTB', 'MZXW6YTBOI']);
  });

  it('gives back whatever it wrote', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (octets) => {
        expect(fromBase32(toBase32(Buffer.from(octets)))).toEqual(Buffer.from(octets));
      }),
    );
  });
});

describe('the address for the app', () => {
  it('names issuer and account, escaped', () => {
    const uri = new URL(provisioningUri('ABC', 'ann & bob', 'Doublon'));
    expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname)]).toEqual([
      'otpauth:',
      'totp',
      '/Doublon:ann & bob',
    ]);
    expect(Object.fromEntries(uri.searchParams)).toMatchObject({
      secret: 'ABC',
      issuer: 'Doublon',
      digits: '6',
      period: '30',
    });
  });
});
