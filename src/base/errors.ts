/** Failures the application can name, without HTTP: the rims (dav, api, cli) translate them. */

export type ErrorKind =
  | 'notFound'
  | 'conflict'
  | 'forbidden'
  | 'unauthenticated'
  | 'tooLarge'
  | 'stale'
  | 'invalid'
  | 'unavailable';

/**
 * An expected failure. `code` is a stable machine word in kebab case (`no-uid-conflict`), `message` says in one English
 * sentence what was wrong, where, and which limit; `details` are the values behind it, fit to be shown to the user.
 */
export class AppError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    kind: ErrorKind,
    code: string,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'AppError';
    this.kind = kind;
    this.code = code;
    this.details = details;
  }
}
