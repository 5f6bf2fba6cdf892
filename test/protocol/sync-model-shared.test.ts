/** Replaying sync reports equals what is there also where books are shared, moved between homes, merged, restored and held back (RFC 6578, RFC 5842). */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { AppError } from '../../src/base/errors.ts';
import { mergeStoredCards } from '../../src/commands/merge-cards.ts';
import { listEntries } from '../../src/store/objects.ts';
import { type ApiClient, ApiFailure, apiClient, basic } from '../support/api-client.ts';
import { type DavClient, davClient } from '../support/dav-client.ts';
import { aCard, PREFIXES, VCARD } from '../support/dav-server.ts';
import { aDevice, aPerson, PASSWORD, type Person } from '../support/people.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { expectInStep, type Replica, replicaOf, syncStep } from '../support/sync-replica.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ limits: { brake: { objects: 2, percent: 30, minutes: 10 } } });
});
afterAll(() => server.stop());

/** Two people in one organisation, each with a phone; the first also with a program that looks into one home alone. */
interface Scene {
  readonly people: readonly [Person, Person];
  readonly apis: readonly [ApiClient, ApiClient];
  readonly phones: readonly [DavClient, DavClient];
  readonly agent: DavClient;
  /** A moment to which books are taken back. */
  moment: string;
}

const home = ({ name }: Person) => `/dav/addressbooks/${name}/`;
const bookOf = ({ people }: Scene, owner: number) => `${home(people[owner]!)}contacts/`;

async function aScene(): Promise<Scene> {
  const ann = await aPerson(server);
  const bob = await aPerson(server, { organisationId: ann.organisationId });
  const people = [ann, bob] as const;
  const devices = await Promise.all(people.map((person) => aDevice(server, person)));
  const phones = people.map(({ name }, i) => davClient(server.url, { name, password: devices[i]! }));
  const apis = people.map(({ name }) => apiClient(server.url, basic(name, PASSWORD)));
  const own = phones[0]!;
  const send: DavClient = Object.assign(
    (...[method, path, body, headers]: Parameters<DavClient>) =>
      own(method, path, body, { 'user-agent': 'iOS/18.5 (22F76) dataaccessd/1.0', ...headers }),
    { url: own.url },
  );
  const moment = new Date(server.clock.now()).toISOString();
  const scene: Scene = { people, apis: apis as never, phones: phones as never, agent: send, moment };
  for (const owner of [0, 1])
    for (const name of [0, 1, 2, 3]) await STEPS.put(scene, { kind: 'put', owner, name, version: 0 });
  await STEPS.share(scene, { kind: 'share', owner: 1, name: 0, version: 1 });
  return scene;
}

interface Step {
  readonly kind: keyof typeof STEPS;
  readonly owner: number;
  readonly name: number;
  readonly version: number;
}

/** What may be refused (a name that is gone, a right that was taken back) changes nothing then. */
async function unlessRefused(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof AppError || error instanceof ApiFailure)) throw error;
  }
}

const idOfBook = async ({ apis }: Scene, owner: number) =>
  (await apis[owner]!.call('listCollections')).items.find(
    ({ kind, name }) => kind === 'addressbook' && name === 'contacts',
  )!.id;

const MKBOOK = `<D:mkcol ${PREFIXES}><D:set><D:prop><D:resourcetype><D:collection/><CR:addressbook/></D:resourcetype></D:prop></D:set></D:mkcol>`;
const RENAMED = (name: number) =>
  `<D:propertyupdate ${PREFIXES}><D:set><D:prop><D:displayname>Book ${name}</D:displayname></D:prop></D:set></D:propertyupdate>`;

