/**
 * Measures this server beside its peers and the floor, with the same load in one run:
 * `npm run bench -- dav [ITEMS…] [SERVER…] [--only WORD[,WORD…]] [--cpu]`. `--only` takes the rows whose names hold one of the words. With `--cpu` by the processor time that the servers took,
 * which other work on the machine disturbs less than the time by the clock; the row of one change then includes its PUT. What a
 * server does in the background with the cards it was given has a row of its own: the next operation begins when that is done. Each
 * operation runs for a while before it is measured, as on a server that has been up for longer than a minute.
 */
import { parseArgs } from 'node:util';
import { timingOf } from './load.ts';
import { loopDelay, memoryOf, metered, untilRest } from './observe.ts';
import { OPERATIONS } from './operations.ts';
import { fill, type Operation, type Scene } from './scene.ts';
import { SERVERS } from './servers.ts';
import { cellOf, rateOfTiming, row } from './table.ts';

const DEFAULT_SIZES = [1000, 10_000];

/** A just-in-time compiler, on whichever server, has compiled what an operation needs after so long. */
const WARM_UP_MS = 1500;
/** No operation takes longer on one server. */
const LIMIT_MS = 10_000;

/** Runs all operations at each size on each server that can be started, and prints one table per size. */
export async function benchDav(args: readonly string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { only: { type: 'string', default: '' }, cpu: { type: 'boolean', default: false } },
  });
  const sizes = positionals.filter((arg) => /^\d+$/.test(arg)).map(Number);
  const wanted = positionals.filter((arg) => !/^\d+$/.test(arg));
  const scenes = await startAll(wanted);
  try {
    for (const size of sizes.length > 0 ? sizes : DEFAULT_SIZES) {
      const scored: (number | undefined)[] = [];
      for (const [at, scene] of scenes.entries()) {
        await fill(scene, scene.items, size);
        scored.push(await rateOf(scene, background(size - scene.items), LIMIT_MS, values.cpu));
        scenes[at] = { ...scene, items: size };
      }
      const operations = OPERATIONS.filter(({ name }) => values.only.split(',').some((word) => name.includes(word)));
      await measureAt(size, scenes, operations, values.cpu);
      console.log(
        row(
          'scoring new cards in the background',
          scored.map((rate) => cellOf(rate, 'cards', undefined)),
        ),
      );
    }
  } finally {
    for (const { server } of scenes) await server.stop();
  }
}

/** What follows in the background once so many cards have come: measured at once, before it is done beside something else. */
const background = (cards: number): Operation => ({
  name: 'scoring new cards',
  unit: 'cards',
  run: async ({ server }) => {
    const started = performance.now();
    const scores = await untilRest(server);
    return { ...timingOf([], performance.now() - started), count: scores ? cards : 0 };
  },
});

async function startAll(wanted: readonly string[]): Promise<Scene[]> {
  const scenes: Scene[] = [];
  for (const measured of SERVERS) {
    if (wanted.length > 0 && !wanted.includes(measured.name)) continue;
    const missing = measured.missing();
    if (missing) console.log(`${measured.name} is left out: ${missing}`);
    else scenes.push({ server: await measured.start(), items: 0, added: 0 });
  }
  return scenes;
}

async function measureAt(
  size: number,
  scenes: readonly Scene[],
  operations: readonly Operation[],
  byProcessor: boolean,
): Promise<void> {
  const heads = scenes.map(({ server }) => server.name);
  console.log(
    `\n${size} cards and ${size} events; in brackets: so many times the first column\n${row('operation', heads)}`,
  );
  const delays = scenes.map(() => ({ ms: 0, during: '' }));
  // what was waited for while the server started and was filled belongs to no operation
  for (const { server } of scenes) await loopDelay(server);
  for (const operation of operations) {
    const cells: string[] = [];
    let first: number | undefined;
    for (const [at, scene] of scenes.entries()) {
      await rateOf(scene, operation, WARM_UP_MS, byProcessor);
      await untilRest(scene.server);
      const rate = await rateOf(scene, operation, LIMIT_MS, byProcessor);
      const ms = await loopDelay(scene.server);
      if (ms > delays[at]!.ms) delays[at] = { ms, during: operation.name };
      if (rate !== undefined && scene === scenes[0]) first = rate;
      cells.push(cellOf(rate, operation.unit, scene === scenes[0] ? undefined : first));
    }
    console.log(row(operation.name, cells));
  }
  const memory = scenes.map(({ server }) => memoryOf(server.pid).toFixed(0));
  console.log(row('memory, MiB (PSS of all processes)', memory));
  const blocked = scenes.map(({ server }, at) => (server.metrics ? delays[at]!.ms.toFixed(0) : ''));
  console.log(row('longest wait for the event loop, ms', blocked));
  console.log(
    row(
      'while it did',
      delays.map(({ during }) => during),
    ),
  );
}

/** Per second; undefined: it was left out or answered wrongly, which is told. */
async function rateOf(
  scene: Scene,
  operation: Operation,
  limitMs: number,
  byProcessor: boolean,
): Promise<number | undefined> {
  if (operation.needs && scene.server.lacks.includes(operation.needs)) return undefined;
  try {
    return rateOfTiming(await metered(scene, () => operation.run(scene, limitMs)), byProcessor);
  } catch (error) {
    console.error(`  ${scene.server.name}, ${operation.name}: ${(error as Error).message.slice(0, 300)}`);
    return undefined;
  }
}
