/** A backup moves everything to another major version of Postgres and back: how the embedded one is upgraded. */

import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { restoreBackup, writeBackup } from '../../src/commands/backup.ts';
import { openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { checkServer } from '../../src/store/server-version.ts';
import { apiClient, basic } from '../support/api-client.ts';
import { mergeNow } from '../support/api-person.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { davClient } from '../support/dav-client.ts';
import { aCard, VCARD } from '../support/dav-server.ts';
import {
  type DebianPostgres,
  majorOfDebian,
  missingPostgres,
  startDebianPostgres,
} from '../support/debian-postgres.ts';
import { aPerson, PASSWORD, type Person } from '../support/people.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { expectInStep, type Replica, replicaOf, syncAll } from '../support/sync-replica.ts';

async function backupOf({ context }: TestServer): Promise<Buffer> {
  const target = new PassThrough();
  const whole = buffer(target);
  await writeBackup(context, target);
  return whole;
}

describe.skipIf(missingPostgres)(
  `Postgres ${majorOfDebian ?? ''}${missingPostgres ? ` is left out: ${missingPostgres}` : ''}`,
  () => {
    let debian: DebianPostgres;
    let first: TestServer;
    let person: Person;
    const opened: FreshDatabase[] = [];
    beforeAll(async () => {
      debian = await startDebianPostgres();
      first = await startServer();
      person = await aPerson(first);
    });
    afterAll(async () => {
      await first.stop();
      for (const { db } of opened) await db.destroy();
      await debian.stop();
    });

    const clientOf = ({ url }: TestServer) => davClient(url, { name: person.name, password: PASSWORD });
    const apiOf = ({ url }: TestServer) => apiClient(url, basic(person.name, PASSWORD));

    /** A server on the restored data; the devices do not notice. */
    async function movedTo(database: FreshDatabase, from: TestServer, device: Replica): Promise<TestServer> {
      const archive = await backupOf(from);
      await restoreBackup({ ...from.context, db: database.db }, Readable.from([archive]));
      const to = await startServer({ database, now: from.clock.now() });
      const moved: Replica = { ...device, client: clientOf(to) };
      await expectInStep(moved);
      return to;
    }

    it('takes a backup of the embedded one, serves it, and gives one that the embedded one takes', async () => {
      const book = `/dav/addressbooks/${person.name}/contacts/`;
      const client = clientOf(first);
      for (const name of ['a', 'b', 'c', 'd'])
        await client('PUT', `${book}${name}.vcf`, aCard(name, 'Ann Example'), VCARD);
      const device = replicaOf(client, book);
      await syncAll(device);
      await client('DELETE', `${book}d.vcf`);
      const cards = (await apiOf(first).call('listCards', { query: {} })).items;
      const [kept, source] = ['a.vcf', 'b.vcf'].map((name) => cards.find((card) => card.name === name)!.id);
      await mergeNow(apiOf(first), [kept!, source!]);
      const url = debian.url;
      const other: FreshDatabase = { db: openDatabase({ url }), url, drop: async () => {} };
      opened.push(other);
      await migrate(other.db);
      expect(Number.parseInt(await checkServer(other.db), 10)).toBe(Number(majorOfDebian));
      const second = await movedTo(other, first, device);
      const merges = (await apiOf(second).call('listMerges')).items;
      await apiOf(second).call('undoMerge', { parameters: { id: merges[0]!.id }, body: {} });
      expect((await clientOf(second)('GET', `${book}b.vcf`)).text).toBe(aCard('b', 'Ann Example'));
      const back = await freshDatabase();
      const third = await movedTo(back, second, device);
      expect((await clientOf(third)('PUT', `${book}e.vcf`, aCard('e'), VCARD)).status).toBe(201);
      await third.stop();
      await back.drop();
      await second.stop();
    });
  },
);
