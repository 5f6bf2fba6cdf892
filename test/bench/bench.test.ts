import { describe, expect, it } from 'vitest';
import { card, cardUid, event } from './contents.ts';
import { check, timed, timingOf } from './load.ts';
import { metered } from './observe.ts';
import { responses, tokenIn } from './scene.ts';
import { cellOf, rateOfTiming, row } from './table.ts';

describe('the table of the benchmark', () => {
  it('gives rates by the clock or by the processor, and none where nothing was done or measured', () => {
    const timing = { ...timingOf([5, 5, 10], 20), processor: 6 };
    expect(rateOfTiming(timing, false)).toBe(150);
    expect(rateOfTiming(timing, true)).toBe(500);
    expect(rateOfTiming(timingOf([5], 5), true)).toBeUndefined();
    expect(rateOfTiming({ ...timing, processor: 0 }, true)).toBeUndefined();
    expect(rateOfTiming(timingOf([], 20), false)).toBeUndefined();
  });

  it('names in brackets how many times the first column a server is', () => {
    expect(cellOf(98.76, 'cards', undefined)).toBe('98.8 cards/s');
    expect(cellOf(500, 'cards', 250)).toBe('500 cards/s (2.00)');
    expect(cellOf(undefined, 'cards', 250)).toBe('–');
    expect(row('PUT', ['1', '2'])).toHaveLength(36 + 2 * 24);
  });
});

describe('the load of the benchmark', () => {
  it('runs as many at once as it should, each once, and tells median and 95th percentile', async () => {
    const [begun, together] = [new Set<number>(), { now: 0, most: 0 }];
    const timing = await timed(20, 4, 60_000, async (i) => {
      begun.add(i);
      together.most = Math.max(together.most, ++together.now);
      await new Promise(setImmediate);
      together.now--;
    });
    expect([begun.size, timing.count, together.most]).toEqual([20, 20, 4]);
    expect(timingOf([4, 1, 3, 2], 10)).toEqual({ total: 10, count: 4, median: 3, p95: 4 });
  });

  it('begins nothing after its time is over', async () => {
    expect((await timed(20, 1, -1, async () => {})).count).toBe(0);
  });

  it('takes the processor time of the part alone', async () => {
    const server = { pid: process.pid } as Parameters<typeof metered>[0]['server'];
    const { processor } = await metered({ server }, async () => timingOf([1], 1));
    expect(Number.isNaN(processor) || processor! >= 0).toBe(true);
  });

  it('counts responses and finds tokens whatever the prefix, and takes a wrong answer for an error', () => {
    const body = Buffer.from(
      '<D:multistatus><D:response>1</D:response><response/><d:responsedescription/></D:multistatus>',
    );
    expect(responses(body)).toBe(1);
    expect(tokenIn(Buffer.from('<x:sync-token xmlns:x="DAV:">urn:7</x:sync-token>'))).toBe('urn:7');
    expect(tokenIn(Buffer.from('<D:sync-token/>'))).toBeUndefined();
    expect(() => check(false, 'GET gave another card')).toThrow('wrong answer: GET gave another card');
  });

  it('makes the same octets of a number every time, and others of an edit', () => {
    expect(card(7)).toBe(card(7));
    expect(card(7, 1)).not.toBe(card(7));
    expect(card(7)).toContain(`UID:${cardUid(7)}\r\n`);
    expect(event(3)).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*END:VCALENDAR\r\n$/);
  });
});
