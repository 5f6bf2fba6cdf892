/** If-Match, If-None-Match and If headers. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DavError } from '../../src/dav/error.ts';
import {
  holdsIf,
  matchesStrongly,
  matchesWeakly,
  parseEntityTags,
  parseIfHeader,
  submittedTokens,
} from '../../src/dav/preconditions.ts';

describe('entity tags', () => {
  it('are read as lists, weak ones and * (RFC 9110 §8.8.3)', () => {
    expect(parseEntityTags('"a", W/"b" ,"c,d"')).toEqual([
      { weak: false, tag: 'a' },
      { weak: true, tag: 'b' },
      { weak: false, tag: 'c,d' },
    ]);
    expect(parseEntityTags(' * ')).toBe('*');
    expect(parseEntityTags('')).toBeUndefined();
    expect(() => parseEntityTags('"a')).toThrow(DavError);
  });

  it('are taken without quotes from clients that forget them', () => {
    expect(parseEntityTags('abc')).toEqual([{ weak: false, tag: 'abc' }]);
  });

  it('match strongly for If-Match and weakly for If-None-Match; * means "is there" (RFC 9110 §8.8.3.2)', () => {
    const weak = parseEntityTags('W/"a"')!;
    expect([matchesStrongly(weak, 'a'), matchesWeakly(weak, 'a')]).toEqual([false, true]);
    expect([matchesStrongly('*', undefined), matchesStrongly('*', 'a')]).toEqual([false, true]);
    expect([matchesWeakly('*', undefined), matchesWeakly('*', 'a')]).toEqual([false, true]);
  });
});

describe('Entity tags that a compressing proxy told the client', () => {
  it.each(['"a-gzip"', '"a;gzip"', '"a-br"', '"a-zstd"'])('%s is the tag of the same state', (told) => {
    const tags = parseEntityTags(told)!;
    expect([matchesStrongly(tags, 'a'), matchesWeakly(tags, 'a'), matchesStrongly(tags, 'b')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it.each(['"a-v4.0"', '"ab"', '"a-gzip2"', 'W/"a-gzip"'])('%s is not', (told) => {
    expect(matchesStrongly(parseEntityTags(told)!, 'a')).toBe(false);
  });
});

describe('If header', () => {
  const state =
    (etag: string | undefined, ...tokens: string[]) =>
    async () => ({ etag, tokens });
  const holds = (header: string, ...rest: Parameters<typeof state>) => holdsIf(parseIfHeader(header)!, state(...rest));

  it.each([
    ['(<t:1>)', true],
    ['(<t:2>)', false],
    ['(Not <t:2>)', true],
    ['(["e"])', true],
    ['([W/"e"])', false],
    ['(["e-gzip"])', true],
    ['(<t:1> ["x"])', false],
    ['(<t:2>) (["e"])', true],
    ['(Not<t:1>["e"])', false],
    ['<http://h/a> (<t:1>) <http://h/b> (<t:9>)', true],
    ['(<DAV:no-lock>)', false],
  ])('%s holds: %s (RFC 4918 §10.4)', async (header, expected) => {
    expect(await holds(header, 'e', 't:1')).toBe(expected);
  });

  it('asks for the state of the tagged resource (RFC 4918 §10.4.2)', async () => {
    const asked: (string | undefined)[] = [];
    await holdsIf(parseIfHeader('<http://h/a> (<t:1>)')!, async (href) => {
      asked.push(href);
      return { etag: undefined, tokens: [] };
    });
    expect(asked).toEqual(['http://h/a']);
  });

  it('submits every token it names (RFC 4918 §10.4.1)', () => {
    expect(submittedTokens(parseIfHeader('</a> (<t:1> ["e"]) (Not <t:2>)'))).toEqual(['t:1', 't:2']);
  });

  it('is refused when it cannot be read, and never hangs', () => {
    for (const bad of ['x', '()', '(<t:1>', '(a)', '<http://h/a>', '(<t:1>) x'])
      expect(() => parseIfHeader(bad)).toThrow(DavError);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'()<>[]" Not:aW/') }), (text) => {
        try {
          parseIfHeader(text);
        } catch (error) {
          expect(error).toBeInstanceOf(DavError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
