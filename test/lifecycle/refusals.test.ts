import { existsSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  answers,
  type DebianPostgres,
  majorOfDebian,
  missingPostgres,
  startDebianPostgres,
} from '../support/debian-postgres.ts';
import { runInProcess } from '../support/in-process.ts';
import { removeFolder, startDoublon, temporaryFolder } from '../support/process.ts';

const folder = temporaryFolder();
afterAll(() => removeFolder(folder));

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as { port: number }).port;
}

async function refusal(environment: Readonly<Record<string, string>>): Promise<string[]> {
  const { code, stderr, stdout } = await runInProcess(['serve'], {
    DOUBLON_DATA: path.join(folder, 'untouched'),
    DOUBLON_PORT: '0',
    DOUBLON_LOG_LEVEL: 'silent',
    ...environment,
  });
  expect(code).toBe(1);
  expect(stdout).toBe('');
  return stderr.trimEnd().split('\n');
}

describe('doublon serve refuses', () => {
  it('wrong settings, one line each', async () => {
    expect(await refusal({ DOUBLON_PORT: 'http', DOUBLON_HOTS: 'x' })).toEqual([
      'doublon: DOUBLON_PORT must be a whole number from 0 to 65535, not "http"',
      expect.stringMatching(/^doublon: DOUBLON_HOTS is not a setting of Doublon/),
    ]);
  });

  it('a taken port, before it touches any data', async () => {
    const other = createServer();
    const port = await listening(other);
    const lines = await refusal({ DOUBLON_PORT: String(port) });
    other.close();
    expect(lines).toEqual([
      `doublon: cannot listen on 127.0.0.1 port ${port}: another program is listening there; stop it or set DOUBLON_PORT`,
    ]);
    expect(existsSync(path.join(folder, 'untouched'))).toBe(false);
  });

  it('an address that is not this machine’s', async () => {
    expect(await refusal({ DOUBLON_HOST: '192.0.2.1' })).toEqual([
      'doublon: cannot listen on 192.0.2.1 port 0: this machine does not have that address; set DOUBLON_HOST',
    ]);
  });

  it('a database that does not answer', async () => {
    const closed = createServer();
    const port = await listening(closed);
    await new Promise((resolve) => closed.close(resolve));
    expect(await refusal({ DATABASE_URL: `postgres://me:swordfish@127.0.0.1:${port}/doublon` })).toEqual([
      `doublon: the database does not let Doublon in: connect ECONNREFUSED 127.0.0.1:${port}; check DATABASE_URL`,
    ]);
  });

  it('a database that is too old', async () => {
    const old = createServer(answerAsPostgres14);
    const port = await listening(old);
    const url = `postgres://me:swordfish@127.0.0.1:${port}/doublon`;
    // tests before this one may have asked this process for a version so often that it prepares the question
    const lines = await refusal({ DATABASE_URL: url, DOUBLON_PREPARED_STATEMENTS: 'false' });
    old.close();
    expect(lines).toEqual(['doublon: the database is Postgres 14.9, and Doublon needs Postgres 15 or newer']);
  });

  it.each(['/proc/nowhere/data', '/dev/null/data'])('the data folder %s, which cannot be made', async (impossible) => {
    expect(await refusal({ DOUBLON_DATA: impossible })).toEqual([
      expect.stringMatching(new RegExp(`^doublon: cannot make the data folder ${impossible}: `)),
    ]);
  });
});

/** Speaks just enough of the protocol to be asked for its version: no TLS, everybody welcome, every query answers 14.9. */
function answerAsPostgres14(socket: Socket): void {
  const message = (type: string, body: Buffer) => {
    const head = Buffer.alloc(5);
    head.write(type);
    head.writeInt32BE(body.length + 4, 1);
    return Buffer.concat([head, body]);
  };
  const ready = message('Z', Buffer.from('I'));
  const column = Buffer.concat([Buffer.from([0, 1]), Buffer.from('server_version\0'), Buffer.alloc(18)]);
  column.writeInt32BE(25, column.length - 12);
  const row = Buffer.concat([Buffer.from([0, 1, 0, 0, 0, 4]), Buffer.from('14.9')]);
  const answer = [message('T', column), message('D', row), message('C', Buffer.from('SHOW\0')), ready];
  let greeted = false;
  socket.on('error', () => {});
  socket.on('data', (octets) => {
    if (!greeted) socket.write(Buffer.concat([message('R', Buffer.alloc(4)), ready]));
    else if (octets[0] === 'Q'.charCodeAt(0)) socket.write(Buffer.concat(answer));
    greeted = true;
  });
}

describe.skipIf(missingPostgres !== undefined)(`Postgres ${majorOfDebian} of Debian`, () => {
  let server: DebianPostgres;
  let url: string;
  beforeAll(async () => {
    server = await startDebianPostgres();
    url = server.url;
  });
  afterAll(() => server.stop());

  it('serves as DATABASE_URL, is left running, and keeps the data', async () => {
    const first = await startDoublon({ DATABASE_URL: url });
    expect((await fetch(new URL('ready', first.url))).status).toBe(200);
    expect((await first.end()).stdout).toContain('Demo user');
    const second = await startDoublon({ DATABASE_URL: url });
    expect((await second.end()).stdout).not.toContain('Demo user');
    expect(await answers(url)).toBe(true);
  });

  it('refuses a wrong database name with what Postgres says', async () => {
    expect(await refusal({ DATABASE_URL: url.replace(/postgres$/, 'nowhere') })).toEqual([
      'doublon: the database does not let Doublon in: database "nowhere" does not exist; check DATABASE_URL',
    ]);
  });
});
