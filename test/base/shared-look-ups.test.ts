/** Shared look-ups save work, and never answer with what was true before the question. */
import { describe, expect, it } from 'vitest';
import { sharedLookUps } from '../../src/base/shared-look-ups.ts';

/** A look-up that reads `state` when it begins and answers when the test says so. */
function slowLookUp() {
  let state = 'before';
  const answers: (() => void)[] = [];
  const look = sharedLookUps(() => {
    const seen = state;
    return new Promise<string>((resolve) => answers.push(() => resolve(seen)));
  });
  return {
    ask: () => look('key'),
    change: (to: string) => {
      state = to;
    },
    answer: () => answers.shift()?.(),
    begun: () => answers.length,
  };
}

describe('shared look-ups', () => {
  it('give a question that comes while one is under way what is true after it was asked', async () => {
    const { ask, change, answer, begun } = slowLookUp();
    const first = ask();
    change('after');
    const later = [ask(), ask(), ask()];
    expect(begun()).toBe(1);
    answer();
    expect(await first).toBe('before');
    await new Promise(setImmediate);
    expect(begun()).toBe(1);
    answer();
    expect(await Promise.all(later)).toEqual(['after', 'after', 'after']);
  });

  it('begin anew after one that failed', async () => {
    let times = 0;
    const look = sharedLookUps(async () => {
      if (++times === 1) throw new Error('no answer');
      return times;
    });
    const first = look('key');
    const second = look('key');
    await expect(first).rejects.toThrow('no answer');
    expect(await second).toBe(2);
    expect(await look('key')).toBe(3);
  });
});
