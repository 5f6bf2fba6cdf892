/** A user at work on a server that may die: edits, imports, merges, undos, searches; and what must hold afterwards. */
import { type ApiClient, ApiFailure, apiClient, basic } from '../support/api-client.ts';
import { type DavClient, davClient } from '../support/dav-client.ts';
import { aCard, PREFIXES, VCARD } from '../support/dav-server.ts';
import { replay } from './crash-checks.ts';
import { type Ledger, sending } from './crash-model.ts';

export const USER = { name: 'zoe', password: 'correct horse battery' };
const HOME = `/dav/addressbooks/${USER.name}/`;
export const EDITED = `${HOME}contacts/`;

/** A client's copy of a book by sync-collection. */
export interface Replica {
  readonly book: string;
  token: string;
  readonly etags: Map<string, string>;
}

/** Two cards of one person, and how far they came: each stage is a promise once it was acknowledged. */
export interface Couple {
  readonly names: readonly [string, string];
  readonly cards: readonly [string, string];
  stage: number;
  sent: number;
}
/** What `stage` and `sent` count. */
export const STAGES = ['nothing', 'first card', 'both cards', 'merged', 'undone'] as const;

export interface World {
  readonly edited: Ledger;
  readonly imported: Ledger;
  couples: Couple[];
  /** Cards of one book that is taken back to a moment as a whole: as they were then, and as they were afterwards. */
  restored: { readonly before: Map<string, string>; readonly after: Map<string, string> };
  replicas: Replica[];
  round: number;
  /** Between `restored.before` and `restored.after`. */
  moment: string;
}

export const newWorld = (): World => ({
  edited: new Map(),
  imported: new Map(),
  couples: [],
  restored: { before: new Map(), after: new Map() },
  replicas: [{ book: EDITED, token: '', etags: new Map() }],
  round: 0,
  moment: '',
});

export interface Clients {
  readonly api: ApiClient;
  readonly dav: DavClient;
}

export const clientsOf = (url: string): Clients => ({
  api: apiClient(url, basic(USER.name, USER.password)),
  dav: davClient(url, USER),
});

export const peopleOf = (world: World) => `${HOME}people-${world.round}/`;
export const restoredOf = (world: World) => `${HOME}restored-${world.round}/`;
export const importsOf = (world: World) => `${HOME}imports-${world.round}/`;
const MKCOL = `<D:mkcol ${PREFIXES}><D:set><D:prop><D:resourcetype><D:collection/><CR:addressbook/></D:resourcetype></D:prop></D:set></D:mkcol>`;

/** Makes the books of a round, on a server that is not about to die; those of the round before are deleted. */
export async function prepare(world: World, { dav }: Clients): Promise<void> {
  const books = () => [peopleOf(world), importsOf(world), restoredOf(world)];
  for (const book of books()) await dav('DELETE', book);
  world.round++;
  world.imported.clear();
  world.couples = [];
  for (const book of books()) await acknowledged(dav('MKCOL', book, MKCOL), 201);
  await fill(world, dav);
  const fresh: Replica = { book: peopleOf(world), token: '', etags: new Map() };
  world.replicas = [world.replicas[0]!, fresh];
  for (const replica of world.replicas) await replay(replica, dav);
}

const RESTORED = 12;

