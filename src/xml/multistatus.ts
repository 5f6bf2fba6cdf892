/** Parts of a multistatus answer (RFC 4918 §13), built as strings so that ten thousand responses stream in bounded memory. */
import { STATUS_CODES } from 'node:http';
import { dav, type Name, twisted } from './names.ts';
import { element, escapeXml, hrefElement } from './write.ts';

/** `<D:status>HTTP/1.1 404 Not Found</D:status>` */
function statusElement(status: number): string {
  return `<D:status>HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}</D:status>`;
}

/** `<D:propstat>` around property elements that are already XML. `error` is the content of DAV:error, if any. */
export function propstat(status: number, properties: string, error = ''): string {
  const failure = error === '' ? '' : element(dav('error'), error);
  return `<D:propstat><D:prop>${properties}</D:prop>${statusElement(status)}${failure}</D:propstat>`;
}

/** A response made of propstats. `href` is percent-encoded. */
export function propstatResponse(href: string, propstats: string): string {
  return `<D:response>${hrefElement(href)}${propstats}</D:response>`;
}

const GAP = '~gap~';

/**
 * What a response of one propstat of 200 is made of, for lists that repeat it: what stands before the href, between that and what
 * varies, and behind it. `around` puts what varies between what does not.
 */
export function responseFrame(around = (varying: string): string => varying): readonly [string, string, string] {
  return propstatResponse(GAP, propstat(200, around(GAP))).split(GAP) as [string, string, string];
}

/** A response with one status for the whole resource, and its condition where given. */
export function statusResponse(href: string, status: number, error?: Name): string {
  const condition = error === undefined ? '' : element(dav('error'), element(error));
  return `<D:response>${hrefElement(href)}${statusElement(status)}${condition}</D:response>`;
}

/**
 * Content of DAV:error: the condition element and a message for people, in the one element that Apple's programs show and
 * that test suites do not take for a second condition.
 */
export function errorContent(condition: string, message: string): string {
  return condition + (message === '' ? '' : element(twisted('error-description'), escapeXml(message)));
}
