/** What must hold on a server that was killed and is there again: nothing acknowledged is lost, nothing is half done, tokens replay. */
import { sql } from 'kysely';
import type { Db } from '../../src/store/database.ts';
import { dav } from '../../src/xml/names.ts';
import { type DavClient, foundText, syncTokenOf } from '../support/dav-client.ts';
import { PREFIXES, propfindBody } from '../support/dav-server.ts';
import { settle } from './crash-model.ts';
import {
  type Clients,
  type Couple,
  EDITED,
  importsOf,
  peopleOf,
  type Replica,
  restoredOf,
  STAGES,
  type World,
} from './crash-world.ts';

/** Everything at once; one line for each fault. */
export async function faultsOf(world: World, { api, dav: send }: Clients, db: Db): Promise<string[]> {
  const imported = await contentsOf(send, importsOf(world), (text) => /^UID:(.*)\r$/m.exec(text)![1]!);
  const half = [...imported.keys()].length;
  const faults = [
    ...settle(world.edited, await contentsOf(send, EDITED)),
    ...settle(world.imported, imported),
    ...(half === 0 || half === world.imported.size ? [] : [`${half} of ${world.imported.size} cards imported`]),
    ...couplesTorn(world.couples, await contentsOf(send, peopleOf(world)), peopleOf(world)),
    ...(await schemaFaults(db)),
    ...halfRestored(world, await contentsOf(send, restoredOf(world))),
  ];
  for (const replica of world.replicas) {
    await replay(replica, send);
    const listed = await listing(send, replica.book);
    if (JSON.stringify(sorted(replica.etags)) !== JSON.stringify(sorted(listed)))
      faults.push(`${replica.book}: replayed changes are not the book`);
  }
  if (!(await searchEnds(api, db))) faults.push('a search does not end');
  return faults;
}

/** A search that died with its process is given up after ten silent minutes, which pass here at once. */
async function searchEnds(api: Clients['api'], db: Db): Promise<boolean> {
  await sql`update run set heartbeat_at = heartbeat_at - interval '11 minutes' where state = 'running'`.execute(db);
  const run = await api.call('startRun');
  for (let waited = 0; waited < 1200; waited++) {
    if ((await api.call('showRun', { parameters: { id: run.id } })).state === 'done') return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

const sorted = (etags: ReadonlyMap<string, string>) => [...etags].sort(([a], [b]) => (a < b ? -1 : 1));

async function listing(send: DavClient, book: string): Promise<Map<string, string>> {
  const answer = await send('PROPFIND', book, propfindBody('D:getetag'), { depth: '1', prefer: 'depth-noroot' });
  return new Map([...answer.responses()].map(([href, found]) => [href, foundText(found, dav('getetag'))!]));
}

/** Octets of all objects of a book by path, or by what `key` makes of them. */
async function contentsOf(send: DavClient, book: string, key?: (text: string) => string): Promise<Map<string, string>> {
  const contents = new Map<string, string>();
  for (const href of (await listing(send, book)).keys()) {
    const { text } = await send('GET', href);
    contents.set(key?.(text) ?? href, text);
  }
  return contents;
}

/** Brings a replica up to date by its token; a refused one is a fault, since nothing was pruned. */
export async function replay(replica: Replica, send: DavClient): Promise<void> {
  const body = `<D:sync-collection ${PREFIXES}><D:sync-token>${replica.token}</D:sync-token><D:sync-level>1</D:sync-level><D:prop><D:getetag/></D:prop></D:sync-collection>`;
  const answer = await send('REPORT', replica.book, body);
  if (answer.status !== 207)
    throw new Error(`${replica.book}: the token ${replica.token} was answered ${answer.status}`);
  for (const [href, found] of answer.responses()) {
    if (found.status === 404) replica.etags.delete(href);
    else replica.etags.set(href, foundText(found, dav('getetag'))!);
  }
  replica.token = syncTokenOf(answer);
}

/** The stage that two cards are at, read from what is there; undefined: a mixture that no step leaves behind. */
function stageOf({ names, cards, sent }: Couple, there: ReadonlyMap<string, string>, book: string): number | undefined {
  const [a, b] = names.map((name) => there.get(book + name));
  const email = /EMAIL:(.*)\r/.exec(cards[1])![1]!;
  if (a === undefined) return b === undefined ? 0 : undefined;
  if (b === undefined) return a === cards[0] ? 1 : a.includes(email) ? 3 : undefined;
  if (a !== cards[0] || b !== cards[1]) return undefined;
  return sent >= 4 ? 4 : 2;
}

function couplesTorn(couples: readonly Couple[], there: ReadonlyMap<string, string>, book: string): string[] {
  return couples.flatMap((couple) => {
    const found = stageOf(couple, there, book);
    // two whole cards are also what an undo that has not begun would find before its merge
    const allowed = found !== undefined && (found === couple.stage || found === couple.sent);
    if (allowed) return [];
    const name = (stage: number | undefined) => (stage === undefined ? 'torn' : STAGES[stage]);
    return [`${couple.names[0]}: ${name(found)}, acknowledged ${name(couple.stage)}, sent ${name(couple.sent)}`];
  });
}

function halfRestored({ restored: { before, after } }: World, there: ReadonlyMap<string, string>): string[] {
  const is = (cards: ReadonlyMap<string, string>) =>
    cards.size === there.size && [...cards].every(([path, card]) => there.get(path) === card);
  return is(before) || is(after) ? [] : ['a book that was taken back is partly as it was and partly as it is'];
}

/** What no transaction may ever leave in the database. */
const INVARIANTS: readonly { readonly what: string; readonly query: ReturnType<typeof sql<{ name: string }>> }[] = [
  {
    what: 'newer than its collection’s token',
    query: sql`select o.name from object o join collection c using (organisation_id, collection_id) where o.seq > c.sync_token`,
  },
  {
    what: 'not alone with its number in the change log',
    query: sql`select min(name) as name from (select collection_id, seq, name from object union all
      select collection_id, seq, name from tombstone) as logged group by collection_id, seq having count(*) > 1`,
  },
  {
    what: 'there and deleted at once',
    query: sql`select o.name from object o join tombstone t using (organisation_id, collection_id, name)`,
  },
  {
    what: 'a card that the engine does not know',
    query: sql`select o.name from object o left join record r using (organisation_id, object_id)
      where o.component = 'VCARD' and r.object_id is null and position('KIND:group'::bytea in o.body) = 0`,
  },
  {
    what: 'a standing merge whose sources are still there',
    query: sql`select s.name from merge m join merge_object s using (organisation_id, merge_id)
      join object o on o.organisation_id = s.organisation_id and o.object_id = s.object_id
      where m.undone_at is null and s.role = 'source'`,
  },
  {
    what: 'in the bin without a deleted collection',
    query: sql`select v.name from object_version v left join deleted_collection d
      on d.organisation_id = v.organisation_id and d.collection_id = v.collection_id
      where v.deletion_id is not null and d.collection_id is null`,
  },
];

/** One line for each row that breaks one of these. */
export async function schemaFaults(db: Db): Promise<string[]> {
  const faults: string[] = [];
  for (const { what, query } of INVARIANTS) {
    const { rows } = await query.execute(db);
    for (const { name } of rows) faults.push(`${name}: ${what}`);
  }
  return faults;
}
