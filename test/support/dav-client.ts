/** A DAV client for tests: one call per request, answers parsed with the server's own reader. */
import { request as httpRequest } from 'node:http';
import { child, childrenNamed, childrenOf, type Element, textOf } from '../../src/xml/element.ts';
import { dav, type Name } from '../../src/xml/names.ts';
import { parseXml } from '../../src/xml/parse.ts';

export interface DavAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly octets: Buffer;
  readonly text: string;
  /** Root of the XML body. */
  xml(): Element;
  /** Responses of a multistatus by href. */
  responses(): Map<string, DavResponse>;
  /** Names of the condition elements inside DAV:error. */
  conditions(): Name[];
}

export interface DavResponse {
  readonly href: string;
  /** Status of the whole response, or undefined when it has propstats. */
  readonly status: number | undefined;
  /** Property elements by name, with their status. */
  readonly properties: ReadonlyMap<Name, { readonly status: number; readonly element: Element }>;
  readonly element: Element;
}

export type Headers = Readonly<Record<string, string>>;
export type Body = string | Buffer | undefined;

export interface DavClient {
  (method: string, path: string, body?: Body, headers?: Headers): Promise<DavAnswer>;
  readonly url: string;
}

/** A client of the server at `url` for one user; without a user it sends no credentials. */
export function davClient(url: string, user?: { readonly name: string; readonly password: string }): DavClient {
  const authorization = user && `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}`;
  const send = async (method: string, path: string, body?: Body, headers: Headers = {}) => {
    const sent: Record<string, string> = {
      ...(authorization ? { authorization } : {}),
      ...(typeof body === 'string' && body.startsWith('<') ? { 'content-type': 'application/xml' } : {}),
      ...headers,
    };
    return exchange(url, method, path, body, sent);
  };
  return Object.assign(send, { url });
}

function exchange(url: string, method: string, path: string, body: Body, headers: Headers): Promise<DavAnswer> {
  const { hostname, port } = new URL(url);
  const octets = body === undefined ? undefined : Buffer.from(body);
  return new Promise((resolve, reject) => {
    // a path is sent as it is written: URL and fetch would normalise dot segments and double slashes away
    const sent = httpRequest({ hostname, port, method, path, headers: { ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const flat = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const);
        resolve(answerOf(response.statusCode ?? 0, Object.fromEntries(flat), Buffer.concat(chunks)));
      });
    });
    sent.on('error', reject);
    if (octets && !('content-length' in headers)) sent.setHeader('content-length', octets.length);
    sent.end(octets);
  });
}

function answerOf(status: number, headers: Record<string, string>, octets: Buffer): DavAnswer {
  const xml = () => parseXml(octets);
  return {
    status,
    headers,
    octets,
    text: octets.toString('utf8'),
    xml,
    responses: () => new Map(childrenNamed(xml(), dav('response')).map((each) => [hrefOf(each), responseOf(each)])),
    conditions: () => childrenOf(xml()).map(({ name }) => name),
  };
}

const hrefOf = (element: Element) => textOf(child(element, dav('href'))!);
const statusOf = (element: Element) => Number(/ (\d{3})/.exec(textOf(child(element, dav('status'))!))![1]);

function responseOf(element: Element): DavResponse {
  const properties = new Map<Name, { status: number; element: Element }>();
  for (const propstat of childrenNamed(element, dav('propstat'))) {
    const status = statusOf(propstat);
    for (const property of childrenOf(child(propstat, dav('prop'))!))
      properties.set(property.name, { status, element: property });
  }
  const status = child(element, dav('status')) ? statusOf(element) : undefined;
  return { href: hrefOf(element), status, properties, element };
}

/** Text of a property that was found, else undefined. */
export function foundText(response: DavResponse | undefined, name: Name): string | undefined {
  const property = response?.properties.get(name);
  return property?.status === 200 ? textOf(property.element) : undefined;
}

/** The `DAV:sync-token` of a sync-collection answer. */
export function syncTokenOf(answer: DavAnswer): string {
  return textOf(child(answer.xml(), dav('sync-token'))!);
}
