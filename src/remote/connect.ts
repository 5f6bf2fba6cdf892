/** One request to another server: its name is looked up once, judged, and the connection made to that very address. */
import { lookup } from 'node:dns/promises';
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isInternalAddress } from './internal-addresses.ts';
import { remoteFailure, unreachable } from './remote-failure.ts';

export interface ConnectRules {
  /** Internal addresses too: for tests, and for servers that only ever serve their own network. */
  readonly allowInternal: boolean;
}

interface Address {
  readonly address: string;
  readonly family: number;
}

/**
 * Sends a GET to an http or https URL; resolves with the answer's head, its body still to be read. Throws AppError
 * 'remote-internal' without connecting when any address of the host is internal, 'remote-unreachable', 'remote-timeout'.
 */
export async function get(
  url: URL,
  headers: Readonly<Record<string, string>>,
  rules: ConnectRules,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const address = await addressOf(host, rules, signal);
  const options: RequestOptions = {
    protocol: url.protocol,
    host,
    port: url.port,
    path: `${url.pathname}${url.search}`,
    headers: { ...headers, Host: url.host },
    lookup: always(address),
    agent: false,
    signal,
    ...(url.username ? { auth: `${decode(url.username)}:${decode(url.password)}` } : {}),
  };
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const sent = send(options, resolve);
    sent.on('error', (error) => reject(signal.aborted ? signal.reason : unreachable(url.host, error)));
    sent.end();
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

async function addressOf(host: string, { allowInternal }: ConnectRules, signal: AbortSignal): Promise<Address> {
  const found = isIP(host) ? [{ address: host, family: isIP(host) }] : await lookedUp(host, signal);
  const internal = allowInternal ? undefined : found.find(({ address }) => isInternalAddress(address));
  if (internal) {
    throw remoteFailure('remote-internal', `${host} is an internal address, from which nothing is fetched.`);
  }
  return found[0]!;
}

async function lookedUp(host: string, signal: AbortSignal): Promise<Address[]> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([lookup(host, { all: true }), aborted.promise]);
  } catch (error) {
    throw unreachable(host, error);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** A name's second lookup could give another address than the one that was judged. */
function always({ address, family }: Address): LookupFunction {
  return (_host, options, callback) => {
    if (options.all) callback(null, [{ address, family }]);
    else callback(null, address, family);
  };
}
