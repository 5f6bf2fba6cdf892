/** The token of a home (RFC 6578 §4): read back as it was written, and nothing else is read for long. */
import { randomUUID } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type HomeState, readHomeToken, writeHomeToken } from '../../src/dav/home-sync.ts';

const stateOf = (count: number): HomeState => {
  const ids = Array.from({ length: count }, () => randomUUID());
  return {
    collections: ids.map((id, index) => ({
      id,
      name: `~ann~calendar-${index}`,
      seq: index,
      modified: 1_790_000_000_000 + index,
      ...(index % 4 > 1 && { toldAt: index + 1 }),
      ...(index % 4 > 2 && { begunAt: index + 2 }),
    })),
    publicOnly: ids.filter((_, index) => index % 3 === 0),
  };
};
const packed = (text: string): string => `urn:doublon:home:${deflateRawSync(Buffer.from(text)).toString('base64url')}`;

describe('the token of a home', () => {
  it.each([0, 1, 2, 5000])('tells of %i collections, and of which the public form alone was shown', (count) => {
    const state = stateOf(count);
    expect(readHomeToken(writeHomeToken(state))).toEqual(state);
  });

  it('is none where it would fill memory or hold brackets alone', () => {
    const entry = [randomUUID(), 'calendar', 1, 1];
    expect(readHomeToken(packed(JSON.stringify(Array.from({ length: 5000 }, () => entry))))).toBeUndefined();
    const brackets = packed('['.repeat(2_000_000) + ']'.repeat(2_000_000));
    const began = performance.now();
    expect(readHomeToken(brackets)).toBeUndefined();
    expect(performance.now() - began).toBeLessThan(200);
  });

  it.each(['', '{}', '[[1]]', '[["a","b",1.5,1]]', '[["a","b",1,1,1,1,1]]', '[null]', '[3]'])(
    'is none that says %s',
    (text) => {
      expect(readHomeToken(packed(text))).toBeUndefined();
    },
  );
});
