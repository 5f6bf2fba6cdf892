/** What the tests of a run share, each started when the first test asks for it and removed at the end: Postgres, the browser. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { openBrowserFarm } from './browser-farm.ts';
import { openDatabaseFarm } from './database-farm.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /**
     * Where the workers ask for what is shared: POST / makes a database and answers its URL, DELETE /NAME drops it,
     * GET /browser answers a `BrowserFarm` as JSON.
     */
    farm: string;
  }
}

/** Called by vitest in its main process. The returned function ends what was started. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const databases = once(openDatabaseFarm);
  const browser = once(openBrowserFarm);
  const answer = async (method: string | undefined, path: string): Promise<string | undefined> => {
    if (method === 'GET') return JSON.stringify(await browser.get());
    const { create, drop } = await databases.get();
    return method === 'POST' ? create() : void (await drop(path.slice(1)));
  };
  const server = createServer(async (request, response) => {
    // one that is kept may be closed in the very moment in which a worker uses it again
    response.setHeader('Connection', 'close');
    try {
      response.end(await answer(request.method, request.url ?? '/'));
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  project.provide('farm', await listening(server));
  return async () => {
    server.closeAllConnections();
    server.close();
    await Promise.all([databases.close(), browser.close()]);
  };
}

/** Opened by whoever asks first; closing what was never opened, or could not be, does nothing. */
function once<T extends { close(): Promise<void> }>(open: () => Promise<T>) {
  let opened: Promise<T> | undefined;
  return {
    get(): Promise<T> {
      opened ??= open();
      return opened;
    },
    close: async () => (await opened?.catch(() => undefined))?.close(),
  };
}

function listening(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`));
  });
}
