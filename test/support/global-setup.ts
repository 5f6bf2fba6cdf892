/** One temporary Postgres for the whole run, started when the first test asks for a database and removed at the end. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { type DatabaseFarm, openDatabaseFarm } from './database-farm.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the workers ask for databases: POST / makes one and answers its URL, DELETE /NAME drops it. */
    databaseFarm: string;
  }
}

/** Called by vitest in its main process. The returned function ends what was started. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let farm: Promise<DatabaseFarm> | undefined;
  const server = createServer(async (request, response) => {
    try {
      farm ??= openDatabaseFarm();
      const { create, drop } = await farm;
      if (request.method === 'POST') response.end(await create());
      else response.end(await drop((request.url ?? '/').slice(1)));
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  project.provide('databaseFarm', await listening(server));
  return async () => {
    server.closeAllConnections();
    server.close();
    await (await farm?.catch(() => undefined))?.close();
  };
}

function listening(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`));
  });
}
