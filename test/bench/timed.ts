/** What a step costs. */

export interface Timed<T> {
  readonly result: T;
  /** Seconds of this process. */
  readonly cpu: number;
  readonly wall: number;
}

/** Runs a step; CPU and wall seconds. */
export function timed<T>(step: () => T): Timed<T> {
  const [cpu, start] = [process.cpuUsage(), performance.now()];
  const result = step();
  return { result, ...since(cpu, start) };
}

/** Runs a step that waits, for the database say. */
export async function timedAsync<T>(step: () => Promise<T>): Promise<Timed<T>> {
  const [cpu, start] = [process.cpuUsage(), performance.now()];
  const result = await step();
  return { result, ...since(cpu, start) };
}

function since(before: NodeJS.CpuUsage, start: number): { readonly cpu: number; readonly wall: number } {
  const spent = process.cpuUsage(before);
  return { cpu: (spent.user + spent.system) / 1e6, wall: (performance.now() - start) / 1000 };
}
