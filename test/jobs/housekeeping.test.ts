/** What is forgotten every night, and what is not. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCollection } from '../../src/commands/collections.ts';
import type { Context } from '../../src/commands/context.ts';
import { deleteObject } from '../../src/commands/delete-object.ts';
import { mergeStoredCards } from '../../src/commands/merge-cards.ts';
import { redoMerge } from '../../src/commands/redo-merge.ts';
import { DEFAULT_RETENTION } from '../../src/commands/retention.ts';
import { runNow } from '../../src/commands/run-dedup.ts';
import { beginSession, openSession, SESSION_MS } from '../../src/commands/sessions.ts';
import { undoStoredMerge } from '../../src/commands/undo-merge.ts';
import { keepHouse } from '../../src/jobs/housekeeping.ts';
import { HOUSEKEEPING_STEPS } from '../../src/jobs/housekeeping-steps.ts';
import { insertAuditEntry } from '../../src/store/audit.ts';
import { changesSince } from '../../src/store/changes.ts';
import { deleteCollectionRow } from '../../src/store/collections.ts';
import { insertConflictCopy, listConflictCopies } from '../../src/store/conflict-copies.ts';
import { listVersions } from '../../src/store/history.ts';
import { claimKey } from '../../src/store/idempotency.ts';
import { listMerges } from '../../src/store/merges.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { testClock } from '../support/server.ts';
import { contextOf, namesIn, put, sleeping } from './night-people.ts';

const DAY = 24 * 3_600_000;
let database: FreshDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

/** A context whose clock is moved by days, and housekeeping at that day. */
function world() {
  const clock = testClock();
  const context: Context = contextOf(database.db, clock);
  const houseAfter = async (days: number, rowsAtOnce?: number) => {
    clock.advance(days * DAY);
    return keepHouse(context, { retention: DEFAULT_RETENTION, ...(rowsAtOnce ? { rowsAtOnce } : {}) });
  };
  return { context, houseAfter };
}

