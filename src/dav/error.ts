/** Errors of the DAV rim, named after the RFC's condition and rendered once as DAV:error (RFC 4918 §16). */
import type { Context } from 'koa';
import { AppError } from '../base/errors.ts';
import { statusOf } from '../http/error-status.ts';
import { errorContent } from '../xml/multistatus.ts';
import { dav, type Name } from '../xml/names.ts';
import { element, hrefElement, xmlDocument } from '../xml/write.ts';

/** An answer that is no success. `condition` is the XML inside DAV:error. */
export class DavError extends Error {
  readonly status: number;
  readonly condition: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, condition = '', headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = 'DavError';
    this.status = status;
    this.condition = condition;
    this.headers = headers;
  }

  /** An unmet precondition or postcondition: its name and, where the RFC puts something inside, that XML. */
  static unmet(status: number, condition: Name, message: string, inside = ''): DavError {
    return new DavError(status, message, element(condition, inside));
  }

  static badRequest(message: string): DavError {
    return new DavError(400, message);
  }

  static notFound(): DavError {
    return new DavError(404, 'There is no such resource.');
  }

  /** RFC 4918 §16: names what stands in the way. */
  static preconditionFailed(message: string): DavError {
    return new DavError(412, message);
  }

  /** RFC 3744 §7.1.1: which privilege is missing on which resource. */
  static needPrivileges(href: string, privilege: string): DavError {
    const missing = element(dav('privilege'), element(dav(privilege)));
    return DavError.unmet(
      403,
      dav('need-privileges'),
      `The privilege "${privilege}" is needed on ${href}.`,
      element(dav('resource'), hrefElement(href) + missing),
    );
  }
}

/** Conditions that any write can meet, whatever it writes (RFC 4331 §6). */
const GENERAL_CONDITIONS: Readonly<Record<string, string>> = {
  'quota-not-exceeded': element(dav('quota-not-exceeded')),
};

/** The same failure with its status, condition and sentence, from whatever layer it came; undefined for the unexpected. */
export function asDavError(error: unknown): DavError | undefined {
  if (error instanceof DavError) return error;
  if (error instanceof AppError) {
    const { seconds } = error.details;
    const later: Record<string, string> = typeof seconds === 'number' ? { 'Retry-After': String(seconds) } : {};
    return new DavError(statusOf(error), error.message, GENERAL_CONDITIONS[error.code] ?? '', later);
  }
  return undefined;
}

/** Writes the error as `DAV:error` with its condition and the sentence for people. */
export function renderDavError(ctx: Context, error: DavError): void {
  ctx.status = error.status;
  ctx.set({ ...error.headers });
  ctx.set('Content-Type', 'application/xml; charset=utf-8');
  ctx.body = xmlDocument(dav('error'), errorContent(error.condition, error.message));
}
