/** The listening socket: taken before anything else is started, closed without cutting a request off. */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from './base/errors.ts';

export interface Listener {
  /** `http://HOST:PORT/` or `https://…` as a program on this machine would reach it. */
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

/** PEM files of a certificate with its chain, and of its key. */
export interface TlsFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

/** How long clients may be slow. Nothing else waits for them meanwhile: no transaction and no connection to the database. */
export interface Patience {
  /** Until the headers of a request are there. */
  readonly headersMs: number;
  /** Until a request is there whole: a large import over a slow line takes its time. */
  readonly requestMs: number;
  /** Without an octet, where it is the client's turn to send or to read. */
  readonly idleMs: number;
  /** Between two requests. Proxies keep their connections for a minute, and one that is closed under them costs somebody an error. */
  readonly betweenMs: number;
}

const PATIENCE: Patience = { headersMs: 20_000, requestMs: 30 * 60_000, idleMs: 5 * 60_000, betweenMs: 75_000 };

/** How often the files are read again: certificates of today live for weeks, the server longer. */
const RENEWED_MS = 60 * 60_000;

/**
 * Takes the port (0: any), for HTTPS when given a certificate. Throws AppError 'unavailable' when it is taken or may not be
 * used, 'bad-certificate' when the files are missing or do not fit each other.
 */
export async function listen(host: string, port: number, tls?: TlsFiles, patience = PATIENCE): Promise<Listener> {
  let current = starting;
  let draining = false;
  const requests = new WeakMap<Socket, IncomingMessage>();
  const answer: RequestListener = (request, response) => {
    // Else the client might send its next request on a connection that is just being closed.
    if (draining) response.setHeader('Connection', 'close');
    requests.set(request.socket, request);
    current(request, response);
  };
  const server = tls ? secureServer(tls, answer) : createServer(answer);
  server.headersTimeout = patience.headersMs;
  server.requestTimeout = patience.requestMs;
  server.keepAliveTimeout = patience.betweenMs;
  server.setTimeout(patience.idleMs, (socket) => {
    // while a request that is there whole is worked on, it is not the client who is slow
    const working = requests.get(socket)?.complete && socket.writableLength === 0;
    if (working) socket.setTimeout(patience.idleMs);
    else socket.destroy();
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
  const scheme = tls ? 'https' : 'http';
  return { url: `${scheme}://${hostInUrl(address)}:${address.port}/`, port: address.port, handle, drain };
}

function secureServer(files: TlsFiles, answer: RequestListener): Server {
  const read = () => ({
    cert: readFileSync(files.certFile),
    key: readFileSync(files.keyFile),
    minVersion: 'TLSv1.2' as const,
  });
  let server: TlsServer;
  try {
    server = createTlsServer(read(), answer);
  } catch (error) {
    const reason = (error as Error).message;
    throw new AppError(
      'unavailable',
      'bad-certificate',
      `TLS certificate and key cannot be used: ${reason}`,
      {},
      error,
    );
  }
  const renewal = setInterval(() => {
    try {
      server.setSecureContext(read());
    } catch {
      // The files are being written just now, or are gone: the certificate that was read before serves on.
    }
  }, RENEWED_MS);
  renewal.unref();
  server.once('close', () => clearInterval(renewal));
  return server;
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
