/** Which Doublon process answers for a data folder: the one that may start and stop its Postgres. */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isAlive, startOf } from './process.ts';

export interface Owner {
  readonly pid: number;
  /** See `startOf`; null where it cannot be told. */
  readonly start: string | null;
}

const FILE = 'doublon.pid';

/**
 * Claims the folder for this process. Returns undefined on success, else the live process that holds it.
 * A claim left by a killed process is taken over.
 */
export function claim(folder: string): Owner | undefined {
  const file = path.join(folder, FILE);
  const mine = path.join(folder, `${FILE}.${process.pid}`);
  const owner: Owner = { pid: process.pid, start: startOf(process.pid) ?? null };
  writeFileSync(mine, `${JSON.stringify(owner)}\n`);
  try {
    for (;;) {
      if (linked(mine, file)) return undefined;
      const holder = read(file);
      if (holder && holds(holder)) return holder;
      setAside(file);
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Gives the folder free again, if this process holds it. */
export function release(folder: string): void {
  const file = path.join(folder, FILE);
  if (read(file)?.pid === process.pid) rmSync(file, { force: true });
}

/** A hard link is made whole or not at all, so two processes never both believe they made the file. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Takes a dead claim away; puts it back when another process has just replaced it by a live one. */
function setAside(file: string): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const taken = read(aside);
  if (taken && holds(taken)) linked(aside, file);
  rmSync(aside, { force: true });
}

function read(file: string): Owner | undefined {
  try {
    const { pid, start } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Owner>;
    return typeof pid === 'number' ? { pid, start: start ?? null } : undefined;
  } catch {
    return undefined;
  }
}

/** Alive, and not a later process with the same number; a claim with our own number is from an earlier life of a container. */
function holds(owner: Owner): boolean {
  if (owner.pid === process.pid || !isAlive(owner.pid)) return false;
  const start = startOf(owner.pid);
  return start === undefined || owner.start === null || start === owner.start;
}
