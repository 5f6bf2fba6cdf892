import { describe, expect, it } from 'vitest';
import { groupedCalls } from '../../src/base/grouped-calls.ts';

/** Work that is done when it is let go, and notes its groups. */
function workshop(most = 100) {
  const groups: string[][] = [];
  const gates: ((outcome: Promise<void>) => void)[] = [];
  const call = groupedCalls<string, string>({
    work: async (items) => {
      groups.push([...items]);
      await new Promise<void>((resolve) => gates.push(resolve));
      return items.map((item) => item.toUpperCase());
    },
    weight: (item) => item.length,
    most,
  });
  const letGo = async (outcome: Promise<void> = Promise.resolve()) => {
    gates.shift()!(outcome);
    await new Promise(setImmediate);
  };
  return { call, groups, letGo };
}

describe('calls that come while another is under way', () => {
  it('are made together once it is done, each with its own result', async () => {
    const { call, groups, letGo } = workshop();
    const results = Promise.all(['a', 'b', 'c'].map((item) => call('key', item)));
    expect(groups).toEqual([['a']]);
    await letGo();
    expect(groups).toEqual([['a'], ['b', 'c']]);
    await letGo();
    expect(await results).toEqual(['A', 'B', 'C']);
    const later = call('key', 'd');
    await letGo();
    expect(await later).toBe('D');
  });

  it('do not wait for those with another key', () => {
    const { call, groups } = workshop();
    void call('one', 'a');
    void call('two', 'b');
    expect(groups).toEqual([['a'], ['b']]);
  });

  it('make groups of bounded weight, and one heavier than that alone', async () => {
    const { call, groups, letGo } = workshop(3);
    for (const item of ['first', 'aa', 'b', 'cccc', 'd']) void call('key', item);
    for (let n = 0; n < 4; n++) await letGo();
    expect(groups).toEqual([['first'], ['aa', 'b'], ['cccc'], ['d']]);
  });

  it('fail together, and those after them are made all the same', async () => {
    const { call, letGo } = workshop();
    const results = Promise.allSettled(['a', 'b', 'c'].map((item) => call('key', item)));
    await letGo();
    const refused = Promise.reject(new Error('no'));
    refused.catch(() => {});
    const after = results.then(() => call('key', 'd'));
    await letGo(refused);
    expect((await results).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    await letGo();
    expect(await after).toBe('D');
  });
});
