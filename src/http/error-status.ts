/** HTTP status of each kind of expected failure; the renderers of DAV and API share it. */
import type { AppError, ErrorKind } from '../base/errors.ts';

const STATUS: Readonly<Record<ErrorKind, number>> = {
  notFound: 404,
  conflict: 409,
  forbidden: 403,
  unauthenticated: 401,
  tooLarge: 413,
  stale: 412,
  invalid: 400,
  unavailable: 503,
};

/** The status an AppError is answered with; `details.status` wins where the thrower knows better. */
export function statusOf(error: AppError): number {
  const { status } = error.details;
  return typeof status === 'number' ? status : STATUS[error.kind];
}
