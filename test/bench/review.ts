/**
 * `npm run bench -- review [CARDS] [ACCOUNTS]`: the first page of suggestions, exact copies and history over a large book, one
 * changed card scored there, a merge of six cards with groups and its undo there, and the nights of accounts with 2,000 cards each, 2 % of them changed.
 * On a Postgres that does not wait for its disk. CPU is that of this process and, on Linux, of Postgres' processes together.
 */
import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { createOrganisation, createPrincipal } from '../../src/commands/accounts.ts';
import type { Actor, Context } from '../../src/commands/context.ts';
import type { EngineRunRequest } from '../../src/commands/engine-run.ts';
import { importObjects } from '../../src/commands/import-objects.ts';
import { mergeStoredCards } from '../../src/commands/merge-cards.ts';
import { putObject } from '../../src/commands/put-object.ts';
import { rescoreStale } from '../../src/commands/rescore-cards.ts';
import { performRun, runNow } from '../../src/commands/run-dedup.ts';
import { undoStoredMerge } from '../../src/commands/undo-merge.ts';
import { runNights } from '../../src/jobs/night-queue.ts';
import { type Collection, findCollection } from '../../src/store/collections.ts';
import { type Db, openDatabase } from '../../src/store/database.ts';
import { claimNight, type NightKey } from '../../src/store/nights.ts';
import { tellPlannerOfKeys, tellPlannerOfRun } from '../../src/store/planner-statistics.ts';
import { openDatabaseFarm } from '../support/database-farm.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { inventedBook } from './invented-book.ts';
import { timedAsync } from './timed.ts';

const CARDS_OF_ACCOUNT = 2000;
const CHANGED = 0.02;
const REPEATS = 15;
/** Changed cards: enough to tell the slowest in twenty, behind some that have the code compiled. */
const CHANGES = 100;
const CHANGES_BEFORE = 50;
const PASSWORD = 'correct horse';

interface Account {
  readonly actor: Actor;
  readonly book: Collection;
}

export async function benchReview(args: readonly string[]): Promise<void> {
  const [cards = 100_000, accounts = 20] = args.map(Number);
  const farm = await openDatabaseFarm();
  const url = await farm.create();
  const db = openDatabase({ url });
  const drop = async () => {
    await db.destroy();
  };
  const server = await startServer({ database: { db, url, drop } });
  try {
    if (cards > 0) await benchBook(server, cards);
    if (accounts > 0) await benchNights(server, accounts);
  } finally {
    await server.stop();
    await drop();
    await farm.close();
  }
}

async function account(server: TestServer, name: string, cards: readonly Buffer[]): Promise<Account> {
  const { context } = server;
  const organisationId = await createOrganisation(context, name);
  const principalId = await createPrincipal(context, { organisationId, kind: 'user', name, password: PASSWORD });
  const book = (await findCollection(context.db, organisationId, principalId, 'addressbook', 'contacts'))!;
  const source = (async function* () {
    yield* cards;
  })();
  await importObjects(context, { collection: book, source, policy: 'skip' });
  const actor: Actor = { organisationId, principalId, name, role: 'member' };
  await runNow(context, actor, 'manual');
  return { actor, book };
}

async function benchBook(server: TestServer, size: number): Promise<void> {
  const { context } = server;
  const { actor, book } = await account(server, 'reviewer', inventedBook(size));
  const headers = { Authorization: `Basic ${Buffer.from(`${actor.name}:${PASSWORD}`).toString('base64')}` };
  for (const path of ['duplicates/suggestions', 'duplicates/exact', 'duplicates/merges', 'duplicates/decisions']) {
    const get = async () => {
      const answer = await fetch(`${server.url}api/v1/${path}`, { headers });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      await answer.arrayBuffer();
    };
    print(`GET ${path}, ${size} cards`, await repeated(context.db, get));
  }
  await benchChange(server, { actor, book }, size);
  await benchMerge(server, { actor, book });
}

/** A card takes another content; then its pairs, and whatever else that moves, are scored as the server does in the background. */
async function benchChange({ context }: TestServer, { actor, book }: Account, size: number): Promise<void> {
  const costs: Cost[] = [];
  for (const [at, octets] of inventedBook(CHANGES_BEFORE + CHANGES, size + 1).entries()) {
    await putChanged(context, book, `bench-${(at * 37) % size}`, octets);
    costs.push(await costOf(context.db, () => rescoreStale(context, actor)));
  }
  const warm = costs.slice(CHANGES_BEFORE);
  const walls = warm.map((cost) => cost.wall).toSorted((a, b) => a - b);
  print(`scoring one changed card (95 of 100 within ${walls[Math.floor(0.95 * CHANGES)]!.toFixed(1)} ms)`, warm);
}

function putChanged(context: Context, book: Collection, uid: string, octets: Buffer): Promise<unknown> {
  const changed = Buffer.from(octets.toString().replace(/^UID:.*$/m, `UID:${uid}`));
  return putObject(context, { collection: book, name: `${uid}.vcf`, octets: changed });
}

