/** What a night does for its user: search, unattended merges, a few new suggestions; and what becomes of it after a crash. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../../src/commands/context.ts';
import type { EngineRun } from '../../src/commands/engine-run.ts';
import { beginRun, runNow } from '../../src/commands/run-dedup.ts';
import { undoRun } from '../../src/commands/undo-run.ts';
import { sendNights } from '../../src/jobs/night-queue.ts';
import { MOST_ATTEMPTS, runNight, SILENT_NIGHT_MS } from '../../src/jobs/nightly.ts';
import { claimNight, findNight } from '../../src/store/nights.ts';
import { findObject } from '../../src/store/objects.ts';
import { findRun } from '../../src/store/runs.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { type TestClock, testClock } from '../support/server.ts';
import {
  contextOf,
  inProcess,
  keyOf,
  namesIn,
  night,
  put,
  putCertain,
  putCopies,
  shown,
  sleeping,
} from './night-people.ts';

const HOUR = 3_600_000;
let database: FreshDatabase;
let context: Context;
let clock: TestClock;

beforeAll(async () => {
  database = await freshDatabase();
  clock = testClock();
  context = contextOf(database.db, clock);
});
afterAll(() => database.drop());

/** The octets of every card by name. */
async function octets(person: Awaited<ReturnType<typeof sleeping>>): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of await namesIn(context, person)) {
    const { organisation_id, collection_id } = person.book;
    found[name] = (await findObject(context.db, organisation_id, collection_id, name))!.body.toString();
  }
  return found;
}

