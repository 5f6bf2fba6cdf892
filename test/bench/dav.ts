/** Measures this server and those of its peers that are installed, with the same load in one run: `npm run bench -- dav [ITEMS…]`. */
import fs from 'node:fs';
import type { Timing } from './load.ts';
import { fill, OPERATIONS, type Scene } from './operations.ts';
import { type RunningServer, SERVERS } from './servers.ts';

const DEFAULT_SIZES = [1000, 10_000];

/** Proportional set size of a process and all its descendants, MiB (Linux only; otherwise NaN). */
function memoryOf(pid: number): number {
  try {
    const kib = Number(/^Pss:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    const children = fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
    return kib / 1024 + children.reduce((sum, child) => sum + memoryOf(Number(child)), 0);
  } catch {
    return Number.NaN;
  }
}

/** Runs all operations at each size on each server that can be started, and prints one table per size. */
export async function benchDav(args: readonly string[]): Promise<void> {
  const sizes = args.filter((arg) => /^\d+$/.test(arg)).map(Number);
  const only = args.filter((arg) => !/^\d+$/.test(arg));
  const running: { server: RunningServer; scene: Scene }[] = [];
  for (const measured of SERVERS) {
    if (only.length > 0 && !only.includes(measured.name)) continue;
    const missing = measured.missing();
    if (missing) console.log(`${measured.name} is left out: ${missing}`);
    else {
      const server = await measured.start();
      running.push({ server, scene: { server, items: 0, added: 0 } });
    }
  }
  try {
    for (const size of sizes.length > 0 ? sizes : DEFAULT_SIZES) {
      for (const each of running) {
        await fill(each.scene, each.scene.items, size);
        each.scene = { ...each.scene, items: size };
      }
      await measureAt(size, running);
    }
  } finally {
    for (const { server } of running) await server.stop();
  }
}

async function measureAt(size: number, running: readonly { server: RunningServer; scene: Scene }[]): Promise<void> {
  console.log(`\n${size} cards and ${size} events`);
  console.log(['operation'.padEnd(38), ...running.map(({ server }) => server.name.padStart(26))].join(''));
  for (const operation of OPERATIONS) {
    const cells: string[] = [];
    let first: number | undefined;
    for (const { scene } of running) {
      const rate = await operation.run(scene).then(rateOf, (error: Error) => error);
      if (rate instanceof Error) {
        cells.push('error'.padStart(26));
        console.error(`  ${scene.server.name}, ${operation.name}: ${rate.message.slice(0, 300)}`);
        continue;
      }
      first ??= rate;
      const ratio = scene === running[0]?.scene ? '' : ` (${(rate / first).toFixed(2)}x)`;
      cells.push(`${rate.toFixed(rate < 100 ? 1 : 0)} ${operation.unit}/s${ratio}`.padStart(26));
    }
    console.log(operation.name.padEnd(38) + cells.join(''));
  }
  console.log(
    'memory, MiB (PSS)'.padEnd(38) + running.map(({ server }) => memoryOf(server.pid).toFixed(0).padStart(26)).join(''),
  );
}

const rateOf = (timing: Timing): number => (timing.count * 1000) / timing.total;
