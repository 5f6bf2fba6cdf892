/** The listening socket: taken before anything else is started, closed without cutting a request off. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from './base/errors.ts';

export interface Listener {
  /** `http://HOST:PORT/` as a program on this machine would reach it. */
  readonly url: string;
  readonly port: number;
  /** From now on requests go to this handler; before, they are answered with 503. */
  handle(handler: RequestListener): void;
  /** Takes no new connections; resolves to true when all requests were answered, false when some were cut off after `limitMs`. */
  drain(limitMs: number): Promise<boolean>;
}

const starting: RequestListener = (_request, response) => {
  response.writeHead(503, { 'Retry-After': '1', 'Content-Type': 'text/plain; charset=utf-8' });
  response.end('Doublon is starting.\n');
};

/** Takes the port (0: any). Throws AppError 'unavailable' when it is taken or may not be used. */
export async function listen(host: string, port: number): Promise<Listener> {
  let current = starting;
  let draining = false;
  const server = createServer((request, response) => {
    // Else the client might send its next request on a connection that is just being closed.
    if (draining) response.setHeader('Connection', 'close');
    current(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;

  async function drain(limitMs: number): Promise<boolean> {
    let open = true;
    draining = true;
    server.close(() => {
      open = false;
    });
    const PAUSE_MS = 20;
    for (let waited = 0; open && waited < limitMs; waited += PAUSE_MS) {
      // A connection that was busy at the time of close() would otherwise be kept for the client's next request.
      server.closeIdleConnections();
      await sleep(PAUSE_MS);
    }
    const complete = !open;
    server.closeAllConnections();
    return complete;
  }

  const handle = (handler: RequestListener) => {
    current = handler;
  };
  return { url: `http://${hostInUrl(address)}:${address.port}/`, port: address.port, handle, drain };
}

function hostInUrl({ address, family }: AddressInfo): string {
  if (address === '0.0.0.0' || address === '::') return 'localhost';
  return family === 'IPv6' ? `[${address}]` : address;
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): AppError {
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: 'another program is listening there; stop it or set DOUBLON_PORT',
    EACCES: 'this user may not listen there; set DOUBLON_PORT to 1024 or above',
    EADDRNOTAVAIL: 'this machine does not have that address; set DOUBLON_HOST',
    ENOTFOUND: 'that host name is not known; set DOUBLON_HOST',
  };
  const reason = reasons[error.code ?? ''] ?? error.message;
  return new AppError('unavailable', 'cannot-listen', `cannot listen on ${host} port ${port}: ${reason}`, {}, error);
}
