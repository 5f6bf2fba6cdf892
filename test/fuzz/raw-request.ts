/** Requests as octets on a socket: Node's own client would refuse to send what this is about. */
import { connect } from 'node:net';

export interface RawAnswer {
  /** 0: the connection was closed without an answer. */
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** Sends the octets and reads until the server closes; a server that does neither is cut off after `patienceMs`, with status -1. */
export function exchangeOctets(url: string, octets: Buffer, patienceMs = 20_000): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname);
    const ended = (late: boolean) => {
      socket.destroy();
      resolve(late && chunks.length === 0 ? { status: -1, head: '', body: '' } : answerOf(Buffer.concat(chunks)));
    };
    const timer = setTimeout(() => ended(true), patienceMs);
    socket.on('data', (chunk) => chunks.push(Buffer.from(chunk)));
    // a server that has refused may reset a connection on which octets are still coming
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(timer);
      ended(false);
    });
    socket.write(octets);
  });
}

function answerOf(octets: Buffer): RawAnswer {
  // an interim answer comes before the real one
  const interim = /^HTTP\/1\.1 1\d\d [^\r]*\r\n\r\n/.exec(octets.toString('latin1'))?.[0].length ?? 0;
  const text = octets.toString('latin1', interim);
  const end = text.indexOf('\r\n\r\n');
  const head = end < 0 ? text : text.slice(0, end);
  const body = octets.subarray(end < 0 ? octets.length : interim + end + 4).toString();
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), head, body };
}

export interface RawRequest {
  readonly method: string;
  readonly target: string;
  /** In order; a name may come twice. Host and Connection are added where they are missing. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: string;
}

/** What makes a server wait for a body that may never come. */
const ANNOUNCES = /^(content-length|transfer-encoding|expect)$/i;

export const announcesBody = ({ headers }: RawRequest): boolean => headers.some(([name]) => ANNOUNCES.test(name));

/** Sends one request on a connection of its own. */
export function sendRaw(url: string, request: RawRequest): Promise<RawAnswer> {
  const { method, target, headers, body } = request;
  const named = (name: string) => headers.some(([each]) => each.toLowerCase() === name);
  const payload = Buffer.from(body ?? '');
  const all = [
    ...(named('host') ? [] : [['Host', new URL(url).host] as const]),
    ...headers,
    ...(named('connection') ? [] : [['Connection', 'close'] as const]),
    ...(body === undefined || named('content-length') || named('transfer-encoding')
      ? []
      : [['Content-Length', String(payload.length)] as const]),
  ];
  const head = [`${method} ${target} HTTP/1.1`, ...all.map(([name, value]) => `${name}: ${value}`), '', ''].join(
    '\r\n',
  );
  const octets = Buffer.concat([Buffer.from(head, 'latin1'), payload]);
  return exchangeOctets(url, octets, announcesBody(request) ? 1000 : undefined);
}