describe('a night', () => {
  it('merges nothing unless the user asked for it', async () => {
    const person = await sleeping(context);
    await putCopies(context, person, 'ida', 'Ida Roth');
    const { key, failed } = await night(context, person);
    expect(failed).toEqual([]);
    expect(await namesIn(context, person)).toEqual(['ida-a.vcf', 'ida-b.vcf']);
    expect(await findNight(context.db, key)).toMatchObject({ state: 'done', merge_run_id: null, numbers: { new: 1 } });
  });

  it('merges exact copies, and only those, for who asked for that', async () => {
    const person = await sleeping(context, { unattended: 'exact' });
    await putCopies(context, person, 'ida', 'Ida Roth');
    await putCertain(context, person, 'karl', 'Karl Lindqvist');
    const { key } = await night(context, person);
    expect(await namesIn(context, person)).toHaveLength(3);
    expect((await shown(context, person)).map((row) => row.tier)).toEqual(['certain']);
    expect((await findNight(context.db, key))?.numbers).toMatchObject({ merges: 1, new: 1 });
  });

  it('merges exact copies out of a cluster with cards that only resemble them, and leaves those to the user', async () => {
    const person = await sleeping(context, { unattended: 'exact' });
    await putCertain(context, person, 'karl', 'Karl Lindqvist');
    for (const copy of ['c', 'd', 'e'])
      await put(context, person.book, `karl-${copy}`, 'Karl Lindqvist', 'EMAIL:karl@example.org');
    const before = await octets(person);
    const { key } = await night(context, person);
    expect(await namesIn(context, person)).toHaveLength(3);
    expect((await shown(context, person)).map((row) => [row.members.length, row.copies])).toEqual([[3, 0]]);
    const { merge_run_id: runId, numbers } = (await findNight(context.db, key))!;
    expect(numbers).toMatchObject({ merges: 1 });
    await undoRun(context, person.actor, runId!, 'ask');
    expect(await octets(person)).toEqual(before);
  });

  it('merges the certain tier for who asked for that, as one run that one step undoes', async () => {
    const person = await sleeping(context, { unattended: 'certain' });
    await putCopies(context, person, 'ida', 'Ida Roth');
    await putCertain(context, person, 'karl', 'Karl Lindqvist');
    const before = await octets(person);
    const { key } = await night(context, person);
    expect(await namesIn(context, person)).toHaveLength(2);
    const { merge_run_id: runId } = (await findNight(context.db, key))!;
    const { organisationId, principalId } = person.actor;
    expect(await findRun(context.db, organisationId, principalId, runId!)).toMatchObject({
      trigger: 'merge-nightly',
      state: 'done',
      numbers: { merges: 2, refused: 0 },
    });
    const { undone, refused } = await undoRun(context, person.actor, runId!, 'ask');
    expect([undone.length, refused]).toEqual([2, []]);
    expect(await octets(person)).toEqual(before);
  });

  it('takes away no more cards than devices should receive at once, and goes on in the next night', async () => {
    const person = await sleeping(context, { unattended: 'exact' });
    for (const name of ['Ida Roth', 'Karl Lindqvist', 'Olga Petrowa', 'Uwe Kranz'])
      for (let copy = 0; copy < 70; copy++)
        await put(context, person.book, `${name.slice(0, 3)}${copy}`, name, `EMAIL:${name.slice(0, 3)}@example.org`);
    const { key } = await night(context, person);
    expect((await findNight(context.db, key))?.numbers).toMatchObject({ merges: 3 });
    expect(await namesIn(context, person)).toHaveLength(73);
    clock.advance(24 * HOUR);
    await night(context, person);
    expect(await namesIn(context, person)).toHaveLength(4);
  });

  it('scores only what has changed since the last search, and holds back what is new', async () => {
    const person = await sleeping(context, { mostNew: 1 });
    for (const [at, name] of ['Pia Zanetti', 'Uwe Kranz', 'Olga Petrowa', 'Max Holm'].entries())
      await put(context, person.book, `s${at}`, name);
    await putCertain(context, person, 'ida', 'Ida Roth');
    await night(context, person);
    clock.advance(24 * HOUR);
    await put(context, person.book, 's0', 'Max Holm', 'EMAIL:max@example.org', 'TEL;TYPE=CELL:+49 151 2345678');
    await put(
      context,
      person.book,
      's3',
      'Max Holm',
      'EMAIL:max@example.org',
      'TEL;TYPE=CELL:+49 151 2345678',
      'NOTE:x',
    );
    await put(context, person.book, 's1', 'Olga Petrowa', 'EMAIL:olga@example.com');
    await put(context, person.book, 's2', 'Olga Petrowa', 'EMAIL:olga@example.com', 'NOTE:y');
    const never: EngineRun = () => Promise.reject(new Error('everything is searched again'));
    const { failed } = await night(context, person, never);
    expect(failed).toEqual([]);
    expect(await shown(context, person)).toHaveLength(2);
    clock.advance(24 * HOUR);
    await night(context, person, never);
    expect(await shown(context, person)).toHaveLength(3);
  });

  it('makes no news of what is only possible: it is neither counted nor held back', async () => {
    const person = await sleeping(context, { mostNew: 1 });
    await put(context, person.book, 'a', 'Ilse Grünwald', 'TEL;TYPE=CELL:+49 151 5550001');
    await put(context, person.book, 'b', 'Ilse Grünwald', 'TEL;TYPE=CELL:+49 160 5550002');
    await putCertain(context, person, 'ida', 'Ida Roth');
    const { key } = await night(context, person);
    expect((await findNight(context.db, key))?.numbers).toMatchObject({ new: 1 });
    expect((await shown(context, person)).map((row) => row.tier)).toEqual(['certain', 'possible']);
  });

  it('leaves to the user what somebody changed since it was compared', async () => {
    const person = await sleeping(context, { unattended: 'certain' });
    await putCertain(context, person, 'karl', 'Karl Lindqvist');
    const runEngine: EngineRun = async (request) => {
      await inProcess(context)(request);
      await put(context, person.book, 'karl-b', 'Olga Petrowa', 'EMAIL:olga@example.com');
    };
    const { key } = await night(context, person, runEngine);
    expect(await namesIn(context, person)).toEqual(['karl-a.vcf', 'karl-b.vcf']);
    expect((await findNight(context.db, key))?.numbers).toMatchObject({ merges: 0, refused: 1 });
  });

  it('shows no more new suggestions than the user wants, the best first, and the rest in later nights', async () => {
    const person = await sleeping(context, { mostNew: 2 });
    for (const [n, name] of ['Ida Roth', 'Karl Lindqvist', 'Olga Petrowa', 'Pia Zanetti', 'Uwe Kranz'].entries()) {
      await putCertain(context, person, `n${'x'.repeat(n)}`, name);
    }
    await night(context, person);
    const first = await shown(context, person);
    expect(first).toHaveLength(2);
    clock.advance(24 * HOUR);
    await night(context, person);
    const second = await shown(context, person);
    expect(second).toHaveLength(4);
    expect(second).toEqual(expect.arrayContaining(first));
    clock.advance(24 * HOUR);
    const { key } = await night(context, person);
    expect(await shown(context, person)).toHaveLength(5);
    expect((await findNight(context.db, key))?.numbers.new).toBe(1);
  });

  it('shows everything to a user who searches without waiting for the night', async () => {
    const person = await sleeping(context, { mostNew: 1 });
    await putCertain(context, person, 'ida', 'Ida Roth');
    await putCertain(context, person, 'karl', 'Karl Lindqvist');
    await night(context, person);
    expect(await shown(context, person)).toHaveLength(1);
    await runNow(context, { ...person.actor }, 'manual');
    expect(await shown(context, person)).toHaveLength(2);
  });
});

