/** What can go wrong with a request to another server, told so that whoever gave the URL can mend it. */
import { AppError } from '../base/errors.ts';

export type RemoteFailureCode =
  | 'remote-url'
  | 'remote-internal'
  | 'remote-unreachable'
  | 'remote-timeout'
  | 'remote-status'
  | 'remote-redirects'
  | 'remote-encoding'
  | 'remote-too-large';

/** 422: the request to us was well formed, what it points at is not to be had. */
export function remoteFailure(code: RemoteFailureCode, message: string, cause?: unknown): AppError {
  return new AppError('invalid', code, message, { status: 422 }, cause);
}

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name could not be looked up',
  ECONNREFUSED: 'nothing answers there',
  ECONNRESET: 'the connection was cut',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  EPIPE: 'the connection was cut',
  EPROTO: 'it does not speak TLS',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate cannot be verified',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

/** A failure of the connection in words. */
export function unreachable(host: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const reason = REASONS[code] ?? (code || 'the connection failed');
  return remoteFailure('remote-unreachable', `${host} could not be reached: ${reason}.`, error);
}
