/** What /metrics tells of work in the background. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrganisation, createPrincipal } from '../../src/commands/accounts.ts';
import { beginRun, performRun, runNow } from '../../src/commands/run-dedup.ts';
import { makeMetrics } from '../../src/http/metrics.ts';
import { makeEngineThread } from '../../src/jobs/engine-thread.ts';
import { startRescoreQueue } from '../../src/jobs/rescore-queue.ts';
import { apiClient, basic } from '../support/api-client.ts';
import { davClient } from '../support/dav-client.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { replicaOf, syncAll } from '../support/sync-replica.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

let people = 0;
async function newPerson() {
  const name = `counted${++people}`;
  const organisationId = await createOrganisation(server.context, name);
  const principalId = await createPrincipal(server.context, {
    organisationId,
    kind: 'user',
    name,
    password: 'correct horse',
  });
  const api = apiClient(server.url, basic(name, 'correct horse'));
  const book = (await api.call('listCollections')).items.find((item) => item.kind === 'addressbook')!.id;
  const put = (uid: string, ...lines: string[]) => {
    const card = [
      'BEGIN:VCARD',
      'VERSION:3.0',
      `UID:${uid}`,
      'FN:Ida Roth',
      'N:Roth;Ida;;;',
      ...lines,
      'END:VCARD',
      '',
    ];
    return api.call('createCard', { body: { collectionId: book, vcard: card.join('\r\n') } });
  };
  return { api, put, owner: { organisationId, principalId } };
}

const scraped = async () => (await fetch(new URL('metrics', server.url))).text();

describe('metrics of work in the background', () => {
  it('count runs by what started them and how they ended, with cards, pairs, suggestions and seconds', async () => {
    const { put, owner } = await newPerson();
    for (const uid of ['a', 'b']) await put(uid, 'EMAIL:ida@example.org');
    const { report, observer } = makeMetrics();
    await runNow({ ...server.context, observer }, owner, 'cli');
    const text = await report();
    for (const line of [
      'doublon_runs_total{trigger="cli",outcome="done"} 1',
      'doublon_run_cards_total{trigger="cli"} 2',
      'doublon_run_pairs_total{trigger="cli"} 1',
      'doublon_run_suggestions_total{trigger="cli"} 1',
      'doublon_run_duration_seconds_count{trigger="cli"} 1',
    ]) {
      expect(text).toContain(line);
    }
  });

  it('count a run of the engine’s thread that could not be performed', async () => {
    const { owner } = await newPerson();
    const { report, observer } = makeMetrics();
    const context = { ...server.context, observer };
    const { run } = await beginRun(context, owner, 'manual');
    const thread = makeEngineThread(context, 'postgres://nobody@127.0.0.1:1/none');
    await thread.run({ organisationId: owner.organisationId, ownerId: owner.principalId, runId: run.run_id });
    await thread.stop();
    expect(await report()).toContain('doublon_runs_total{trigger="manual",outcome="failed"} 1');
  });

  it('count merges that somebody reviewed and those of a batch, at /metrics', async () => {
    const { api, put } = await newPerson();
    const [kept, taken] = [await put('a', 'EMAIL:ida@example.org'), await put('b', 'NOTE:old')];
    const wish = { referenceId: kept.id, memberIds: [taken.id] };
    const { etags } = await api.call('previewMerge', { body: wish });
    await api.call('mergeCards', { body: { ...wish, etags } });
    const other = await newPerson();
    for (const uid of ['c', 'd', 'e']) await other.put(uid, 'TEL:+49 171 5550000');
    await runNow(server.context, other.owner, 'cli');
    await other.api.call('mergeExact', { body: {} });
    const text = await scraped();
    expect(text).toContain('doublon_merges_total{how="review"} 1');
    expect(text).toContain('doublon_merged_cards_total{how="review"} 1');
    expect(text).toContain('doublon_merged_cards_total{how="batch"} 2');
    expect(text).toContain('doublon_runs_total{trigger="merge-exact",outcome="done"} 1');
  });

  it('count the changes that first and later synchronisations told, and the cards that wait to be compared', async () => {
    const { api, put, owner } = await newPerson();
    const book = (await api.call('listCollections')).items.find(({ kind }) => kind === 'addressbook')!.path;
    for (const uid of ['a', 'b', 'c']) await put(uid);
    const replica = replicaOf(
      davClient(server.url, { name: book.split('/').at(-3)!, password: 'correct horse' }),
      book,
    );
    await syncAll(replica);
    await put('d');
    await syncAll(replica);
    await syncAll(replica);
    const text = await scraped();
    const of = (name: string) => text.split('\n').find((line) => line.startsWith(`doublon_sync_changes_${name}`));
    expect([of('sum{kind="first"}'), of('count{kind="later"}'), of('sum{kind="later"}')]).toEqual([
      'doublon_sync_changes_sum{kind="first"} 3',
      'doublon_sync_changes_count{kind="later"} 2',
      'doublon_sync_changes_sum{kind="later"} 1',
    ]);
    const { report, observer } = makeMetrics();
    const context = { ...server.context, observer };
    const queue = startRescoreQueue(context, { pauseMs: 20, runEngine: (request) => performRun(context, request) });
    const waiting = async () => Number(/^doublon_cards_to_score (\d+)$/m.exec(await report())?.[1]);
    await expect.poll(waiting, { timeout: 20_000 }).toBeGreaterThanOrEqual(4);
    await runNow(context, owner, 'cli');
    await expect.poll(waiting, { timeout: 60_000 }).toBe(0);
    await queue.stop();
  });
});
