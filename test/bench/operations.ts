/** What is measured on every server: each operation checks its answers. */
import { card, cardUid, event } from './contents.ts';
import { type Client, check, makeClient, type Timing, timed } from './load.ts';
import type { RunningServer } from './servers.ts';

export interface Scene {
  readonly server: RunningServer;
  /** Cards and events in the collections before the operation. */
  readonly items: number;
  /** Raised by operations that add cards, so that names never clash. */
  added: number;
}

export interface Operation {
  readonly name: string;
  /** What `count` of its timing counts. */
  readonly unit: string;
  run(scene: Scene): Promise<Timing>;
}

const XML = { 'content-type': 'application/xml; charset=utf-8' };
const VCARD = { 'content-type': 'text/vcard; charset=utf-8' };
const ICALENDAR = { 'content-type': 'text/calendar; charset=utf-8' };
const NAMES = 'xmlns:D="DAV:" xmlns:CR="urn:ietf:params:xml:ns:carddav" xmlns:C="urn:ietf:params:xml:ns:caldav"';
const responses = (body: Buffer): number =>
  body.toString('latin1').match(/<(?:[A-Za-z0-9]+:)?response[ >]/g)?.length ?? 0;
const cardPath = (scene: Scene, i: number): string => `${scene.server.book}${cardUid(i)}.vcf`;

async function withClient<T>(scene: Scene, connections: number, work: (client: Client) => Promise<T>): Promise<T> {
  const client = makeClient(scene.server, connections);
  try {
    return await work(client);
  } finally {
    client.close();
  }
}

/** Fills book and calendar from `from` to `to` items, eight connections. */
export async function fill(scene: Scene, from: number, to: number): Promise<void> {
  await withClient(scene, 8, async (client) => {
    await timed(to - from, 8, async (i) => {
      await client.send(
        { method: 'PUT', path: cardPath(scene, from + i), headers: VCARD, body: card(from + i) },
        201,
        204,
      );
    });
    await timed(to - from, 8, async (i) => {
      const path = `${scene.server.calendar}bench-event-${from + i}.ics`;
      await client.send({ method: 'PUT', path, headers: ICALENDAR, body: event(from + i) }, 201, 204);
    });
  });
}

const putNew = (connections: number, count: number): Operation => ({
  name: `PUT new card, ${connections} connection${connections > 1 ? 's' : ''}`,
  unit: 'cards',
  run: (scene) =>
    withClient(scene, connections, async (client) => {
      const first = 10_000_000 + scene.added;
      scene.added += count;
      const timing = await timed(count, connections, async (i) => {
        await client.send(
          {
            method: 'PUT',
            path: cardPath(scene, first + i),
            headers: { ...VCARD, 'if-none-match': '*' },
            body: card(first + i),
          },
          201,
        );
      });
      await timed(count, connections, async (i) => {
        await client.send({ method: 'DELETE', path: cardPath(scene, first + i) }, 200, 204);
      });
      return timing;
    }),
});

const report = (
  name: string,
  unit: string,
  rounds: number,
  body: (scene: Scene) => { path: string; xml: string; expected: number; depth: string },
): Operation => ({
  name,
  unit,
  run: (scene) =>
    withClient(scene, 1, async (client) => {
      const { path, xml, expected, depth } = body(scene);
      const timing = await timed(rounds, 1, async () => {
        const answer = await client.send({ method: 'REPORT', path, headers: { ...XML, depth }, body: xml }, 207);
        const found = responses(answer.body);
        check(found >= expected, `${name}: ${found} responses instead of ${expected}`);
      });
      return unit === 'requests' ? timing : { ...timing, count: rounds * expected };
    }),
});

const prop = (inner: string): string => `<D:prop><D:getetag/>${inner}</D:prop>`;
const multigetXml = (scene: Scene, from: number, count: number): string => {
  const hrefs = Array.from(
    { length: count },
    (_, i) => `<D:href>${cardPath(scene, (from + i) % scene.items)}</D:href>`,
  ).join('');
  return `<CR:addressbook-multiget ${NAMES}>${prop('<CR:address-data/>')}${hrefs}</CR:addressbook-multiget>`;
};
const month = 'start="20240301T000000Z" end="20240401T000000Z"';
const eventsOfMonth = `<C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"><C:time-range ${month}/></C:comp-filter></C:comp-filter>`;

async function syncToken(client: Client, path: string): Promise<string> {
  const body = `<D:propfind ${NAMES}><D:prop><D:sync-token/></D:prop></D:propfind>`;
  const answer = await client.send({ method: 'PROPFIND', path, headers: { ...XML, depth: '0' }, body }, 207);
  const token = /sync-token[^>]*>([^<]+)</.exec(answer.body.toString())?.[1];
  check(token !== undefined, 'no sync-token');
  return token;
}

