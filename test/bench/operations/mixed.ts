/** Thirty-two clients at once that read, edit, add, delete and synchronise; at the end no edit may be lost. */
import { card, cardUid } from '../contents.ts';
import { type Client, check, type Timing, timed, timingOf } from '../load.ts';
import {
  cardPath,
  multigetXml,
  type Operation,
  responses,
  type Scene,
  syncToken,
  syncXml,
  tokenIn,
  VCARD,
  withClient,
  XML,
} from '../scene.ts';

const CLIENTS = 32;
const SECONDS = 30;
/** Cards that all clients edit, so that they get into each other's way. */
const SHARED = 16;
const FIRST_SHARED = 20_000_000;

interface Visit {
  readonly scene: Scene;
  readonly client: Client;
  /** Draws a number below the limit; the same sequence in every run. */
  readonly draw: (below: number) => number;
  /** Edits that were acknowledged, by shared card. */
  readonly edits: Uint32Array;
  /** Milliseconds of every request. */
  readonly times: number[];
  token: string;
}

type Step = (visit: Visit) => Promise<void>;

async function sent(visit: Visit, ...call: Parameters<Client['send']>) {
  const before = performance.now();
  const answer = await visit.client.send(...call);
  visit.times.push(performance.now() - before);
  return answer;
}

const read: Step = async (visit) => {
  const wanted = visit.draw(visit.scene.items);
  const answer = await sent(visit, { method: 'GET', path: cardPath(visit.scene, wanted) }, 200);
  check(answer.body.includes(`UID:${cardUid(wanted)}\r\n`), 'GET gave another card');
};

/** Raises the number on a card that others edit, too: read, then written if nobody was faster. */
const edit: Step = async (visit) => {
  const shared = visit.draw(SHARED);
  const path = cardPath(visit.scene, FIRST_SHARED + shared);
  for (;;) {
    const current = await sent(visit, { method: 'GET', path }, 200);
    const count = Number(/edited (\d+) times/.exec(current.body.toString())?.[1]);
    const headers = { ...VCARD, 'if-match': current.headers.etag ?? '' };
    const put = { method: 'PUT', path, headers, body: card(FIRST_SHARED + shared, count + 1) };
    const answer = await sent(visit, put, 200, 201, 204, 412);
    if (answer.status === 412) continue;
    visit.edits[shared] = (visit.edits[shared] ?? 0) + 1;
    return;
  }
};

const comeAndGo: Step = async (visit) => {
  const number = 30_000_000 + visit.scene.added++;
  const path = cardPath(visit.scene, number);
  await sent(visit, { method: 'PUT', path, headers: { ...VCARD, 'if-none-match': '*' }, body: card(number) }, 201);
  await sent(visit, { method: 'DELETE', path }, 200, 204);
};

const synchronise: Step = async (visit) => {
  const path = visit.scene.server.book;
  const body = syncXml(visit.token);
  const answer = await sent(visit, { method: 'REPORT', path, headers: { ...XML, depth: '1' }, body }, 207);
  visit.token = tokenIn(answer.body) ?? visit.token;
};

const fetchTen: Step = async (visit) => {
  const body = multigetXml(visit.scene, visit.draw(visit.scene.items), 10);
  const call = { method: 'REPORT', path: visit.scene.server.book, headers: { ...XML, depth: '1' }, body };
  check(responses((await sent(visit, call, 207)).body) === 10, 'multiget left cards out');
};

/** Twenty steps as clients make them: most only look. */
const DAY: readonly Step[] = [
  ...Array.from({ length: 8 }, () => read),
  ...Array.from({ length: 6 }, () => synchronise),
  ...Array.from({ length: 3 }, () => edit),
  ...Array.from({ length: 2 }, () => comeAndGo),
  fetchTen,
];

async function visits(scene: Scene, limitMs: number): Promise<Timing> {
  const edits = new Uint32Array(SHARED);
  const times: number[] = [];
  return withClient(scene, CLIENTS, async (client) => {
    const put = (i: number) => ({ method: 'PUT', path: cardPath(scene, FIRST_SHARED + i), headers: VCARD });
    for (let i = 0; i < SHARED; i++) await client.send({ ...put(i), body: card(FIRST_SHARED + i, 0) }, 200, 201, 204);
    const token = await syncToken(client, scene.server.book);
    const started = performance.now();
    await timed(CLIENTS, CLIENTS, Number.POSITIVE_INFINITY, async (number) => {
      let state = number + 1;
      const draw = (below: number) => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return Math.floor((state / 2 ** 32) * below);
      };
      const visit: Visit = { scene, client, draw, edits, times, token };
      while (performance.now() - started < Math.min(SECONDS * 1000, limitMs * 3)) await DAY[draw(DAY.length)]!(visit);
    });
    const total = performance.now() - started;
    for (let i = 0; i < SHARED; i++) {
      const stored = await client.send({ method: 'GET', path: cardPath(scene, FIRST_SHARED + i) }, 200);
      const count = Number(/edited (\d+) times/.exec(stored.body.toString())?.[1]);
      check(
        count === edits[i],
        `${edits[i]} edits of a card were acknowledged, ${count} are there: an update was lost`,
      );
      await client.send({ method: 'DELETE', path: cardPath(scene, FIRST_SHARED + i) }, 200, 204);
    }
    return timingOf(times, total);
  });
}

export const MIXED_OPERATIONS: readonly Operation[] = [
  { name: `${CLIENTS} mixed clients, ${SECONDS} s`, unit: 'requests', run: visits },
];
