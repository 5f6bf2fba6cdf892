/** Lists: PROPFIND, the first synchronisation and later ones. */
import { card } from '../contents.ts';
import { check, type Timing, timed, timingOf } from '../load.ts';
import {
  cardPath,
  NAMES,
  type Operation,
  prop,
  responses,
  type Scene,
  syncToken,
  syncXml,
  tokenIn,
  VCARD,
  withClient,
  XML,
} from '../scene.ts';

/** A list of the whole book, by one request. */
const whole = (name: string, method: string, body: string): Operation => ({
  name,
  unit: 'items',
  run: (scene, limitMs) =>
    withClient(scene, 1, async (client) => {
      const rounds = Math.max(3, Math.min(20, Math.floor(100_000 / scene.items)));
      const timing = await timed(rounds, 1, limitMs, async () => {
        const headers = { ...XML, depth: '1' };
        const answer = await client.send({ method, path: scene.server.book, headers, body }, 207);
        check(responses(answer.body) >= scene.items, `${name} left items out`);
      });
      return { ...timing, count: timing.count * scene.items };
    }),
});

const DELTA_ROUNDS = 500;

async function deltas(scene: Scene, limitMs: number, changes: 0 | 1): Promise<Timing> {
  return withClient(scene, 1, async (client) => {
    const path = scene.server.book;
    let token = await syncToken(client, path);
    const each: number[] = [];
    for (const until = Date.now() + limitMs; each.length < DELTA_ROUNDS && Date.now() < until; ) {
      if (changes) {
        const edited = each.length % scene.items;
        const put = { method: 'PUT', path: cardPath(scene, edited), headers: VCARD, body: card(edited, ++scene.added) };
        await client.send(put, 200, 201, 204);
      }
      const before = performance.now();
      const headers = { ...XML, depth: '1' };
      const answer = await client.send({ method: 'REPORT', path, headers, body: syncXml(token) }, 207);
      each.push(performance.now() - before);
      check(responses(answer.body) === changes, `${responses(answer.body)} changes instead of ${changes}`);
      token = tokenIn(answer.body) ?? token;
    }
    return timingOf(
      each,
      each.reduce((sum, one) => sum + one, 0),
    );
  });
}

export const LIST_OPERATIONS: readonly Operation[] = [
  whole('PROPFIND depth 1 getetag', 'PROPFIND', `<D:propfind ${NAMES}>${prop('')}</D:propfind>`),
  whole('first sync (getetag)', 'REPORT', syncXml('')),
  { name: 'delta of one change', unit: 'requests', run: (scene, limitMs) => deltas(scene, limitMs, 1) },
  { name: 'delta of no change', unit: 'requests', run: (scene, limitMs) => deltas(scene, limitMs, 0) },
];
