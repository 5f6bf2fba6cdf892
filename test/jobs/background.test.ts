import { sql } from 'kysely';
import { PgBoss } from 'pg-boss';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { createOrganisation, createPrincipal } from '../../src/commands/accounts.ts';
import type { Context, Owner } from '../../src/commands/context.ts';
import { deleteObject } from '../../src/commands/delete-object.ts';
import type { EngineRun } from '../../src/commands/engine-run.ts';
import { DEFAULT_LIMITS } from '../../src/commands/limits.ts';
import { changeNightSettings } from '../../src/commands/night-settings.ts';
import { putObject } from '../../src/commands/put-object.ts';
import { beginRun, performRun, runNow } from '../../src/commands/run-dedup.ts';
import { makeEngineThread } from '../../src/jobs/engine-thread.ts';
import { sendNights } from '../../src/jobs/night-queue.ts';
import { runNight } from '../../src/jobs/nightly.ts';
import { startRescoreQueue } from '../../src/jobs/rescore-queue.ts';
import { startJobs } from '../../src/jobs/start.ts';
import { makeSmtpMailer } from '../../src/mail/smtp.ts';
import { type Collection, findCollection } from '../../src/store/collections.ts';
import { listNights } from '../../src/store/nights.ts';
import { findRun, finishRun, listRuns } from '../../src/store/runs.ts';
import { listSuggestions } from '../../src/store/suggestion-lists.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { startMailServer } from '../support/mail-server.ts';
import { testClock } from '../support/server.ts';

let database: FreshDatabase;
let context: Context;
let people = 0;
const endings: (() => Promise<void>)[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  context = { db: database.db, clock: systemClock, log: silentLog, limits: DEFAULT_LIMITS };
});
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});
afterAll(() => database.drop());

interface Person {
  readonly owner: Owner;
  readonly book: Collection;
}

async function newPerson(): Promise<Person> {
  const name = `person${++people}`;
  const organisationId = await createOrganisation(context, name);
  const principalId = await createPrincipal(context, { organisationId, kind: 'user', name });
  const book = (await findCollection(context.db, organisationId, principalId, 'addressbook', 'contacts'))!;
  return { owner: { organisationId, principalId }, book };
}

const put = ({ book }: Person, uid: string, name = 'Ida Roth') =>
  putObject(context, {
    collection: book,
    name: `${uid}.vcf`,
    octets: Buffer.from(
      `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:${uid}\r\nFN:${name}\r\nN:${name.split(' ').reverse().join(';')};;;\r\nTEL;TYPE=CELL:+49 171 2345678\r\nEND:VCARD\r\n`,
    ),
  });

const suggestions = ({ owner }: Person) =>
  listSuggestions(context.db, owner.organisationId, owner.principalId, { now: new Date(context.clock.now()) }, 100);

const inProcess: EngineRun = (request) => performRun(context, request);

describe('the queue of stale cards', () => {
  it('scores a card soon after it was written, and its cluster goes when the card goes', async () => {
    const person = await newPerson();
    const queue = startRescoreQueue(context, { pauseMs: 20, runEngine: inProcess });
    endings.push(queue.stop);
    await put(person, 'a');
    await put(person, 'b');
    await expect.poll(async () => (await suggestions(person)).length, { timeout: 20_000 }).toBe(1);
    await deleteObject(context, { collection: person.book, name: 'b.vcf' });
    await expect.poll(async () => (await suggestions(person)).length, { timeout: 20_000 }).toBe(0);
  });

  it('lets nobody wait for an owner whose cards cannot be scored', async () => {
    const [broken, sound] = [await newPerson(), await newPerson()];
    for (const person of [broken, sound]) {
      await put(person, 'a');
      await put(person, 'b');
    }
    const runEngine: EngineRun = (request) =>
      request.ownerId === broken.owner.principalId ? Promise.reject(new Error('broken')) : inProcess(request);
    const queue = startRescoreQueue(context, { pauseMs: 3_600_000, runEngine });
    endings.push(queue.stop);
    await queue.drain();
    expect(await suggestions(sound)).toHaveLength(1);
    expect(await suggestions(broken)).toHaveLength(0);
  });
});