const syncXml = (token: string): string =>
  `<D:sync-collection ${NAMES}><D:sync-token>${token}</D:sync-token><D:sync-level>1</D:sync-level><D:prop><D:getetag/></D:prop></D:sync-collection>`;

const delta = (name: string, changes: 0 | 1): Operation => ({
  name,
  unit: 'requests',
  run: (scene) =>
    withClient(scene, 1, async (client) => {
      let token = await syncToken(client, scene.server.book);
      let total = 0;
      const rounds = 50;
      const each: number[] = [];
      for (let round = 0; round < rounds; round++) {
        if (changes)
          await client.send(
            { method: 'PUT', path: cardPath(scene, round), headers: VCARD, body: card(round, ++scene.added) },
            200,
            201,
            204,
          );
        const before = performance.now();
        const answer = await client.send(
          { method: 'REPORT', path: scene.server.book, headers: { ...XML, depth: '1' }, body: syncXml(token) },
          207,
        );
        const took = performance.now() - before;
        check(responses(answer.body) === changes, `${name}: ${responses(answer.body)} changes instead of ${changes}`);
        token = /sync-token[^>]*>([^<]+)</.exec(answer.body.toString())?.[1] ?? token;
        each.push(took);
        total += took;
      }
      each.sort((a, b) => a - b);
      return { total, count: rounds, median: each[rounds >> 1]!, p95: each[Math.floor(rounds * 0.95)]! };
    }),
});

export const OPERATIONS: readonly Operation[] = [
  putNew(1, 200),
  putNew(8, 800),
  {
    name: 'GET card, 8 connections',
    unit: 'cards',
    run: (scene) =>
      withClient(scene, 8, (client) =>
        timed(1000, 8, async (i) => {
          const answer = await client.send({ method: 'GET', path: cardPath(scene, i % scene.items) }, 200);
          check(answer.body.includes(`UID:${cardUid(i % scene.items)}`), 'GET gave another card');
        }),
      ),
  },
  {
    name: 'PROPFIND depth 1 getetag',
    unit: 'items',
    run: (scene) =>
      withClient(scene, 1, async (client) => {
        const timing = await timed(3, 1, async () => {
          const body = `<D:propfind ${NAMES}><D:prop><D:getetag/></D:prop></D:propfind>`;
          const answer = await client.send(
            { method: 'PROPFIND', path: scene.server.book, headers: { ...XML, depth: '1' }, body },
            207,
          );
          check(responses(answer.body) >= scene.items, 'PROPFIND left items out');
        });
        return { ...timing, count: 3 * scene.items };
      }),
  },
  report('first sync (getetag)', 'items', 3, (scene) => ({
    path: scene.server.book,
    xml: syncXml(''),
    expected: scene.items,
    depth: '1',
  })),
  delta('delta of one change', 1),
  delta('delta of no change', 0),
  report('addressbook-multiget by 100', 'cards', 20, (scene) => ({
    path: scene.server.book,
    xml: multigetXml(scene, 0, 100),
    expected: 100,
    depth: '1',
  })),
  report('addressbook-query EMAIL contains', 'requests', 5, (scene) => ({
    path: scene.server.book,
    xml: `<CR:addressbook-query ${NAMES}>${prop('')}<CR:filter><CR:prop-filter name="EMAIL"><CR:text-match match-type="contains">.77@example</CR:text-match></CR:prop-filter></CR:filter></CR:addressbook-query>`,
    expected: 1,
    depth: '1',
  })),
  report('addressbook-query FN contains', 'requests', 5, (scene) => ({
    path: scene.server.book,
    xml: `<CR:addressbook-query ${NAMES}>${prop('')}<CR:filter><CR:prop-filter name="FN"><CR:text-match match-type="contains">birnstiel0</CR:text-match></CR:prop-filter></CR:filter></CR:addressbook-query>`,
    expected: 10,
    depth: '1',
  })),
  report('calendar-query of a month', 'requests', 5, (scene) => ({
    path: scene.server.calendar,
    xml: `<C:calendar-query ${NAMES}>${prop('')}<C:filter>${eventsOfMonth}</C:filter></C:calendar-query>`,
    expected: 1,
    depth: '1',
  })),
  report('calendar-query of a month, expanded', 'requests', 5, (scene) => ({
    path: scene.server.calendar,
    xml: `<C:calendar-query ${NAMES}>${prop(`<C:calendar-data><C:expand ${month}/></C:calendar-data>`)}<C:filter>${eventsOfMonth}</C:filter></C:calendar-query>`,
    expected: 1,
    depth: '1',
  })),
];
