/** PgBouncer in transaction mode between the server and Postgres: every transaction may have another connection. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PgBoss } from 'pg-boss';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeNightSettings } from '../../src/commands/night-settings.ts';
import { performRun } from '../../src/commands/run-dedup.ts';
import { sendNights } from '../../src/jobs/night-queue.ts';
import { startJobs } from '../../src/jobs/start.ts';
import { openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { listNights } from '../../src/store/nights.ts';
import { requirePreparing } from '../../src/store/pooler.ts';
import { apiClient, basic } from '../support/api-client.ts';
import { mergeNow } from '../support/api-person.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { davClient } from '../support/dav-client.ts';
import { aCard, VCARD } from '../support/dav-server.ts';
import { answers, freePort } from '../support/debian-postgres.ts';
import { runInProcess } from '../support/in-process.ts';
import { aPerson, PASSWORD } from '../support/people.ts';
import { removeFolder, temporaryFolder } from '../support/process.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { expectInStep, replicaOf, syncAll } from '../support/sync-replica.ts';

const PROGRAM = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer'].find((each) => existsSync(each));
const missing = PROGRAM ? undefined : 'PgBouncer is not installed (bash test/interop/install-clients.sh brings it)';
/** Fewer connections to Postgres than the server has to PgBouncer, so that they change hands all the time. */
const BACKENDS = 4;

interface Bouncer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts PgBouncer before the database of `url`. */
async function startBouncer(url: string): Promise<Bouncer> {
  const { hostname, port, username, password, pathname } = new URL(url);
  const folder = temporaryFolder();
  chmodSync(folder, 0o755);
  const own = await freePort();
  const settings = [
    '[databases]',
    `doublon = host=${hostname} port=${port} dbname=${pathname.slice(1)} user=${username} password=${decodeURIComponent(password)}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${own}`,
    'unix_socket_dir =',
    'auth_type = any',
    'pool_mode = transaction',
    `default_pool_size = ${BACKENDS}`,
  ];
  const file = path.join(folder, 'pgbouncer.ini');
  writeFileSync(file, `${settings.join('\n')}\n`, { mode: 0o644 });
  // it refuses to run as root
  const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  const child = spawn(PROGRAM!, [file], { ...user, stdio: 'ignore' });
  const there = `postgres://somebody@127.0.0.1:${own}/doublon`;
  for (let waited = 0; !(await answers(there)); waited += 50) {
    if (waited > 20_000 || child.exitCode !== null) throw new Error('PgBouncer did not start');
    await sleep(50);
  }
  const stop = async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    await removeFolder(folder);
  };
  return { url: there, stop };
}

describe.skipIf(missing)(`PgBouncer in transaction mode${missing ? ` is left out: ${missing}` : ''}`, () => {
  let direct: FreshDatabase;
  let bouncer: Bouncer;
  let pooled: FreshDatabase;
  let server: TestServer;
  beforeAll(async () => {
    direct = await freshDatabase();
    bouncer = await startBouncer(direct.url);
    const db = openDatabase({ url: bouncer.url, prepare: false });
    pooled = { db, url: bouncer.url, drop: async () => {} };
    server = await startServer({ database: pooled, now: Date.now() });
  });
  afterAll(async () => {
    await server.stop();
    await pooled.db.destroy();
    await bouncer.stop();
    await direct.drop();
  });

  async function somebody() {
    const person = await aPerson(server);
    const book = `/dav/addressbooks/${person.name}/contacts/`;
    return {
      person,
      book,
      dav: davClient(server.url, { name: person.name, password: PASSWORD }),
      api: apiClient(server.url, basic(person.name, PASSWORD)),
    };
  }

  it('bears many writers and readers at once, and they stay in step', async () => {
    const { dav, book } = await somebody();
    const replica = replicaOf(dav, book);
    const names = Array.from({ length: 60 }, (_, at) => `card-${at}`);
    const written = names.map((name) => dav('PUT', `${book}${name}.vcf`, aCard(name), VCARD));
    expect((await Promise.all(written)).map(({ status }) => status)).toEqual(names.map(() => 201));
    const read = await Promise.all(names.map((name) => dav('GET', `${book}${name}.vcf`)));
    expect(read.map(({ text }) => text)).toEqual(names.map((name) => aCard(name)));
    await syncAll(replica);
    const changed = names.map((name, at) =>
      at % 2 === 0
        ? dav('DELETE', `${book}${name}.vcf`)
        : dav('PUT', `${book}${name}.vcf`, aCard(name, 'New Name'), VCARD),
    );
    await Promise.all([...changed, syncAll(replica)]);
    await expectInStep(replica);
    expect(server.log.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('merges, undoes, and carries a night from its claim to its end', async () => {
    const { dav, api, book, person } = await somebody();
    for (const name of ['a', 'b', 'c'])
      await dav('PUT', `${book}${name}.vcf`, aCard(name, 'Ida Roth', 'EMAIL:ida@example.org'), VCARD);
    const ids = (await api.call('listCards')).items.map(({ id }) => id);
    const { merge } = await mergeNow(api, [ids[0]!, ids[1]!]);
    await api.call('undoMerge', { parameters: { id: merge.id }, body: {} });
    expect((await api.call('listCards')).items).toHaveLength(3);
    await changeNightSettings(server.context, person, { unattended: 'exact' });
    const nights = { time: '02:30', timeZone: 'UTC' };
    const jobs = await startJobs({
      ...server.context,
      databaseUrl: bouncer.url,
      runEngine: (request) => performRun(server.context, request),
      nights,
      rescorePauseMs: 50,
    });
    const boss = new PgBoss({ connectionString: bouncer.url, max: 1, schema: 'pgboss', supervise: false });
    await boss.start();
    server.clock.advance(24 * 3_600_000);
    expect(await sendNights({ ...server.context, nights }, boss)).toBeGreaterThan(0);
    const { organisationId, principalId } = person;
    const night = async () => (await listNights(pooled.db, organisationId, principalId, { limit: 1 }))[0]?.state;
    await expect.poll(night, { timeout: 60_000, interval: 200 }).toBe('done');
    await boss.stop({ graceful: false });
    await jobs.stop();
    expect((await api.call('listCards')).items).toHaveLength(1);
  });

  it('brings the schema up to date by several processes at once', async () => {
    await Promise.all([1, 2, 3].map(() => migrate(pooled.db)));
  });

  it('is refused with what to set where it does not keep prepared statements, and without it nothing is asked', async () => {
    await requirePreparing(direct.url);
    const keeps = await requirePreparing(bouncer.url).then(
      () => true,
      (error: unknown) => {
        expect(error).toMatchObject({ code: 'pooler-forgets-statements' });
        return false;
      },
    );
    const environment = { DATABASE_URL: bouncer.url, DOUBLON_DEMO: 'false' };
    const listed = await runInProcess(['user', 'list'], { ...environment, DOUBLON_PREPARED_STATEMENTS: 'false' });
    expect(listed.code).toBe(0);
    if (keeps) return;
    const refused = await runInProcess(['user', 'list'], environment);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('DOUBLON_PREPARED_STATEMENTS=false')]);
  });
});
