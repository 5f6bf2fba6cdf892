/** One request to the JSON API: CSRF token, problem details, and faults that can be told apart and tried again. */
import type { Problem } from '../../api/contract/words.ts';

/** The server answered, and refused; `problem.code` is the stable word. */
export class RefusedError extends Error {
  readonly status: number;
  readonly problem: Problem;

  constructor(status: number, problem: Problem) {
    super(problem.detail);
    this.name = 'RefusedError';
    this.status = status;
    this.problem = problem;
  }
}

/** No answer came: offline, timed out, or something in between answered. Trying again is safe. */
export class UnreachableError extends Error {
  constructor(cause: unknown) {
    super('unreachable', { cause });
    this.name = 'UnreachableError';
  }
}

export interface RequestOptions {
  readonly query?: Readonly<Record<string, string | number | null | undefined>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** The same key gives the first answer again: kept by the caller across its attempts. */
  readonly idempotencyKey?: string;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

let csrfToken: string | null = null;
let signedOut: () => void = () => {};

export function keepCsrfToken(token: string | null): void {
  csrfToken = token;
}

/** `heard` is called whenever the server says that the session is over. */
export function onSignedOut(heard: () => void): void {
  signedOut = heard;
}

/** The address of an API path such as `/cards`, below wherever the page lives. */
export function apiUrl(path: string, query: RequestOptions['query'] = {}): string {
  const url = new URL(`api/v1${path}`, document.baseURI);
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') url.searchParams.set(name, String(value));
  }
  return url.href;
}

/** Headers of a request that changes something. */
export function changeHeaders(): Record<string, string> {
  return csrfToken === null ? {} : { 'X-CSRF-Token': csrfToken };
}

/** A key for one attempt at a change; works without a secure context, unlike `crypto.randomUUID`. */
export function newIdempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (octet) => octet.toString(16).padStart(2, '0')).join(
    '',
  );
}

/** Sends a request; gives the parsed JSON. @throws RefusedError, UnreachableError; an abort passes through. */
export async function request<T>(method: Method, path: string, options: RequestOptions = {}): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json', ...(method === 'GET' ? {} : changeHeaders()) };
  if (options.body !== undefined) headers['Content-Type'] = 'application/json';
  if (options.idempotencyKey) headers['Idempotency-Key'] = options.idempotencyKey;
  const response = await send(apiUrl(path, options.query), {
    method,
    headers,
    credentials: 'same-origin',
    body: options.body === undefined ? null : JSON.stringify(options.body),
    signal: options.signal ?? null,
  });
  return (await readAnswer(response)) as T;
}

/** Reads an answer's JSON. @throws RefusedError for a problem, UnreachableError when it is neither JSON nor a problem. */
export async function readAnswer(response: Response): Promise<unknown> {
  const answer = await response.json().catch((fault: unknown) => {
    throw new UnreachableError(fault);
  });
  if (response.ok) return answer;
  const problem = answer as Problem;
  if (typeof problem.code !== 'string') throw new UnreachableError(answer);
  if (response.status === 401 && !response.url.endsWith('/session')) signedOut();
  throw new RefusedError(response.status, problem);
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (fault) {
    if (fault instanceof DOMException && fault.name === 'AbortError') throw fault;
    throw new UnreachableError(fault);
  }
}
