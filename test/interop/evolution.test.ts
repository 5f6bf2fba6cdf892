/** Evolution's own data server, without a screen: it opens a book of the server, and what it writes there arrives. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANN, aCard, BOOK, type DavServer, propfindBody, startDavServer, VCARD } from '../support/dav-server.ts';
import { missingProgram, runWell } from './debian.ts';

/** The Python that Debian's bindings are installed for. */
const PYTHON = '/usr/bin/python3';
const SCRIPT = path.join(import.meta.dirname, 'evolution.py');

function missingEvolution(): string | undefined {
  const program = ['dbus-run-session', 'gnome-keyring-daemon', PYTHON].map(missingProgram).find(Boolean);
  if (program) return program;
  const bindings = "import gi; gi.require_version('EBook', '1.2'); from gi.repository import EBook";
  const isHere = spawnSync(PYTHON, ['-c', bindings]).status === 0;
  return isHere ? undefined : 'gir1.2-ebook-1.2 is not installed (bash test/interop/install-clients.sh brings it)';
}

const sourceFile = (port: string) => `[Data Source]
DisplayName=doublon
Enabled=true
Parent=carddav-stub

[Address Book]
BackendName=carddav

[Authentication]
Host=127.0.0.1
Method=plain/password
Port=${port}
User=${ANN.name}

[Security]
Method=none

[WebDAV Backend]
ResourcePath=${BOOK}
`;

const missing = missingEvolution();

describe.skipIf(missing)(`evolution-data-server${missing ? ` left out: ${missing}` : ''}`, () => {
  let server: DavServer;
  let home: string;
  beforeAll(async () => {
    server = await startDavServer();
    home = mkdtempSync(path.join(os.tmpdir(), 'doublon-evolution-'));
    const sources = path.join(home, 'evolution', 'sources');
    mkdirSync(sources, { recursive: true });
    writeFileSync(path.join(sources, 'doublon.source'), sourceFile(new URL(server.url).port));
  });
  afterAll(async () => {
    rmSync(home, { recursive: true, force: true });
    await server.stop();
  });

  it('reads a book, and adds, changes and removes cards in it', async () => {
    for (const [uid, name] of [
      ['stay', 'Stays There'],
      ['change', 'Before Change'],
      ['remove', 'Is Removed'],
    ] as const)
      expect((await server.ann('PUT', `${BOOK}${uid}.vcf`, aCard(uid, name), VCARD)).status).toBe(201);
    const folders = ['HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_CACHE_HOME', 'XDG_RUNTIME_DIR'];
    const env = { ...Object.fromEntries(folders.map((name) => [name, home])), GSETTINGS_BACKEND: 'memory' };
    // into a file: daemons of the session may outlive it and would hold a pipe open
    const session = `dbus-run-session -- ${PYTHON} "$@" >"$HOME/output" 2>&1 || { cat "$HOME/output"; exit 1; }`;
    await runWell('sh', ['-c', session, 'sh', SCRIPT, ANN.name, ANN.password], { env });
    const output = readFileSync(path.join(home, 'output'), 'utf8');
    const contacts = [...output.matchAll(/^contact: (.*)$/gm)].map(([, name]) => name);
    expect(contacts.sort()).toEqual(['Changed By Evolution', 'Eve Olution', 'Stays There']);
    const listed = await server.ann('PROPFIND', BOOK, propfindBody('D:getetag'), { depth: '1' });
    expect(listed.responses().has(`${BOOK}remove.vcf`)).toBe(false);
    expect((await server.ann('GET', `${BOOK}change.vcf`)).text).toContain('FN:Changed By Evolution');
    expect(listed.responses().size).toBe(4);
  }, 180_000);
});