describe('a night that did not come to its end', () => {
  const nights = { time: '02:30', timeZone: 'UTC' };
  const queue = () => {
    const sent: { ownerId: string; nightAt: string }[] = [];
    return { sent, send: async (_: string, job: { ownerId: string; nightAt: string }) => void sent.push(job) };
  };

  it('is taken over by one process once it has been silent, and merges nothing twice', async () => {
    const person = await sleeping(context, { unattended: 'exact' });
    await putCopies(context, person, 'ida', 'Ida Roth');
    await putCopies(context, person, 'karl', 'Karl Lindqvist');
    clock.advance(48 * HOUR);
    await sendNights({ ...context, nights }, queue());
    clock.advance(SILENT_NIGHT_MS / 2);
    const soon = queue();
    await sendNights({ ...context, nights }, soon);
    const mine = (sent: readonly { ownerId: string; nightAt: string }[]) =>
      sent.filter((job) => job.ownerId === person.actor.principalId);
    expect(mine(soon.sent)).toEqual([]);
    clock.advance(SILENT_NIGHT_MS);
    const later = queue();
    await Promise.all([1, 2, 3].map(() => sendNights({ ...context, nights }, later)));
    const [job, ...more] = mine(later.sent);
    expect(more).toEqual([]);
    const key = keyOf(person, new Date(job!.nightAt));
    expect(await runNight(context, key, inProcess(context))).toEqual([]);
    const once = await findNight(context.db, key);
    expect(await runNight(context, key, inProcess(context))).toEqual([]);
    const twice = await findNight(context.db, key);
    expect(twice).toMatchObject({ state: 'done', merge_run_id: once!.merge_run_id, numbers: { merges: 2 } });
  });

  it('merges the same when it was cut off anywhere and is done again, and is undone in one step', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 40 }), async (calls) => {
        const person = await sleeping(context, { unattended: 'certain' });
        await putCopies(context, person, 'ida', 'Ida Roth');
        await putCertain(context, person, 'karl', 'Karl Lindqvist');
        const before = await octets(person);
        let left = calls;
        const now = () => {
          if (left-- <= 0) throw new Error('cut off');
          return clock.now();
        };
        const key = keyOf(person, new Date(clock.now()));
        await claimNight(context.db, key, key.nightAt);
        // every later look at the clock fails, so nothing more is done, not even saying so
        await runNight({ ...context, clock: { now } }, key, inProcess(context)).catch(() => {});
        clock.advance(SILENT_NIGHT_MS + 1);
        expect(await runNight(context, key, inProcess(context))).toEqual([]);
        expect(await namesIn(context, person)).toHaveLength(2);
        const { merge_run_id: runId, numbers } = (await findNight(context.db, key))!;
        expect(numbers).toMatchObject({ merges: 2, refused: 0 });
        const { undone } = await undoRun(context, person.actor, runId!, 'ask');
        expect(undone).toHaveLength(2);
        expect(await octets(person)).toEqual(before);
      }),
      { numRuns: 8 },
    );
  });

  it('waits for a search that still goes on, or that a crash left running, and does it itself later', async () => {
    const person = await sleeping(context);
    await putCopies(context, person, 'ida', 'Ida Roth');
    await beginRun(context, { ...person.actor }, 'manual');
    const { key, failed } = await night(context, person);
    expect(failed).toEqual(['look for duplicates']);
    expect(await findNight(context.db, key)).toMatchObject({ state: 'running', failed: ['look for duplicates'] });
    clock.advance(SILENT_NIGHT_MS + 1);
    expect(await runNight(context, key, inProcess(context))).toEqual([]);
    expect(await findNight(context.db, key)).toMatchObject({ state: 'done', failed: [] });
    expect(await shown(context, person)).toHaveLength(1);
  });

  it('is given up after some attempts, and costs no other user and no later night', async () => {
    const [broken, sound] = [await sleeping(context), await sleeping(context)];
    for (const person of [broken, sound]) await putCopies(context, person, 'ida', 'Ida Roth');
    const runEngine: EngineRun = (request) =>
      request.ownerId === broken.actor.principalId ? Promise.reject(new Error('broken')) : inProcess(context)(request);
    const { key, failed } = await night(context, broken, runEngine);
    expect(failed).toEqual(['look for duplicates']);
    expect((await night(context, sound, runEngine)).failed).toEqual([]);
    for (let attempt = 1; attempt < MOST_ATTEMPTS + 1; attempt++) {
      clock.advance(SILENT_NIGHT_MS + 1);
      await sendNights({ ...context, nights: { ...nights, time: '00:00' } }, queue());
    }
    expect((await findNight(context.db, key))?.state).toBe('failed');
    clock.advance(48 * HOUR);
    const next = keyOf(broken, new Date(clock.now()));
    expect(await claimNight(context.db, next, next.nightAt)).toBe(true);
    expect(await runNight(context, next, inProcess(context))).toEqual([]);
  });
});
