/** What clients do at once, one function each: some lose no line of a card, some rely on locks, some overwrite and delete. */
import type { DavAnswer } from '../support/dav-client.ts';
import { VCARD } from '../support/dav-server.ts';
import { CARDS, MKBOOK, personCard, type RaceClient, type Scene, send, unlessRefused } from './scene.ts';

export interface Deed {
  readonly kind: Keeping | Locking | Wild;
  readonly card: number;
  readonly other: number;
  readonly book: 0 | 1;
}
type Work = (scene: Scene, client: RaceClient, deed: Deed) => Promise<unknown>;

const pathOf = ({ books }: Scene, { card, book }: Deed) => `${books[book]}${CARDS[card]}.vcf`;
const done = (answer: DavAnswer) => answer.status < 300;

/** Adds a line to what the card holds and puts it back, if nobody else did meanwhile. */
async function addLine(
  scene: Scene,
  client: RaceClient,
  path: string,
  headers: Record<string, string> = {},
): Promise<void> {
  const found = await send(scene, client, [200, 404], 'GET', path);
  if (!done(found)) return;
  const mark = scene.mark();
  const text = found.text.replace('END:VCARD', `X-MARK:${mark}\r\nEND:VCARD`);
  const condition = 'if' in headers ? headers : { 'if-match': found.headers.etag! };
  const put = await send(scene, client, [204, 404, 409, 412, 423], 'PUT', path, text, { ...VCARD, ...condition });
  if (done(put)) scene.acknowledged.add(mark);
}

async function addNew(scene: Scene, client: RaceClient, { card, other, book }: Deed): Promise<void> {
  const mark = scene.mark();
  const path = `${scene.books[book]}new-${card}-${other}.vcf`;
  const text = personCard(`new-${card}-${other}`, mark);
  const put = await send(scene, client, [201, 404, 409, 412], 'PUT', path, text, { ...VCARD, 'if-none-match': '*' });
  if (done(put)) scene.acknowledged.add(mark);
}

async function move(scene: Scene, client: RaceClient, deed: Deed, overwrite: 'T' | 'F', name = CARDS[deed.card]!) {
  const destination = `${scene.books[deed.book === 0 ? 1 : 0]}${name}.vcf`;
  await send(scene, client, [201, 204, 404, 409, 412, 423], 'MOVE', pathOf(scene, deed), undefined, {
    destination,
    overwrite,
  });
}

async function copy(scene: Scene, client: RaceClient, deed: Deed, overwrite: 'T' | 'F'): Promise<void> {
  const destination = `${scene.books[deed.book === 0 ? 1 : 0]}${CARDS[deed.other]}.vcf`;
  await send(scene, client, [201, 204, 403, 404, 409, 412, 423], 'COPY', pathOf(scene, deed), undefined, {
    destination,
    overwrite,
  });
}

async function bookIds({ books }: Scene, { api }: RaceClient): Promise<(string | undefined)[]> {
  const { items } = await api.call('listCollections');
  return books.map((path) => items.find((each) => each.path === path)?.id);
}

async function merge(scene: Scene, client: RaceClient, { card, other }: Deed): Promise<void> {
  const { items } = await client.api.call('listCards', { query: { limit: 200 } });
  const reference = items[card % Math.max(1, items.length)];
  const source = items[(card + 1 + other) % Math.max(1, items.length)];
  if (!reference || !source || reference.id === source.id) return;
  const wish = { referenceId: reference.id, memberIds: [source.id] };
  const preview = await unlessRefused(scene, client.api.call('previewMerge', { body: wish }));
  if (preview) await unlessRefused(scene, client.api.call('mergeCards', { body: { ...wish, etags: preview.etags } }));
}

async function undo(scene: Scene, { api }: RaceClient, { card }: Deed): Promise<void> {
  const { items } = await api.call('listMerges');
  const chosen = items.filter(({ undoneAt }) => !undoneAt).at(card % Math.max(1, items.length));
  if (chosen)
    await unlessRefused(
      scene,
      api.call('undoMerge', { parameters: { id: chosen.id }, body: { onConflict: 'keep-edits' } }),
    );
}

async function importTwo(scene: Scene, client: RaceClient, { card, other, book }: Deed, policy: 'skip' | 'replace') {
  const id = (await bookIds(scene, client))[book];
  if (!id) return;
  // what replaces is what the others write at the same time; what only adds has UIDs of its own
  const theirs = [...new Set([CARDS[card]!, CARDS[other]!])];
  const marks = theirs.map(scene.mark);
  const names = policy === 'replace' ? theirs : marks;
  const raw = names.map((name, at) => personCard(name, marks[at]!)).join('');
  const call = client.api.call('importObjects', {
    parameters: { id },
    query: { policy },
    raw,
    headers: { 'Content-Type': 'text/vcard' },
  });
  const report = await unlessRefused(scene, call);
  if (!report) return;
  const left = new Set(
    [...report.refused, ...report.known.filter(({ reason }) => reason !== 'same-content')].map(({ index }) => index),
  );
  for (const [at, mark] of marks.entries()) if (!left.has(at + 1)) scene.acknowledged.add(mark);
}

