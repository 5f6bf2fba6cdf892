/** How a measured server does while it is measured: memory, processor time, and how long its event loop was blocked. */
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Timing } from './load.ts';
import type { RunningServer } from './servers.ts';

/** Adds up what `/proc` tells of a process and all its descendants (Linux only; otherwise NaN). */
function overTree(pid: number, figureOf: (folder: string) => number): number {
  try {
    const children = fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
    return children.reduce((sum, child) => sum + (overTree(Number(child), figureOf) || 0), figureOf(`/proc/${pid}`));
  } catch {
    return Number.NaN;
  }
}

/** Proportional set size of a process and all its descendants, MiB. */
export const memoryOf = (pid: number): number =>
  overTree(pid, (folder) => {
    const kib = /^Pss:\s+(\d+)/m.exec(fs.readFileSync(`${folder}/smaps_rollup`, 'utf8'))?.[1];
    return Number(kib ?? 0) / 1024;
  });

/** Clock ticks of Linux, everywhere a hundredth of a second. */
const TICK_MS = 10;

/** Processor time of a process and all its descendants, those that have ended included, milliseconds. */
export const processorTimeOf = (pid: number): number =>
  overTree(pid, (folder) => {
    const fields = fs.readFileSync(`${folder}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * TICK_MS, 0);
  });

/** Times an operation or a part of it, with the processor time that the server took for that part and not for the others. */
export async function metered(
  { server }: { readonly server: RunningServer },
  part: () => Promise<Timing>,
): Promise<Timing> {
  const before = processorTimeOf(server.pid);
  const timing = await part();
  return { processor: processorTimeOf(server.pid) - before, ...timing };
}

/** Figures of the server's metrics, of one moment; undefined where it tells none. */
async function figures(
  { origin, metrics }: RunningServer,
  ...names: readonly string[]
): Promise<readonly (number | undefined)[]> {
  const text = metrics ? await (await fetch(origin + metrics)).text() : '';
  return names.map((name) => {
    const value = new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)`, 'm').exec(text)?.[1];
    return value === undefined ? undefined : Number(value);
  });
}

/**
 * Longest delay of the event loop since the last call, milliseconds; 0 where the server does not tell. What it tells is the time from
 * one look to the next, the pause between them included, which is the shortest of these times.
 */
export async function loopDelay(server: RunningServer): Promise<number> {
  const [longest, pause] = await figures(
    server,
    'nodejs_eventloop_lag_max_seconds',
    'nodejs_eventloop_lag_min_seconds',
  );
  return ((longest ?? 0) - (pause ?? 0)) * 1000;
}

/** Looks at the queue of cards are a second apart. */
const NEXT_LOOK_MS = 2_500;
const LONGEST_REST_MS = 600_000;

/**
 * Waits until a server that scores cards in the background has no more of them, so that no other operation pays for it; false:
 * it does not.
 */
export async function untilRest(server: RunningServer): Promise<boolean> {
  const waiting = async () => (await figures(server, WAITING))[0];
  if ((await waiting()) === undefined) return false;
  await sleep(NEXT_LOOK_MS);
  for (const until = Date.now() + LONGEST_REST_MS; Date.now() < until; await sleep(500))
    if ((await waiting()) === 0) return true;
  throw new Error(`${server.name} still scores cards after ${LONGEST_REST_MS / 1000} s`);
}

const WAITING = 'doublon_cards_to_score';
