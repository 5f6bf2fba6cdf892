/** Many clients at once on the same cards, through two processes, held against a model; `npm run soak:races` takes new cases, and more. */
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schemaFaults } from '../soak/crash-checks.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { expectInStep, type Replica, replicaOf, syncStep } from '../support/sync-replica.ts';
import { type Deed, KEEPING, LOCKING, perform, WILD } from './deeds.ts';
import { CARDS, newScene, type Scene } from './scene.ts';

const CLIENTS = 6;
const RUNS = Number(process.env.DOUBLON_TEST_RUNS ?? 2);
const HELD_BACK = { objects: 0, percent: 0, minutes: 60 };
let servers: TestServer[];
beforeAll(async () => {
  const one = await startServer({ limits: { brake: HELD_BACK } });
  servers = [one, await startServer({ database: one.database, limits: { brake: HELD_BACK } })];
});
afterAll(async () => {
  for (const server of servers.toReversed()) await server.stop();
});

const programs = (kinds: readonly Deed['kind'][]): fc.Arbitrary<Deed[][]> => {
  const card = fc.nat({ max: CARDS.length - 1 });
  const deed: fc.Arbitrary<Deed> = fc.record({
    kind: fc.constantFrom(...kinds),
    card,
    other: card,
    book: fc.constantFrom(0, 0, 1),
  });
  const program = fc.array(deed, { minLength: 8, maxLength: 14 });
  return fc.array(program, { minLength: CLIENTS, maxLength: CLIENTS });
};

/** Runs all programs at once while readers synchronise, in limited steps and whole; then the readers must hold what is there. */
async function race(all: readonly (readonly Deed[])[], readersOf: (scene: Scene) => Replica[]): Promise<Scene> {
  const scene = await newScene(servers);
  const readers = readersOf(scene);
  let running = true;
  const reading = readers.map(async (replica, at) => {
    while (running) await forward(scene, replica, at % 2 === 0 ? undefined : 2);
  });
  await Promise.all(
    all.map(async (program, at) => {
      for (const deed of program) {
        for (const { clock } of servers) clock.advance(10);
        await perform(scene, scene.client(at), deed);
      }
    }),
  );
  running = false;
  await Promise.all(reading);
  for (const [at, replica] of readers.entries()) await expectInStep(replica, at % 2 === 0 ? undefined : 2);
  expect(scene.faults).toEqual([]);
  expect(servers.flatMap(({ log }) => log.filter(({ level }) => level === 'error'))).toEqual([]);
  expect(await schemaFaults(servers[0]!.context.db)).toEqual([]);
  return scene;
}

const numberOf = (token: string) => Number(token.split(':').at(-1));

/** One report; the change log has one order, so that no token of a book ever goes back. */
async function forward(scene: Scene, replica: Replica, limit: number | undefined): Promise<void> {
  const before = replica.token;
  await syncStep(replica, limit);
  const sameLog =
    before !== '' && replica.token.slice(0, before.lastIndexOf(':')) === before.slice(0, before.lastIndexOf(':'));
  if (replica.level === '1' && sameLog && numberOf(replica.token) < numberOf(before))
    scene.faults.push(`${replica.path}: ${before} was followed by ${replica.token}`);
}

const reader = (scene: Scene, at: number, path: string, level: Replica['level'] = '1') =>
  replicaOf(scene.client(at).dav, path, level);

/** Where what was acknowledged may be: on a card, or aside where a person finds it again; an earlier version only where cards may be overwritten. */
const LIVE = ['body from object', 'body from conflict_copy'];
const KEPT = [...LIVE, 'body from object_version'];

/** Marks of the scene that are in none of these. Each scene has an organisation of its own, and counts its marks from one. */
async function marksMissing(scene: Scene, places: readonly string[]): Promise<string[]> {
  const owner = scene.home.split('/').at(-2)!;
  const selects = places.map(
    (place) => sql`select ${sql.raw(place)} as held where held.organisation_id =
      (select organisation_id from principal where name = ${owner})`,
  );
  const { rows } = await sql<{ body: Buffer }>`${sql.join(selects, sql` union all `)}`.execute(servers[0]!.context.db);
  const texts = rows.map(({ body }) => body.toString().replaceAll('\r\n ', ''));
  return [...scene.acknowledged].filter((mark) => !texts.some((text) => text.includes(mark)));
}

const kindsOf = <Kind extends Deed['kind']>(deeds: Readonly<Record<Kind, unknown>>) => Object.keys(deeds) as Kind[];

/** Deeds that overwrite and delete nothing: what was acknowledged is on a card, or where a merge or a conflict laid it. */
async function expectKept(all: readonly (readonly Deed[])[]): Promise<void> {
  const scene = await race(all, (of) => [
    ...of.books.flatMap((book, at) => [reader(of, at, book), reader(of, at, book)]),
    reader(of, 1, of.home, 'infinite'),
  ]);
  expect(await marksMissing(scene, LIVE)).toEqual([]);
  expect(scene.acknowledged.size).toBeGreaterThan(0);
}

const assertFor = (kinds: readonly Deed['kind'][], holds: (all: Deed[][]) => Promise<void>) =>
  fc.assert(fc.asyncProperty(programs(kinds), holds), { numRuns: RUNS, endOnFailure: true });

describe('clients that edit, move, copy, merge, undo and import the same cards at once', () => {
  it('lose no line that any of them was told is stored (RFC 9110 §13.1.1)', async () => {
    await assertFor([...kindsOf(KEEPING), 'addLine', 'addLine', 'merge'], expectKept);
  }, 3_600_000);
});

describe('clients of which some lock a card before they change it', () => {
  it('change it only before the lock or after it, whatever was under way when it was taken (RFC 4918 §7)', async () => {
    await assertFor([...kindsOf(LOCKING), 'addLine', 'withLock', 'withLock'], expectKept);
  }, 3_600_000);
});

describe('clients that overwrite, delete, restore and take whole books away at once', () => {
  it('leave everything they were told is stored in a book, in its history or in the bin', async () => {
    const kinds = [...kindsOf(WILD), ...kindsOf(KEEPING), 'overwrite', 'overwrite', 'delete'] as const;
    await assertFor(kinds, async (all) => {
      const scene = await race(all, (of) => [
        reader(of, 0, of.books[0]),
        reader(of, 1, of.books[0]),
        reader(of, 0, of.home),
        reader(of, 1, of.home, 'infinite'),
      ]);
      expect(await marksMissing(scene, KEPT)).toEqual([]);
    });
  }, 3_600_000);
});
