/** Two address books of one user on two servers that share a database, and clients of both, for tests of what happens at once. */
import { type ApiClient, ApiFailure, apiClient, basic } from '../support/api-client.ts';
import { type DavAnswer, type DavClient, davClient } from '../support/dav-client.ts';
import { aCard, PREFIXES, VCARD } from '../support/dav-server.ts';
import { aPerson, PASSWORD } from '../support/people.ts';
import type { TestServer } from '../support/server.ts';

export const MKBOOK = `<D:mkcol ${PREFIXES}><D:set><D:prop><D:resourcetype><D:collection/><CR:addressbook/></D:resourcetype></D:prop></D:set></D:mkcol>`;
/** Names of cards that all clients use. */
export const CARDS = ['a', 'b', 'c', 'd', 'e'] as const;

export interface Scene {
  readonly servers: readonly TestServer[];
  readonly home: string;
  /** Paths of the two books. */
  readonly books: readonly [string, string];
  /** Clients of the servers in turn. */
  client(at: number): RaceClient;
  /** Marks of writes that were acknowledged. */
  readonly acknowledged: Set<string>;
  /** What should not have been answered; one line each. */
  readonly faults: string[];
  mark(): string;
}

/** One program or device of the user. */
export interface RaceClient {
  readonly dav: DavClient;
  readonly api: ApiClient;
}

/** A user of an organisation of its own, with five cards in the first of two books. */
export async function newScene(servers: readonly TestServer[]): Promise<Scene> {
  const { name } = await aPerson(servers[0]!);
  const clients = servers.map(({ url }) => ({
    dav: davClient(url, { name, password: PASSWORD }),
    api: apiClient(url, basic(name, PASSWORD)),
  }));
  const home = `/dav/addressbooks/${name}/`;
  const books = [`${home}one/`, `${home}two/`] as const;
  let marks = 0;
  const faults: string[] = [];
  const scene: Scene = {
    servers,
    home,
    books,
    client: (at) => clients[at % clients.length]!,
    acknowledged: new Set(),
    faults,
    mark: () => `mark-${++marks}-`,
  };
  for (const book of books) await send(scene, clients[0]!, [201], 'MKCOL', book, MKBOOK);
  for (const card of CARDS)
    await send(scene, clients[0]!, [201], 'PUT', `${books[0]}${card}.vcf`, personCard(card), VCARD);
  return scene;
}

/** A card of the person that the name stands for, with lines that only this client wrote. */
export const personCard = (card: string, ...marks: readonly string[]): string =>
  aCard(
    `uid-${card}`,
    `Person ${card.toUpperCase()}`,
    `EMAIL:${card}@example.org`,
    ...marks.map((mark) => `X-MARK:${mark}`),
  );

/** Sends a request; an answer with none of these statuses is a fault. */
export async function send(
  scene: Scene,
  { dav }: Pick<RaceClient, 'dav'>,
  statuses: readonly number[],
  ...[method, path, body, headers]: Parameters<DavClient>
): Promise<DavAnswer> {
  const answer = await dav(method, path, body, headers);
  if (!statuses.includes(answer.status))
    scene.faults.push(`${method} ${path} ${JSON.stringify(headers)}: ${answer.status} ${answer.text.slice(-250)}`);
  return answer;
}

/** The answer of an operation, or undefined where it was refused for what others did meanwhile; a 5xx is a fault. */
export async function unlessRefused<T>(scene: Scene, call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    if (error.status >= 500 || ![403, 404, 409, 412, 423].includes(error.status)) scene.faults.push(error.message);
    return undefined;
  }
}