const STEPS = {
  put: (scene: Scene, { owner, name, version }: Step) =>
    scene.phones[owner]!(
      'PUT',
      `${bookOf(scene, owner)}${name}.vcf`,
      aCard(`uid-${owner}-${name}`, `V${version}`),
      VCARD,
    ),
  delete: (scene: Scene, { owner, name }: Step) => scene.phones[owner]!('DELETE', `${bookOf(scene, owner)}${name}.vcf`),
  deleteMany: async (scene: Scene, { owner }: Step) => {
    for (let name = 0; name < 6; name++) await scene.phones[owner]!('DELETE', `${bookOf(scene, owner)}${name}.vcf`);
  },
  /** To the home of the other, and back from there, by whoever may. */
  move: (scene: Scene, { owner, name }: Step) => {
    const destination = `${bookOf(scene, 1 - owner)}${name % 2 ? name : `${name}-moved`}.vcf`;
    return scene.phones[0]!('MOVE', `${bookOf(scene, owner)}${name}.vcf`, undefined, { destination });
  },
  moveBound: (scene: Scene, { name }: Step) => {
    const bound = `${home(scene.people[0])}~${scene.people[1].name}~contacts/`;
    const destination = `${bookOf(scene, 0)}${name}-b.vcf`;
    return scene.agent('MOVE', `${bound}${name}.vcf`, undefined, { destination });
  },
  copy: (scene: Scene, { owner, name, version }: Step) => {
    const destination = `${home(scene.people[owner]!)}other/${version}.vcf`;
    return scene.phones[owner]!('COPY', `${bookOf(scene, owner)}${name}.vcf`, undefined, { destination });
  },
  otherBook: (scene: Scene, { owner, version }: Step) => {
    const path = `${home(scene.people[owner]!)}other/`;
    return scene.phones[owner]!(version % 2 ? 'DELETE' : 'MKCOL', path, version % 2 ? undefined : MKBOOK);
  },
  restoreOther: async (scene: Scene, { owner }: Step) => {
    const { items } = await scene.apis[owner]!.call('listDeletedCollections');
    const [last] = items;
    if (last)
      await unlessRefused(
        scene.apis[owner]!.call('restoreDeletedCollection', { parameters: { id: last.id }, body: {} }),
      );
  },
  rename: (scene: Scene, { owner, version }: Step) =>
    scene.phones[owner]!('PROPPATCH', bookOf(scene, owner), RENAMED(version)),
  share: async (scene: Scene, { version }: Step) => {
    const may = (['read', 'write', 'nothing', 'write'] as const)[version]!;
    const id = await idOfBook(scene, 1);
    await scene.apis[1].call('shareCollection', { parameters: { id }, body: { name: scene.people[0].name, may } });
  },
  merge: async (scene: Scene, { owner }: Step) => {
    const person = scene.people[owner]!;
    const collectionId = await idOfBook(scene, owner);
    const entries = await listEntries(server.context.db, person.organisationId, collectionId);
    const [referenceId, ...rest] = entries.map((entry) => entry.object_id);
    if (!referenceId || rest.length === 0) return;
    const request = { referenceId, memberIds: rest.slice(0, 2), choices: {} };
    await unlessRefused(mergeStoredCards(server.context, { ...person, role: 'member' }, request));
  },
  undo: async ({ apis }: Scene, { owner }: Step) => {
    const [merge] = (await apis[owner]!.call('listMerges')).items;
    if (merge) await unlessRefused(apis[owner]!.call('undoMerge', { parameters: { id: merge.id }, body: {} }));
  },
  restoreDeleted: async (scene: Scene, { owner }: Step) => {
    const id = await idOfBook(scene, owner);
    const [gone] = (await scene.apis[owner]!.call('listDeleted', { parameters: { id } })).items;
    if (gone) await unlessRefused(scene.apis[owner]!.call('restoreVersion', { parameters: { id, seq: gone.seq } }));
  },
  mark: async (scene: Scene) => {
    server.clock.advance(1000);
    scene.moment = new Date(server.clock.now()).toISOString();
    server.clock.advance(1000);
  },
  takeBack: async (scene: Scene, { owner }: Step) => {
    const id = await idOfBook(scene, owner);
    const body = { moment: scene.moment, dryRun: false };
    await unlessRefused(scene.apis[owner]!.call('restoreCollection', { parameters: { id }, body }));
  },
  settle: async ({ apis }: Scene, { owner, version }: Step) => {
    const [held] = (await apis[owner]!.call('listHeldDeletions')).items;
    const settle = version % 2 ? ('confirmDeletions' as const) : ('discardDeletions' as const);
    if (held) await unlessRefused(apis[owner]!.call(settle, { parameters: { id: held.id } }));
  },
  wait: async () => server.clock.advance(11 * 60_000),
};

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.oneof(
    { weight: 8, arbitrary: fc.constant('put' as const) },
    { weight: 4, arbitrary: fc.constantFrom('move', 'moveBound', 'share', 'merge') },
    { weight: 9, arbitrary: fc.constantFrom(...(Object.keys(STEPS) as (keyof typeof STEPS)[])) },
  ) as fc.Arbitrary<Step['kind']>,
  owner: fc.nat({ max: 1 }),
  name: fc.nat({ max: 3 }),
  version: fc.nat({ max: 3 }),
});
const sync = fc.record({
  reader: fc.nat({ max: 5 }),
  limit: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
});

describe('sync-collection of shared books', () => {
  it('replayed in any order of changes by several people equals books and homes (RFC 6578 §3)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof({ weight: 3, arbitrary: step }, { weight: 1, arbitrary: sync }), {
          minLength: 8,
          maxLength: 40,
        }),
        async (steps) => {
          const scene = await aScene();
          const [annHome, bobHome] = scene.people.map(home) as [string, string];
          const readers: Replica[] = [
            replicaOf(scene.phones[0], bookOf(scene, 0)),
            replicaOf(scene.phones[1], bookOf(scene, 1)),
            replicaOf(scene.agent, annHome, 'infinite'),
            replicaOf(scene.agent, annHome),
            replicaOf(scene.phones[0], annHome, 'infinite'),
            replicaOf(scene.phones[1], bobHome, 'infinite'),
          ];
          for (const each of steps) {
            if ('reader' in each) await syncStep(readers[each.reader]!, each.limit);
            else await STEPS[each.kind](scene, each);
          }
          for (const [index, reader] of readers.entries()) await expectInStep(reader, 1 + (index % 3));
        },
      ),
      { numRuns: 10 },
    );
  }, 900_000);
});
