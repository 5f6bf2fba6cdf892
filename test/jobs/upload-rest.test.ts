import { describe, expect, it } from 'vitest';
import { FULL_RUN_FROM, isDue, lookAgain, type Seen } from '../../src/jobs/upload-rest.ts';

/** At which look the cards are scored, when the looks find so many; undefined: at none of them. */
function dueAt(stale: (look: number) => number, looks: number): number | undefined {
  let seen: Seen | undefined;
  for (let look = 1; look <= looks; look++) {
    seen = lookAgain(seen, stale(look));
    if (isDue(seen)) return look;
  }
  return undefined;
}

describe('scoring of cards that were written', () => {
  it('does not wait for one card alone', () => {
    expect(dueAt(() => 1, 1)).toBe(1);
  });

  it('waits until nothing more comes in, the longer the more there is', () => {
    const waits = [2, 50, FULL_RUN_FROM].map((count) => dueAt(() => count, 100)!);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(new Set(waits).size).toBe(3);
  });

  it('leaves a device that uploads thousands of cards alone until it rests', () => {
    const uploading = (look: number) => Math.min(look * 90, 5400);
    const rests = dueAt(uploading, 1000)!;
    expect(rests).toBeGreaterThan(60);
    expect(rests).toBeLessThan(80);
  });

  it('comes at last even if cards never rest', () => {
    expect(dueAt((look) => look + 1, 1000)).toBeLessThan(600);
  });
});
