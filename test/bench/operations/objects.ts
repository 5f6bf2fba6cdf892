/** Single objects: PUT, GET, DELETE, and many by name at once. */
import { card, cardUid } from '../contents.ts';
import { check, timed } from '../load.ts';
import { metered } from '../observe.ts';
import { cardPath, multigetXml, type Operation, responses, type Scene, VCARD, withClient, XML } from '../scene.ts';

const lanes = (connections: number): string => `${connections} connection${connections > 1 ? 's' : ''}`;

/** Puts `count` new cards and deletes them, and gives the timing of one of the two. */
function come(what: 'PUT' | 'DELETE', connections: number, count: number): Operation {
  const run = (scene: Scene, limitMs: number) =>
    withClient(scene, connections, async (client) => {
      const first = 10_000_000 + scene.added;
      scene.added += count;
      const put = await metered(scene, () =>
        timed(count, connections, limitMs, async (i) => {
          const headers = { ...VCARD, 'if-none-match': '*' };
          await client.send({ method: 'PUT', path: cardPath(scene, first + i), headers, body: card(first + i) }, 201);
        }),
      );
      const deleted = await metered(scene, () =>
        timed(put.count, connections, Number.POSITIVE_INFINITY, async (i) => {
          await client.send({ method: 'DELETE', path: cardPath(scene, first + i) }, 200, 204);
        }),
      );
      return what === 'PUT' ? put : deleted;
    });
  return { name: `${what} card, ${lanes(connections)}`, unit: 'cards', run };
}

const get = (connections: number): Operation => ({
  name: `GET card, ${lanes(connections)}`,
  unit: 'cards',
  run: (scene, limitMs) =>
    withClient(scene, connections, (client) =>
      timed(connections * 2000, connections, limitMs / 2, async (i) => {
        const wanted = (i * 7919) % scene.items;
        const answer = await client.send({ method: 'GET', path: cardPath(scene, wanted) }, 200);
        check(answer.body.includes(`UID:${cardUid(wanted)}\r\n`), 'GET gave another card');
      }),
    ),
});

const multiget: Operation = {
  name: 'addressbook-multiget by 100',
  unit: 'cards',
  run: (scene, limitMs) =>
    withClient(scene, 1, async (client) => {
      const timing = await timed(60, 1, limitMs, async (i) => {
        const body = multigetXml(scene, i * 100, 100);
        const headers = { ...XML, depth: '1' };
        const answer = await client.send({ method: 'REPORT', path: scene.server.book, headers, body }, 207);
        check(responses(answer.body) === 100, 'multiget left cards out');
        check(answer.body.includes(`UID:${cardUid((i * 100 + 99) % scene.items)}`), 'multiget gave no data');
      });
      return { ...timing, count: timing.count * 100 };
    }),
};

export const OBJECT_OPERATIONS: readonly Operation[] = [
  come('PUT', 1, 1000),
  come('PUT', 8, 2000),
  come('DELETE', 8, 1000),
  get(1),
  get(8),
  multiget,
];