describe('a search after changes that fails', () => {
  it('is tried again later and later, which its run says, and no more often by a new process', async () => {
    const clock = testClock(Date.now());
    const person = await newPerson();
    await put(person, 'a');
    const { organisationId, principalId } = person.owner;
    const broken: EngineRun = async ({ ownerId, runId }) => {
      if (ownerId === principalId)
        await finishRun(context.db, organisationId, runId, {}, new Date(clock.now()), 'broken');
      else await performRun(context, { organisationId, ownerId, runId });
    };
    const begin = () => {
      const queue = startRescoreQueue({ ...context, clock }, { pauseMs: 3_600_000, runEngine: broken });
      endings.push(queue.stop);
      return queue;
    };
    const runs = () => listRuns(context.db, organisationId, principalId, 100);
    let queue = begin();
    for (let minute = 0; minute < 20; minute++) {
      await queue.drain();
      await queue.drain();
      clock.advance(60_000);
    }
    const pauses = (await runs()).map(
      ({ next_try_at: at, finished_at: end }) => (at!.getTime() - end!.getTime()) / 60_000,
    );
    expect(pauses.toReversed()).toEqual([1, 2, 4, 8, 16]);
    queue = begin();
    await queue.drain();
    await queue.drain();
    expect(await runs()).toHaveLength(6);
    expect((await runs())[0]).toMatchObject({ state: 'failed', error: 'broken' });
  });
});

describe('the engine thread', () => {
  it('performs a run off this thread and leaves the suggestions', async () => {
    const person = await newPerson();
    await put(person, 'a');
    await put(person, 'b');
    const thread = makeEngineThread(context, database.url);
    endings.push(thread.stop);
    const { run } = await beginRun(context, person.owner, 'manual');
    const { organisationId, principalId: ownerId } = person.owner;
    await thread.run({ organisationId, ownerId, runId: run.run_id });
    expect(await findRun(context.db, organisationId, ownerId, run.run_id)).toMatchObject({
      state: 'done',
      numbers: { cards: 2, suggestions: 1, percent: 100 },
    });
    expect(await suggestions(person)).toHaveLength(1);
  });

  it('says in the run why it could not be performed', async () => {
    const person = await newPerson();
    const thread = makeEngineThread(context, 'postgres://nobody@127.0.0.1:1/none');
    endings.push(thread.stop);
    const { run } = await beginRun(context, person.owner, 'manual');
    const { organisationId, principalId: ownerId } = person.owner;
    await thread.run({ organisationId, ownerId, runId: run.run_id });
    const ended = await findRun(context.db, organisationId, ownerId, run.run_id);
    expect(ended).toMatchObject({ state: 'failed', error: expect.stringContaining('ECONNREFUSED') });
  });
});

describe('a run', () => {
  it('is begun once, however often it is asked for, and anew when its process died', async () => {
    const clock = testClock(Date.now());
    const { owner } = await newPerson();
    const first = await beginRun({ ...context, clock }, owner, 'manual');
    const second = await beginRun({ ...context, clock }, owner, 'manual');
    expect([first.begun, second.begun, second.run.run_id]).toEqual([true, false, first.run.run_id]);
    clock.advance(3_600_000);
    const third = await beginRun({ ...context, clock }, owner, 'manual');
    expect(third.begun).toBe(true);
    const old = await findRun(context.db, owner.organisationId, owner.principalId, first.run.run_id);
    expect(old?.state).toBe('failed');
  });

  it('keeps the id and the date of a suggestion that stays the same', async () => {
    const person = await newPerson();
    await put(person, 'a');
    await put(person, 'b');
    await runNow(context, person.owner, 'manual');
    const [before] = await suggestions(person);
    await runNow(context, person.owner, 'manual');
    expect(await suggestions(person)).toEqual([before]);
  });
});

