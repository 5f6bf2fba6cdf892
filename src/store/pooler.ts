/** A pooler between the server and Postgres, and whether it keeps the statements that a connection has prepared. */
import pg from 'pg';
import { AppError } from '../base/errors.ts';

const NAME = 'doublon_pooled';
const ATTEMPTS = 3;
const NO_SUCH_STATEMENT = '26000';

/**
 * A pooler in transaction mode gives each transaction whatever connection to Postgres is free, where nothing may be prepared that
 * an earlier transaction prepared, unless the pooler sees to it (PgBouncer from 1.21 on). Throws AppError 'unavailable' with one line
 * for the administrator when it does not: else single requests would fail, now and then.
 */
export async function requirePreparing(url: string): Promise<void> {
  const [one, other] = [new pg.Client(url), new pg.Client(url)];
  for (const client of [one, other]) client.on('error', () => {});
  try {
    await Promise.all([one.connect(), other.connect()]);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const first = await preparedOn(one);
      await other.query('begin');
      const isPooled = (await backendOf(other)) === first;
      // the connection that knows the statement is taken: the pooler gives another one
      if (isPooled) await preparedOn(one);
      await other.query('rollback');
      if (isPooled) return;
    }
  } finally {
    await Promise.all([one.end(), other.end()]);
  }
}

const FORGETS =
  'DATABASE_URL leads through a pooler that does not keep prepared statements: set DOUBLON_PREPARED_STATEMENTS=false, or let PgBouncer (1.21 or newer) keep them by max_prepared_statements';

/** Id of the process of Postgres that answers. */
async function backendOf(client: pg.Client): Promise<unknown> {
  return (await client.query('select pg_backend_pid() as id')).rows[0]?.id;
}

async function preparedOn(client: pg.Client): Promise<unknown> {
  try {
    return (await client.query({ name: NAME, text: 'select pg_backend_pid() as id', values: [] })).rows[0]?.id;
  } catch (cause) {
    if ((cause as { code?: string }).code !== NO_SUCH_STATEMENT) throw cause;
    throw new AppError('unavailable', 'pooler-forgets-statements', FORGETS, {}, cause);
  }
}
