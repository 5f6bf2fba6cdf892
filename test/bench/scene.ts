/** What the operations share: the server with what is in its collections, requests, the shape of answers. */
import { card, cardUid, event, eventUid } from './contents.ts';
import { type Client, check, makeClient, type Timing, timed } from './load.ts';
import type { Feature } from './recipes.ts';
import type { RunningServer } from './servers.ts';

export interface Scene {
  readonly server: RunningServer;
  /** Cards and events in the collections before the operation. */
  readonly items: number;
  /** Raised by operations that add or edit cards, so that names and contents never clash. */
  added: number;
}

export interface Operation {
  readonly name: string;
  /** What `count` of its timing counts. */
  readonly unit: string;
  /** Servers that lack it are left out. */
  readonly needs?: Feature;
  /** Nothing of it begins once so many milliseconds have passed: slow servers do less of it. */
  run(scene: Scene, limitMs: number): Promise<Timing>;
}

export const XML = { 'content-type': 'application/xml; charset=utf-8' };
export const VCARD = { 'content-type': 'text/vcard; charset=utf-8' };
const ICALENDAR = { 'content-type': 'text/calendar; charset=utf-8' };
export const NAMES = 'xmlns:D="DAV:" xmlns:CR="urn:ietf:params:xml:ns:carddav" xmlns:C="urn:ietf:params:xml:ns:caldav"';

export const responses = (body: Buffer): number =>
  body.toString('latin1').match(/<(?:[A-Za-z0-9]+:)?response[ >]/g)?.length ?? 0;
export const cardPath = (scene: Scene, i: number): string => `${scene.server.book}${cardUid(i)}.vcf`;
/** A `prop` of the ETag and whatever else is given. */
export const prop = (inner: string): string => `<D:prop><D:getetag/>${inner}</D:prop>`;

export const syncXml = (token: string): string =>
  `<D:sync-collection ${NAMES}><D:sync-token>${token}</D:sync-token><D:sync-level>1</D:sync-level>${prop('')}</D:sync-collection>`;

export const multigetXml = (scene: Scene, from: number, count: number): string => {
  const hrefs = Array.from(
    { length: count },
    (_, i) => `<D:href>${cardPath(scene, (from + i) % scene.items)}</D:href>`,
  ).join('');
  return `<CR:addressbook-multiget ${NAMES}>${prop('<CR:address-data/>')}${hrefs}</CR:addressbook-multiget>`;
};

export async function withClient<T>(
  scene: Scene,
  connections: number,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = makeClient(scene.server, connections);
  try {
    return await work(client);
  } finally {
    client.close();
  }
}

/** The token of a sync report's answer, or undefined. */
export const tokenIn = (body: Buffer): string | undefined => /sync-token[^>]*>([^<]+)</.exec(body.toString())?.[1];

export async function syncToken(client: Client, path: string): Promise<string> {
  const body = `<D:propfind ${NAMES}><D:prop><D:sync-token/></D:prop></D:propfind>`;
  const answer = await client.send({ method: 'PROPFIND', path, headers: { ...XML, depth: '0' }, body }, 207);
  const token = tokenIn(answer.body);
  check(token !== undefined, 'no sync-token');
  return token;
}

/** Fills book and calendar from `from` to `to` items: on disk where the server allows it, else by PUT over eight connections. */
export async function fill(scene: Scene, from: number, to: number): Promise<void> {
  const { server } = scene;
  if (server.fill && to - from > 2000) {
    server.fill(from, to);
    return;
  }
  await withClient(scene, 8, async (client) => {
    const put = (path: string, headers: typeof VCARD, body: string) =>
      client.send({ method: 'PUT', path, headers, body }, 201, 204);
    await timed(to - from, 8, Number.POSITIVE_INFINITY, async (i) => {
      await put(cardPath(scene, from + i), VCARD, card(from + i));
    });
    if (server.lacks.includes('calendar')) return;
    await timed(to - from, 8, Number.POSITIVE_INFINITY, async (i) => {
      await put(`${server.calendar}${eventUid(from + i)}.ics`, ICALENDAR, event(from + i));
    });
  });
}
