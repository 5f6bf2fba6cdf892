/** The floor: the least that could answer the load, one prepared statement of a bare table for each request, nothing judged. */
import http from 'node:http';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../src/postgres/embedded.ts';

const [folder = '', port = ''] = process.argv.slice(2);
const postgres = await startEmbeddedPostgres({ folder, whenInUse: 'refuse' });
const pool = new pg.Pool({ connectionString: postgres.url, max: 10 });
await pool.query(
  `create table if not exists item (name text primary key, seq bigint generated always as identity,
     etag text not null, body bytea not null);
   create unique index if not exists item_by_seq on item (seq) include (name, etag)`,
);

interface Reply {
  readonly status: number;
  readonly body?: string | Buffer;
  readonly etag?: string;
}

const PUT = `insert into item (name, etag, body) values ($1, md5($2::bytea), $2::bytea)
  on conflict (name) do update set seq = default, etag = excluded.etag, body = excluded.body
  where item.etag = coalesce($3::text, item.etag) and not $4::boolean
  returning etag, xmax = 0 as created`;

const STATEMENTS = {
  put: PUT,
  get: 'select etag, body from item where name = $1',
  delete: 'delete from item where name = $1',
  token: 'select coalesce(max(seq), 0) as token from item',
  changes: 'select name, etag, seq from item where seq > $1 order by seq',
  bodies: 'select name, etag, body from item where name = any($1::text[])',
} as const;

async function run(name: keyof typeof STATEMENTS, ...values: unknown[]) {
  return (await pool.query({ name, text: STATEMENTS[name], values })).rows;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const multistatus = (inner: string): Reply => ({
  status: 207,
  body: `<?xml version="1.0"?><D:multistatus xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav">${inner}</D:multistatus>`,
});
const response = (book: string, { name, etag, body }: { name: string; etag: string; body?: Buffer }): string =>
  `<D:response><D:href>${book}${name}</D:href><D:propstat><D:prop><D:getetag>"${etag}"</D:getetag>${
    body ? `<C:address-data>${escaped(body.toString())}</C:address-data>` : ''
  }</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>`;

async function put(name: string, body: Buffer, headers: http.IncomingHttpHeaders): Promise<Reply> {
  const expected = headers['if-match']?.replaceAll('"', '') ?? null;
  const [row] = await run('put', name, body, expected, headers['if-none-match'] === '*');
  return row ? { status: row.created ? 201 : 204, etag: row.etag } : { status: 412 };
}

async function report(book: string, body: string): Promise<Reply> {
  const names = Array.from(body.matchAll(/href>[^<]*\/([^</]+)</g), (match) => match[1]!);
  const rows =
    names.length > 0
      ? await run('bodies', names)
      : await run('changes', Number(/sync-token>(\d*)</.exec(body)?.[1] ?? 0));
  let inner = '';
  for (const row of rows) inner += response(book, row);
  const last = rows.at(-1)?.seq ?? /sync-token>(\d*)</.exec(body)?.[1] ?? 0;
  return multistatus(`${inner}<D:sync-token>${last}</D:sync-token>`);
}

async function propfind(book: string, depth: string | undefined): Promise<Reply> {
  if (depth === '0') {
    const [row] = await run('token');
    return multistatus(`<D:response><D:sync-token>${row.token}</D:sync-token></D:response>`);
  }
  let inner = response(book, { name: '', etag: '' });
  for (const row of await run('changes', 0)) inner += response(book, row);
  return multistatus(inner);
}

async function answer(request: http.IncomingMessage, body: Buffer): Promise<Reply> {
  const [, book = '/', name = ''] = /^(.*\/)([^/]*)$/.exec(request.url ?? '/') ?? [];
  if (request.method === 'PUT') return put(name, body, request.headers);
  if (request.method === 'DELETE') return run('delete', name).then(() => ({ status: 204 }));
  if (request.method === 'REPORT') return report(book, body.toString());
  if (request.method === 'PROPFIND') return propfind(book, request.headers.depth as string | undefined);
  const [row] = name === '' ? [] : await run('get', name);
  return row ? { status: 200, body: row.body, etag: row.etag } : { status: 404 };
}

const server = http.createServer((request, reply) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    answer(request, Buffer.concat(chunks)).then(
      ({ status, body, etag }) =>
        reply.writeHead(status, etag === undefined ? {} : { ETag: `"${etag}"` }).end(status === 204 ? undefined : body),
      (error: Error) => reply.writeHead(500).end(error.message),
    );
  });
});
server.listen(Number(port), '127.0.0.1');

process.on('SIGTERM', async () => {
  server.close();
  server.closeAllConnections();
  await pool.end();
  await postgres.stop();
  process.exit(0);
});
