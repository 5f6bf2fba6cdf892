/** One data folder has one owner, and a dead owner holds nothing. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claim, release } from '../../src/postgres/ownership.ts';
import { isAlive, startOf } from '../../src/postgres/process.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'doublon-claim-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = () => path.join(folder, 'doublon.pid');
const holder = () => JSON.parse(readFileSync(file(), 'utf8')) as { pid: number };

/** A process that does nothing until it is killed. */
const sleeper = () => spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });

/** Claims in a process of its own and holds on; resolves to the pid that it says holds the folder. */
async function claimElsewhere(): Promise<{ pid: number; end(): Promise<void>; holder: number | undefined }> {
  const module = path.resolve(import.meta.dirname, '../../src/postgres/ownership.ts');
  const code = `const { claim } = await import(${JSON.stringify(module)});
    console.log(claim(${JSON.stringify(folder)})?.pid ?? 0); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const end = async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return { pid: child.pid!, end, holder: Number(String(line)) || undefined };
}

describe('the claim on a data folder', () => {
  it('is made, held and given back, and leaves no other file', () => {
    expect(claim(folder)).toBeUndefined();
    expect(holder().pid).toBe(process.pid);
    expect(readdirSync(folder)).toEqual(['doublon.pid']);
    release(folder);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('tells who holds it while that process lives', () => {
    const other = sleeper();
    writeFileSync(file(), JSON.stringify({ pid: other.pid, start: startOf(other.pid!) ?? null }));
    expect(claim(folder)?.pid).toBe(other.pid);
    release(folder);
    expect(holder().pid).toBe(other.pid);
    other.kill('SIGKILL');
  });

  it('is taken over from a dead process', async () => {
    const other = sleeper();
    writeFileSync(file(), JSON.stringify({ pid: other.pid, start: null }));
    other.kill('SIGKILL');
    await once(other, 'exit');
    expect(isAlive(other.pid!)).toBe(false);
    expect(claim(folder)).toBeUndefined();
    expect(holder().pid).toBe(process.pid);
  });

  it.skipIf(startOf(process.pid) === undefined)('is taken over from a process whose number was given again', () => {
    const other = sleeper();
    writeFileSync(file(), JSON.stringify({ pid: other.pid, start: '1' }));
    expect(claim(folder)).toBeUndefined();
    other.kill('SIGKILL');
  });

  it.each(['', '{', 'null', '{"pid":"me"}'])(
    'is taken over from a file that says %j, as a power cut may leave it',
    (text) => {
      writeFileSync(file(), text);
      expect(claim(folder)).toBeUndefined();
    },
  );

  it('goes to exactly one of several processes that find a dead one at the same time', async () => {
    writeFileSync(file(), JSON.stringify({ pid: 2 ** 22 + 1, start: null }));
    const all = await Promise.all(Array.from({ length: 6 }, claimElsewhere));
    const owners = all.filter((each) => each.holder === undefined);
    expect(owners).toHaveLength(1);
    expect(holder().pid).toBe(owners[0]!.pid);
    await Promise.all(all.map((each) => each.end()));
  });
});
