/** A client's copy of a book or a home, kept only by sync-collection reports (RFC 6578), and what it must equal. */
import { expect } from 'vitest';
import { child, childrenNamed, textOf } from '../../src/xml/element.ts';
import { dav } from '../../src/xml/names.ts';
import { type DavAnswer, type DavClient, foundText, syncTokenOf } from './dav-client.ts';
import { PREFIXES, propfindBody } from './dav-server.ts';

export interface Replica {
  readonly client: DavClient;
  readonly path: string;
  readonly level: '1' | 'infinite';
  /** Entity tags by href; collections stand in a home's copy with the tag they had. */
  readonly etags: Map<string, string>;
  token: string;
}

export function replicaOf(client: DavClient, path: string, level: Replica['level'] = '1'): Replica {
  return { client, path, level, etags: new Map(), token: '' };
}

/** Hrefs in the order of the answer, each with its status (200 for propstats) and entity tag. */
function told(answer: DavAnswer): { href: string; status: number; etag: string | undefined }[] {
  const responses = answer.responses();
  return childrenNamed(answer.xml(), dav('response')).map((element) => {
    const href = textOf(child(element, dav('href'))!);
    const status = child(element, dav('status'));
    const etag = foundText(responses.get(href), dav('getetag'));
    return { href, status: status ? Number(/ (\d{3})/.exec(textOf(status))![1]) : 200, etag };
  });
}

/** One report; true when there is more to ask. A refused token makes the copy start over. */
export async function syncStep(replica: Replica, limit?: number): Promise<boolean> {
  const { client, path, level, token, etags } = replica;
  const cut = limit === undefined ? '' : `<D:limit><D:nresults>${limit}</D:nresults></D:limit>`;
  const body = `<D:sync-collection ${PREFIXES}><D:sync-token>${token}</D:sync-token><D:sync-level>${level}</D:sync-level>${cut}<D:prop><D:getetag/></D:prop></D:sync-collection>`;
  const answer = await client('REPORT', path, body);
  if (answer.status === 403) {
    expect(answer.conditions()[0]).toBe(dav('valid-sync-token'));
    expect(token).not.toBe('');
    replica.token = '';
    etags.clear();
    return true;
  }
  expect(answer.status).toBe(207);
  let again = false;
  for (const { href, status, etag } of told(answer)) {
    if (href === path) again = status === 507;
    else if (status === 404) forget(etags, href);
    else etags.set(href, etag!);
  }
  replica.token = syncTokenOf(answer);
  return again;
}

/** A collection that is gone takes its members along (RFC 6578 §3.5.2). */
function forget(etags: Map<string, string>, href: string): void {
  for (const known of [...etags.keys()])
    if (known === href || (href.endsWith('/') && known.startsWith(href))) etags.delete(known);
}

/** Asks until nothing is left. */
export async function syncAll(replica: Replica, limit?: number): Promise<void> {
  for (let round = 0; await syncStep(replica, limit); round++) expect(round).toBeLessThan(400);
}

/** What PROPFIND lists: of a home its collections, at level infinite with their members. */
async function listed({ client, path, level }: Replica): Promise<Map<string, string>> {
  const below = async (collection: string) => {
    const headers = { depth: '1', prefer: 'depth-noroot' };
    const answer = await client('PROPFIND', collection, propfindBody('D:getetag'), headers);
    return [...answer.responses()].map(([href, response]) => [href, foundText(response, dav('getetag'))!] as const);
  };
  const direct = await below(path);
  const deep =
    level === '1' ? [] : await Promise.all(direct.filter(([href]) => href.endsWith('/')).map(([href]) => below(href)));
  return new Map([...direct, ...deep.flat()]);
}

/** The copy, fully synchronised, is what is there. */
export async function expectInStep(replica: Replica, limit?: number): Promise<void> {
  await syncAll(replica, limit);
  const sorted = (etags: ReadonlyMap<string, string>) => [...etags].sort(([a], [b]) => (a < b ? -1 : 1));
  expect(sorted(replica.etags)).toEqual(sorted(await listed(replica)));
}
