/** HTTP load on loopback whose answers are checked: a wrong answer is an error, not a time. */
import http from 'node:http';

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Target {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** Authorization header, or undefined where the server asks for none. */
  readonly authorization: string | undefined;
}

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export type Client = ReturnType<typeof makeClient>;

/** A client that keeps at most `connections` connections open. */
export function makeClient(target: Target, connections: number) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const { hostname, port } = new URL(target.origin);

  /** Sends one request; throws unless the status is among those expected. */
  function send(call: Call, ...expected: number[]): Promise<Answer> {
    const headers: Record<string, string | number> = { ...call.headers };
    if (target.authorization) headers.authorization = target.authorization;
    if (call.body !== undefined) headers['content-length'] = Buffer.byteLength(call.body);
    return new Promise((resolve, reject) => {
      const request = http.request(
        { agent, hostname, port, method: call.method, path: call.path, headers },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const answer = { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) };
            if (expected.includes(answer.status)) resolve(answer);
            else
              reject(
                new Error(
                  `${call.method} ${call.path}: ${answer.status}, not ${expected}: ${answer.body.toString('utf8', 0, 300)}`,
                ),
              );
          });
        },
      );
      request.on('error', reject);
      request.end(call.body);
    });
  }

  return { send, close: () => agent.destroy() };
}

export interface Timing {
  /** Milliseconds of wall clock for all of them. */
  readonly total: number;
  readonly count: number;
  /** Milliseconds, of single requests. */
  readonly median: number;
  readonly p95: number;
  /** Milliseconds of processor time that the server took for them; absent: all that it took while the operation ran. */
  readonly processor?: number;
}

/** Runs `job(0)` to `job(count - 1)`, `width` at once, and times each; none begins after `limitMs`. */
export async function timed(
  count: number,
  width: number,
  limitMs: number,
  job: (i: number) => Promise<void>,
): Promise<Timing> {
  const each: number[] = [];
  let next = 0;
  const started = performance.now();
  const lane = async () => {
    while (next < count && performance.now() - started < limitMs) {
      const i = next++;
      const before = performance.now();
      await job(i);
      each.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return timingOf(each, performance.now() - started);
}

/** The figures of requests that took so many milliseconds each, and `total` together. */
export function timingOf(each: readonly number[], total: number): Timing {
  const sorted = each.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { total, count: sorted.length, median: at(0.5), p95: at(0.95) };
}

/** Throws with the text unless the condition holds. */
export function check(condition: boolean, text: string): asserts condition {
  if (!condition) throw new Error(`wrong answer: ${text}`);
}