/** Six cards, named by three groups, into the first, and back. */
async function benchMerge({ context, clock }: TestServer, { actor, book }: Account): Promise<void> {
  const put = (name: string, ...lines: string[]) => {
    const octets = Buffer.from(['BEGIN:VCARD', 'VERSION:3.0', `UID:${name}`, ...lines, 'END:VCARD', ''].join('\r\n'));
    return putObject(context, { collection: book, name: `${name}.vcf`, octets });
  };
  const uids = [1, 2, 3, 4, 5, 6].map((n) => `six-${n}`);
  const person = ['FN:Six Fold', 'N:Fold;Six;;;', 'EMAIL:six.fold@example.org'];
  const ids: string[] = [];
  for (const uid of uids) ids.push((await put(uid, ...person, `TEL:+49 30 555${uid.at(-1)}`, `NOTE:${uid}`)).objectId);
  const members = uids.map((uid) => `X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:${uid}`);
  for (const n of [1, 2, 3])
    await put(`group-${n}`, `FN:Group ${n}`, 'N:;;;;', 'X-ADDRESSBOOKSERVER-KIND:group', ...members);
  const [referenceId, ...memberIds] = ids as [string, ...string[]];
  let mergeId = '';
  const costs = { merge: [] as Cost[], undo: [] as Cost[] };
  for (let round = 0; round < REPEATS; round++) {
    clock.advance(1000);
    const merge = async () => {
      ({ mergeId } = await mergeStoredCards(context, actor, { referenceId, memberIds, choices: {} }));
    };
    costs.merge.push(await costOf(context.db, merge));
    costs.undo.push(await costOf(context.db, () => undoStoredMerge(context, actor, mergeId, 'ask')));
  }
  print('merge of 6 cards in 3 groups', costs.merge);
  print('its undo', costs.undo);
}

async function benchNights(server: TestServer, accounts: number): Promise<void> {
  const { context, clock } = server;
  const sleepers: Account[] = [];
  for (let n = 0; n < accounts; n++)
    sleepers.push(await account(server, `sleeper${n}`, inventedBook(CARDS_OF_ACCOUNT, n + 1)));
  for (const [n, { book }] of sleepers.entries()) {
    const others = inventedBook(CARDS_OF_ACCOUNT * CHANGED, n + 1000);
    for (const [at, octets] of others.entries())
      await putChanged(context, book, `bench-${(at * 37) % CARDS_OF_ACCOUNT}`, octets);
  }
  await tellPlannerOfRun(context.db);
  await tellPlannerOfKeys(context.db);
  clock.advance(24 * 3_600_000);
  const nightAt = new Date(clock.now());
  let full = 0;
  const keys: NightKey[] = [];
  for (const { actor } of sleepers)
    keys.push({ organisationId: actor.organisationId, ownerId: actor.principalId, nightAt });
  const runEngine = (request: EngineRunRequest): Promise<void> => {
    full++;
    return performRun(context, request);
  };
  const { cpu, wall } = await costOf(context.db, async () => {
    for (const key of keys) await claimNight(context.db, key, nightAt);
    const failed = await runNights({ ...context, runEngine }, keys);
    if (failed > 0) throw new Error(`${failed} of the nights failed`);
  });
  const nights = `nights of ${accounts} accounts with ${CARDS_OF_ACCOUNT} cards, ${CHANGED * 100} % changed, each`;
  print(`${nights} (${full} searched everything)`, [{ wall: wall / accounts, cpu: cpu / accounts }]);
}

interface Cost {
  /** Milliseconds. */
  readonly wall: number;
  readonly cpu: number;
}

async function costOf(db: Db, step: () => Promise<unknown>): Promise<Cost> {
  const before = await backendCpu(db);
  const { cpu, wall } = await timedAsync(step);
  return { wall: wall * 1000, cpu: cpu * 1000 + (await backendCpu(db)) - before };
}

const TICK_MS = 10;

/** Milliseconds that the connections' processes have computed so far; 0 where the system does not tell. */
async function backendCpu(db: Db): Promise<number> {
  const { rows } = await sql<{
    pid: number;
  }>`select pid from pg_stat_activity where backend_type = 'client backend'`.execute(db);
  const ticks = rows.map(({ pid }) => {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]!.split(' ');
      return Number(fields[11]) + Number(fields[12]);
    } catch {
      return 0;
    }
  });
  return ticks.reduce((sum, each) => sum + each, 0) * TICK_MS;
}

async function repeated(db: Db, step: () => Promise<unknown>): Promise<Cost[]> {
  const costs: Cost[] = [];
  for (let round = 0; round < REPEATS; round++) costs.push(await costOf(db, step));
  return costs;
}

/** The median of the wall, the mean of the CPU, whose clock ticks too slowly for a single one. */
function print(what: string, costs: readonly Cost[]): void {
  const wall = costs.map((cost) => cost.wall).toSorted((a, b) => a - b)[costs.length >> 1]!;
  const cpu = costs.reduce((sum, cost) => sum + cost.cpu, 0) / costs.length;
  console.log(`${what}: ${wall.toFixed(1)} ms, CPU ${cpu.toFixed(1)} ms`);
}
