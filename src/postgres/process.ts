/** Questions about other processes, by their number. */
import { readFileSync } from 'node:fs';

/** True while a process with this number exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * What tells a process from a later one that got the same number: its start in clock ticks since boot.
 * Undefined where /proc is missing or the process is gone.
 */
export function startOf(pid: number): string | undefined {
  // The second field is the program's name in parentheses and may hold blanks, so count from the last parenthesis.
  const afterName = readProc(pid, 'stat')?.split(')').at(-1);
  return afterName?.trim().split(' ')[19];
}

/** The process's arguments, or undefined where /proc is missing or the process is gone. */
export function argumentsOf(pid: number): readonly string[] | undefined {
  return readProc(pid, 'cmdline')?.split('\0');
}

function readProc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}