async function withLock(scene: Scene, client: RaceClient, deed: Deed): Promise<void> {
  const path = pathOf(scene, deed);
  const body =
    '<D:lockinfo xmlns:D="DAV:"><D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype></D:lockinfo>';
  const taken = await send(scene, client, [200, 403, 404, 423], 'LOCK', path, body, { timeout: 'Second-600' });
  if (!done(taken)) return;
  const token = taken.headers['lock-token']!;
  // no If-Match: whoever holds the lock relies on it
  await addLine(scene, client, path, { if: `<${scene.books[deed.book]}${CARDS[deed.card]}.vcf> (${token})` });
  await send(scene, client, [204, 404, 409], 'UNLOCK', path, undefined, { 'lock-token': token });
}

async function overwrite(scene: Scene, client: RaceClient, deed: Deed): Promise<void> {
  const mark = scene.mark();
  const text = personCard(CARDS[deed.card]!, mark);
  const put = await send(scene, client, [201, 204, 404, 409, 423], 'PUT', pathOf(scene, deed), text, VCARD);
  if (done(put)) scene.acknowledged.add(mark);
}

async function restoreMoment(scene: Scene, client: RaceClient, { card, book }: Deed): Promise<void> {
  const id = (await bookIds(scene, client))[book];
  const moment = new Date(scene.servers[0]!.clock.now() - 1 - card * 40).toISOString();
  if (id)
    await unlessRefused(
      scene,
      client.api.call('restoreCollection', { parameters: { id }, body: { moment, dryRun: false } }),
    );
}

async function restoreOne(scene: Scene, client: RaceClient, { card, book }: Deed): Promise<void> {
  const id = (await bookIds(scene, client))[book];
  if (!id) return;
  const bin = await unlessRefused(scene, client.api.call('listDeleted', { parameters: { id } }));
  const chosen = bin?.items[card % Math.max(1, bin.items.length)];
  if (chosen)
    await unlessRefused(
      scene,
      client.api.call('restoreVersion', { parameters: { id, seq: String(chosen.seq) as never } }),
    );
}

/** Takes the second book away, or brings one back. The first one stays, so that its readers have something to read. */
async function removeBook(scene: Scene, client: RaceClient): Promise<void> {
  await send(scene, client, [204, 404, 423], 'DELETE', scene.books[1]);
}

async function bringBook(scene: Scene, client: RaceClient): Promise<void> {
  const { items } = await client.api.call('listDeletedCollections');
  const id = items[0]?.id;
  if (id) await unlessRefused(scene, client.api.call('restoreDeletedCollection', { parameters: { id }, body: {} }));
  else await send(scene, client, [201, 405, 409], 'MKCOL', scene.books[1], MKBOOK);
}

export const KEEPING = {
  addLine: (scene, client, deed) => addLine(scene, client, pathOf(scene, deed)),
  addNew,
  move: (scene, client, deed) => move(scene, client, deed, 'F'),
  copy: (scene, client, deed) => copy(scene, client, deed, 'F'),
  merge,
  undo,
  importNew: (scene, client, deed) => importTwo(scene, client, deed, 'skip'),
} as const satisfies Record<string, Work>;

export const WILD = {
  overwrite,
  delete: (scene, client, deed) => send(scene, client, [204, 404, 423], 'DELETE', pathOf(scene, deed)),
  moveOver: (scene, client, deed) => move(scene, client, deed, 'T', CARDS[deed.other]!),
  copyOver: (scene, client, deed) => copy(scene, client, deed, 'T'),
  importOver: (scene, client, deed) => importTwo(scene, client, deed, 'replace'),
  restoreMoment,
  restoreOne,
  removeBook,
  bringBook,
} as const satisfies Record<string, Work>;

export const LOCKING = {
  withLock,
  addLine: KEEPING.addLine,
  move: KEEPING.move,
  copy: KEEPING.copy,
  merge,
  undo,
} as const satisfies Record<string, Work>;

export type Locking = keyof typeof LOCKING;
export type Keeping = keyof typeof KEEPING;
export type Wild = keyof typeof WILD;
const DEEDS: Readonly<Record<Deed['kind'], Work>> = { ...KEEPING, ...LOCKING, ...WILD };

export const perform = (scene: Scene, client: RaceClient, deed: Deed): Promise<unknown> =>
  DEEDS[deed.kind](scene, client, deed);
