/** How a measured server does while it is measured: memory, processor time, and how long its event loop was blocked. */
import fs from 'node:fs';
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

/** Times a part of an operation, with the processor time that the server took for it and not for the other parts. */
export async function metered(
  { server }: { readonly server: RunningServer },
  part: () => Promise<Timing>,
): Promise<Timing> {
  const before = processorTimeOf(server.pid);
  const timing = await part();
  return { ...timing, processor: processorTimeOf(server.pid) - before };
}

/** Longest delay of the event loop since the last call, milliseconds; 0 where the server does not tell. */
export async function loopDelay({ origin, metrics }: RunningServer): Promise<number> {
  if (!metrics) return 0;
  const text = await (await fetch(origin + metrics)).text();
  return Number(/^nodejs_eventloop_lag_max_seconds(?:\{[^}]*\})? (\S+)/m.exec(text)?.[1] ?? 0) * 1000;
}