/** Cards that are all changed once: between the two lies the moment to which `restorer` takes them back. */
async function fill(world: World, dav: DavClient): Promise<void> {
  const { before, after } = world.restored;
  for (const [cards, word] of [
    [before, 'Before'],
    [after, 'After'],
  ] as const) {
    cards.clear();
    for (let i = 0; i < RESTORED; i++)
      cards.set(`${restoredOf(world)}${i}.vcf`, aCard(`restored-${i}`, `${word} ${i}`));
    for (const [path, card] of cards) await acknowledged(dav('PUT', path, card, VCARD), 201, 204);
    if (cards === before) world.moment = new Date().toISOString();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Takes the book back to before, and by the history of that to after, over and over: each time all of it or nothing. */
async function restorer(world: World, { api }: Clients): Promise<void> {
  const { items } = await api.call('listCollections');
  const { id } = items.find(({ path }) => path === restoredOf(world))!;
  const later = new Date(Date.now() - 1).toISOString();
  for (let i = 0; ; i++) {
    const body = { moment: i % 2 === 0 ? world.moment : later, dryRun: false };
    await api.call('restoreCollection', { parameters: { id }, body });
  }
}

/** Works until the server no longer answers; never rejects. */
export async function work(world: World, clients: Clients): Promise<void> {
  const kinds = [
    editor(world, clients, 0),
    editor(world, clients, 1),
    importer(world, clients),
    merger(world, clients),
    restorer(world, clients),
  ];
  await Promise.all([...kinds, searcher(clients)].map((each) => each.catch(() => {})));
}

/** Throws for whatever is no acknowledgement. */
async function acknowledged(answer: ReturnType<DavClient>, ...statuses: number[]): Promise<void> {
  const { status } = await answer;
  if (!statuses.includes(status)) throw new Error(`answered ${status}`);
}

async function editor({ edited, round }: World, { dav }: Clients, who: number): Promise<void> {
  for (let i = 0; ; i++) {
    const path = `${EDITED}${who}-${i % 7}.vcf`;
    const gone = i % 5 === 4;
    const card = gone ? undefined : aCard(`${who}-${i % 7}`, `Round ${round} edit ${i}`);
    const note = sending(edited, path, card);
    if (gone) await acknowledged(dav('DELETE', path), 204, 404);
    else await acknowledged(dav('PUT', path, card, VCARD), 201, 204);
    note();
  }
}

const IMPORTED = 30;

async function importer(world: World, { api }: Clients): Promise<void> {
  const { items } = await api.call('listCollections');
  const book = items.find(({ path }) => path === importsOf(world))!;
  const cards = Array.from({ length: IMPORTED }, (_, i) => aCard(`import-${world.round}-${i}`, `Imported ${i}`));
  const notes = cards.map((card, i) => sending(world.imported, `import-${world.round}-${i}`, card));
  const headers = { 'Content-Type': 'text/vcard' };
  await api.call('importObjects', { parameters: { id: book.id }, raw: cards.join(''), headers });
  for (const note of notes) note();
}

async function merger(world: World, { api, dav }: Clients): Promise<void> {
  const { couples, round } = world;
  const people = peopleOf(world);
  const collectionId = (await api.call('listCollections')).items.find(({ path }) => path === people)!.id;
  for (let i = 0; i < 6; i++) {
    const names = [`${round}-${i}-a.vcf`, `${round}-${i}-b.vcf`] as const;
    const cards = ['A', 'B'].map((part) =>
      aCard(`${round}-${i}-${part}`, `Person ${round} ${i}`, `EMAIL:${part}${round}.${i}@example.org`),
    ) as [string, string];
    const couple: Couple = { names, cards, stage: 0, sent: 0 };
    couples.push(couple);
    for (const at of [0, 1] as const) {
      couple.sent = at + 1;
      await acknowledged(dav('PUT', people + names[at], cards[at], VCARD), 201);
      couple.stage = at + 1;
    }
    const found = (await api.call('listCards', { query: { collectionId, limit: 200 } })).items;
    const [a, b] = names.map((name) => found.find((each) => each.name === name));
    if (!a || !b) continue;
    couple.sent = 3;
    const body = { referenceId: a.id, memberIds: [b.id], etags: { [a.id]: a.etag, [b.id]: b.etag } };
    const { merge } = await api.call('mergeCards', { body });
    couple.stage = 3;
    if (i % 2 === 0) continue;
    couple.sent = 4;
    await api.call('undoMerge', { parameters: { id: merge.id }, body: {} });
    couple.stage = 4;
  }
}

async function searcher({ api }: Clients): Promise<void> {
  for (;;) {
    await api.call('startRun').catch((error: unknown) => {
      if (!(error instanceof ApiFailure) || error.status >= 500) throw error;
    });
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}
