/** The entry file under any Node: it runs, hands over to the Node that npm brought, or says what is missing. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/process.ts';

const PROJECT = path.resolve(import.meta.dirname, '../..');
const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A Node of the machine that cannot run the sources by itself, when there is one. */
const OLD_NODE = ['/usr/bin/node', '/usr/local/bin/node'].find((file) => {
  if (!existsSync(file)) return false;
  return spawnSync(file, ['-p', 'Boolean(process.features.typescript && globalThis.Temporal)']).stdout.includes(
    'false',
  );
});

describe.skipIf(OLD_NODE === undefined)('src/doublon.mjs under an old Node', () => {
  it('hands over to node_modules/.bin/node, arguments and exit code included', () => {
    const { status, stdout } = spawnSync(OLD_NODE!, ['src/doublon.mjs', 'version'], { cwd: PROJECT, encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^doublon \d+\.\d+\.\d+\n$/)]);
    expect(spawnSync(OLD_NODE!, ['src/doublon.mjs', 'dance'], { cwd: PROJECT }).status).toBe(2);
  });

  it('says in one line what to do when that Node is missing', () => {
    mkdirSync(path.join(folder, 'src'));
    copyFileSync(path.join(PROJECT, 'src/doublon.mjs'), path.join(folder, 'src/doublon.mjs'));
    const { status, stderr } = spawnSync(OLD_NODE!, ['src/doublon.mjs'], { cwd: folder, encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^doublon: needs Node 26, this is v\S+ \(\S+\)\. Run "npm ci --include=optional".*\n$/);
  });
});