describe('housekeeping', () => {
  it('keeps earlier versions for the days that are set, and all of them go in small batches', async () => {
    const { context, houseAfter } = world();
    const person = await sleeping(context);
    const { objectId } = await put(context, person.book, 'a', 'Ida Roth');
    for (let n = 0; n < 5; n++) await put(context, person.book, 'a', `Ida Roth${n}`);
    const versions = async () =>
      (await listVersions(context.db, person.actor.organisationId, person.actor.principalId, objectId)).length;
    await houseAfter(89);
    expect(await versions()).toBe(5);
    const { forgotten, failed } = await houseAfter(2, 2);
    expect([await versions(), failed]).toEqual([0, []]);
    expect(forgotten['earlier versions of objects']).toBeGreaterThanOrEqual(5);
  });

  it('keeps no more octets of earlier versions and deleted objects than is set for one owner: the newest', async () => {
    const { context } = world();
    const [much, little] = [await sleeping(context), await sleeping(context)];
    const { objectId } = await put(context, much.book, 'a', 'Ida Roth');
    const other = await put(context, little.book, 'b', 'Ida Roth');
    for (let n = 1; n < 8; n++) await put(context, much.book, 'a', `Ida Roth${n}`);
    await put(context, little.book, 'b', 'Ida Roth1');
    const versionsOf = async ({ actor }: typeof much, id: string) =>
      listVersions(context.db, actor.organisationId, actor.principalId, id);
    const [newest, second] = await versionsOf(much, objectId);
    const bounded = { ...DEFAULT_RETENTION, historyOctets: newest!.size + second!.size };
    await keepHouse(context, { retention: bounded, rowsAtOnce: 2 });
    expect((await versionsOf(much, objectId)).map(({ seq }) => seq)).toEqual([newest!.seq, second!.seq]);
    expect(await versionsOf(little, other.objectId)).toHaveLength(1);
    await keepHouse(context, { retention: { ...bounded, historyOctets: 0 } });
    expect(await versionsOf(much, objectId)).toHaveLength(2);
  });

  it('forgets deletions after 180 days, and then refuses tokens from before them (RFC 6578 §3.2)', async () => {
    const { context, houseAfter } = world();
    const { book } = await sleeping(context);
    for (const name of ['a', 'b', 'c']) await put(context, book, name, 'Ida Roth');
    const changes = (since: number) => changesSince(context.db, book.organisation_id, book.collection_id, since);
    const { token } = (await changes(0))!;
    for (const name of ['a', 'b']) await deleteObject(context, { collection: book, name: `${name}.vcf` });
    await houseAfter(179, 1);
    expect((await changes(token))?.changes.map((change) => change.etag)).toEqual([undefined, undefined]);
    await houseAfter(2, 1);
    expect((await changes(token))?.known).toBe(false);
    expect((await changes(token + 2))?.known).toBe(true);
    expect(await changesSince(context.db, book.organisation_id, book.collection_id, undefined)).toMatchObject({
      changes: [{ name: 'c.vcf' }],
      token: token + 2,
    });
  });

  it('takes away the blocking keys of cards whose book is gone for good, and no others', async () => {
    const { context, houseAfter } = world();
    const { actor, book } = await sleeping(context);
    const { organisationId } = actor;
    const other = await createCollection(context, {
      organisationId,
      ownerId: actor.principalId,
      kind: 'addressbook',
      name: 'other',
    });
    for (const name of ['a', 'b', 'c']) await put(context, other, name, 'Ida Roth');
    await put(context, book, 'd', 'Ida Roth');
    const keeping = { ...context, limits: { ...context.limits, mostUnkeyed: 0 } };
    await runNow(keeping, { organisationId, principalId: actor.principalId }, 'manual');
    const keys = () =>
      context.db
        .selectFrom('blocking_key')
        .where('organisation_id', '=', organisationId)
        .select('object_id')
        .distinct()
        .execute();
    await deleteObject(context, { collection: other, name: 'c.vcf' });
    expect(await keys()).toHaveLength(3);
    await deleteCollectionRow(context.db, organisationId, other.collection_id);
    await houseAfter(0, 2);
    expect(await keys()).toHaveLength(1);
  });

  it('drops what undoing a merge needs after 90 days, and still knows whom the merge took away', async () => {
    const { context, houseAfter } = world();
    const person = await sleeping(context);
    const [kept, gone] = [
      await put(context, person.book, 'a', 'Ida Roth'),
      await put(context, person.book, 'b', 'Ida Roth', 'NOTE:old'),
    ];
    const wish = { referenceId: kept.objectId, memberIds: [gone.objectId], choices: {} };
    const { mergeId } = await mergeStoredCards(context, person.actor, wish);
    const { organisationId, principalId } = person.actor;
    await houseAfter(89);
    expect(await listMerges(context.db, organisationId, principalId, 10)).toHaveLength(1);
    await houseAfter(2);
    expect(await listMerges(context.db, organisationId, principalId, 10)).toEqual([]);
    await expect(undoStoredMerge(context, person.actor, mergeId, 'ask')).rejects.toMatchObject({
      code: 'no-such-merge',
    });
    await expect(redoMerge(context, person.actor, mergeId)).rejects.toMatchObject({ code: 'no-such-merge' });
    // a device that was away all the time stores the card again: it is folded into the one that took it in
    const again = await put(context, person.book, 'b', 'Ida Roth', 'NOTE:old');
    expect(again.objectId).toBe(kept.objectId);
    expect(await namesIn(context, person)).toEqual(['a.vcf']);
  });

  it('forgets conflict copies, sessions that are over, and answers to repeated requests', async () => {
    const { context, houseAfter } = world();
    const { actor, book } = await sleeping(context);
    const key = { organisation_id: actor.organisationId, collection_id: book.collection_id };
    const copy = {
      conflict_id: crypto.randomUUID(),
      name: 'a.vcf',
      uid: 'a',
      body: Buffer.from('x'),
      size: 1,
      etag: 'e',
    };
    await insertConflictCopy(context.db, { ...key, ...copy, refused_at: new Date(context.clock.now()) });
    const copies = () => listConflictCopies(context.db, actor.organisationId, [book.collection_id], { limit: 1000 });
    const { ticket } = await beginSession(context, actor);
    const claim = { organisationId: actor.organisationId, principalId: actor.principalId, key: 'k', hash: 'h' };
    const asked = () => claimKey(context.db, claim, new Date(context.clock.now()), new Date(0));
    expect(await asked()).toBeUndefined();
    await houseAfter(1);
    expect(await asked()).toBeDefined();
    expect(await openSession(context, ticket)).toBeDefined();
    await houseAfter(SESSION_MS / DAY);
    expect(await asked()).toBeUndefined();
    const sessions = context.db.selectFrom('session').select('session_id');
    expect(await sessions.where('organisation_id', '=', actor.organisationId).execute()).toEqual([]);
    expect(await copies()).toHaveLength(1);
    await houseAfter(91);
    expect(await copies()).toEqual([]);
  });

  it('keeps the audit log for a year', async () => {
    const { context, houseAfter } = world();
    const { actor } = await sleeping(context);
    const entry = { organisation_id: actor.organisationId, entry_id: crypto.randomUUID(), action: 'sign-in' };
    const happened_at = new Date(context.clock.now());
    await insertAuditEntry(context.db, { ...entry, happened_at, actor_id: actor.principalId, actor_name: actor.name });
    const entries = () =>
      context.db
        .selectFrom('audit_entry')
        .select('action')
        .where('organisation_id', '=', actor.organisationId)
        .execute();
    await houseAfter(364);
    expect(await entries()).toEqual([{ action: 'sign-in' }]);
    await houseAfter(2);
    expect(await entries()).toEqual([]);
  });

  it('goes on with the other steps and organisations when a step fails', async () => {
    const { context, houseAfter } = world();
    const person = await sleeping(context);
    const { objectId } = await put(context, person.book, 'a', 'Ida Roth');
    await put(context, person.book, 'a', 'Ida Berger');
    await context.db.schema.alterTable('conflict_copy').renameTo('conflict_copy_away').execute();
    try {
      const { failed } = await houseAfter(91);
      expect(new Set(failed.map((entry) => entry.split(': ')[1]))).toEqual(new Set(['conflict copies']));
    } finally {
      await context.db.schema
        .alterTable('conflict_copy_away' as 'conflict_copy')
        .renameTo('conflict_copy')
        .execute();
    }
    expect(await listVersions(context.db, person.actor.organisationId, person.actor.principalId, objectId)).toEqual([]);
  });

  it('names each step once', () => {
    const names = HOUSEKEEPING_STEPS.map((step) => step.name);
    expect(new Set(names).size).toBe(names.length);
  });
});