describe('nights', () => {
  it('are sent once to each user who is due, by whichever process is first', async () => {
    const person = await newPerson();
    await put(person, 'a');
    const clock = testClock(systemClock.now() + 48 * 3_600_000);
    const nights = { time: '02:30', timeZone: 'UTC' };
    const sent: string[] = [];
    const boss = { send: async (_: string, night: { ownerId: string }) => void sent.push(night.ownerId) };
    await Promise.all([1, 2, 3].map(() => sendNights({ db: context.db, clock, nights }, boss)));
    expect(sent.filter((id) => id === person.owner.principalId)).toHaveLength(1);
    const everybody = new Set(sent).size;
    expect(sent).toHaveLength(everybody);
    expect(await sendNights({ db: context.db, clock, nights }, boss)).toBe(0);
    clock.advance(24 * 3_600_000);
    expect(await sendNights({ db: context.db, clock, nights }, boss)).toBe(everybody);
  });

  it('go on with the next step when one fails', async () => {
    const person = await newPerson();
    const { organisationId, principalId: ownerId } = person.owner;
    const failing: EngineRun = () => Promise.reject(new Error('no engine'));
    // the first search of a book is one of everything
    await put(person, 'a');
    expect(await runNight(context, { organisationId, ownerId, nightAt: new Date(0) }, failing)).toEqual([
      'look for duplicates',
    ]);
    const again = await newPerson();
    const night = {
      organisationId: again.owner.organisationId,
      ownerId: again.owner.principalId,
      nightAt: new Date(0),
    };
    expect(await runNight(context, night, inProcess)).toEqual([]);
    expect((await listRuns(context.db, night.organisationId, night.ownerId, 1))[0]).toMatchObject({
      trigger: 'nightly',
      state: 'done',
    });
  });

  it('go through the queue from the claim to the mail', async () => {
    const person = await newPerson();
    await changeNightSettings(context, person.owner, { unattended: 'exact', mail: true, mailTo: 'ida@example.org' });
    await put(person, 'a');
    await put(person, 'b');
    const mailServer = await startMailServer();
    const mailer = makeSmtpMailer({ url: mailServer.url, from: 'doublon@example.org' });
    const jobs = await startJobs({
      ...context,
      databaseUrl: database.url,
      runEngine: inProcess,
      nights: { time: '02:30', timeZone: 'Europe/Zurich' },
      mail: { mailer, pageUrl: 'https://contacts.example.org/' },
      rescorePauseMs: 3_600_000,
    });
    const boss = new PgBoss({ connectionString: database.url, max: 1, schema: 'pgboss', supervise: false });
    await boss.start();
    endings.push(jobs.stop, () => boss.stop({ graceful: false }), mailServer.stop);
    const clock = testClock(systemClock.now() + 24 * 3_600_000);
    await sendNights({ db: context.db, clock, nights: { time: '02:30', timeZone: 'UTC' } }, boss);
    await expect.poll(() => mailServer.received.length, { timeout: 30_000 }).toBe(1);
    expect(mailServer.received[0]!.source).toContain('1 merge made for you');
    const { organisationId, principalId } = person.owner;
    const [night] = await listNights(context.db, organisationId, principalId, { limit: 1 });
    expect(night).toMatchObject({ state: 'done', numbers: { merges: 1 } });
  });

  it('are fetched from the queue many at once, so that a thousand users take minutes', async () => {
    const nights = { time: '02:30', timeZone: 'UTC' };
    for (let n = 0; n < 15; n++) await put(await newPerson(), 'a');
    const jobs = await startJobs({ ...context, databaseUrl: database.url, runEngine: inProcess, nights });
    const boss = new PgBoss({ connectionString: database.url, max: 1, schema: 'pgboss', supervise: false });
    await boss.start();
    endings.push(jobs.stop, () => boss.stop({ graceful: false }));
    const clock = testClock(systemClock.now() + 5 * 24 * 3_600_000);
    const sent = await sendNights({ db: context.db, clock, nights }, boss);
    expect(sent).toBeGreaterThanOrEqual(15);
    const done = async (): Promise<{ nights: number; looks: number }> => {
      const { rows } = await sql<{ nights: number; looks: number }>`
        select count(*) as nights, count(distinct started_on) as looks from pgboss.job
        where name = 'night' and state = 'completed' and data->>'nightAt' > ${new Date(clock.now() - 2 * 24 * 3_600_000).toISOString()}`.execute(
        context.db,
      );
      return rows[0]!;
    };
    await expect.poll(async () => (await done()).nights, { timeout: 60_000 }).toBe(sent);
    expect((await done()).looks).toBeLessThan(sent / 4);
  });

  it('are scheduled in the database of the application, and everything stops when asked', async () => {
    const person = await newPerson();
    const jobs = await startJobs({
      ...context,
      databaseUrl: database.url,
      runEngine: inProcess,
      nights: { time: '02:30', timeZone: 'UTC' },
      rescorePauseMs: 20,
    });
    await put(person, 'a');
    await put(person, 'b');
    await expect.poll(async () => (await suggestions(person)).length, { timeout: 20_000 }).toBe(1);
    await jobs.stop();
  });
});
