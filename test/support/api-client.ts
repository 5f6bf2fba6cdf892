/** A client of the JSON API that checks every answer against the contract. */
import type { z } from 'zod';
import type { Operation } from '../../src/api/operations/operation.ts';
import { OPERATIONS, type OperationId } from '../../src/api/operations.ts';

type Ops = typeof OPERATIONS;
type Input<Id extends OperationId, Part extends string> =
  Ops[Id] extends Record<Part, infer S extends z.ZodType> ? z.input<S> : undefined;
type Output<Id extends OperationId> = Ops[Id] extends { answer: infer S extends z.ZodType } ? z.output<S> : Buffer;

export interface CallOptions<Id extends OperationId> {
  readonly parameters?: Input<Id, 'parameters'>;
  readonly query?: Input<Id, 'query'>;
  readonly body?: Input<Id, 'body'>;
  readonly headers?: Readonly<Record<string, string>>;
  /** A body sent as it is. */
  readonly raw?: string | Buffer;
}

export interface ApiAnswer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly value: T;
}

/** An answer that is not the operation's success. */
export class ApiFailure extends Error {
  readonly status: number;
  readonly problem: Readonly<Record<string, unknown>>;
  readonly headers: Headers;

  constructor(status: number, problem: Readonly<Record<string, unknown>>, headers: Headers) {
    super(`${status} ${JSON.stringify(problem)}`);
    this.status = status;
    this.problem = problem;
    this.headers = headers;
  }
}

/** Credentials by Basic authentication, or whatever headers the test sends. */
export function apiClient(server: string, defaults: Readonly<Record<string, string>> = {}) {
  /** The checked answer with status and headers; throws ApiFailure for any other status than the documented one. */
  async function send<Id extends OperationId>(id: Id, options: CallOptions<Id> = {}): Promise<ApiAnswer<Output<Id>>> {
    const operation: Operation = OPERATIONS[id];
    const parameters = (options.parameters ?? {}) as Record<string, string>;
    const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parameters[name]!));
    const url = new URL(`/api/v1${path}`, server);
    for (const [name, value] of Object.entries(options.query ?? {})) url.searchParams.set(name, String(value));
    const body = options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
    const response = await fetch(url, {
      method: operation.method,
      headers: {
        ...(options.raw === undefined && body !== undefined ? { 'Content-Type': 'application/json' } : {}),
        ...defaults,
        ...options.headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
    });
    const octets = Buffer.from(await response.arrayBuffer());
    if (response.status !== (operation.status ?? 200)) {
      throw new ApiFailure(response.status, parseProblem(octets), response.headers);
    }
    const value = operation.answer ? operation.answer.parse(JSON.parse(octets.toString())) : octets;
    return { status: response.status, headers: response.headers, value: value as Output<Id> };
  }

  const call = async <Id extends OperationId>(id: Id, options: CallOptions<Id> = {}): Promise<Output<Id>> =>
    (await send(id, options)).value;

  return { send, call };
}

export type ApiClient = ReturnType<typeof apiClient>;

function parseProblem(octets: Buffer): Record<string, unknown> {
  try {
    return JSON.parse(octets.toString()) as Record<string, unknown>;
  } catch {
    return { text: octets.toString() };
  }
}

export const basic = (name: string, password: string): Record<string, string> => ({
  Authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`,
});
