/** A window of time reads the objects that can lie in it, and leaves the rest of a large calendar alone. */
import { CompiledQuery, type KyselyPlugin, type RootOperationNode } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockCollections } from '../../src/store/collections.ts';
import { type Db, inTransaction } from '../../src/store/database.ts';
import { type CollectionScope, putObjects } from '../../src/store/object-writes.ts';
import { timedPages } from '../../src/store/timed-pages.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { aCollection, anObject, THEN } from '../support/fixtures.ts';

const DAY = 86_400_000;
const EVENTS = 10_000;
const FIRST = Date.UTC(2010, 0, 1);

let database: FreshDatabase;
let scope: CollectionScope;

/** 10,000 events over twelve years: every tenth never ends, two of ten repeat for some weeks. */
const bounds = (index: number): { startsAt: Date; endsAt: Date | undefined } => {
  const start = FIRST + Math.floor((index * 12 * 365) / EVENTS) * DAY;
  const length = index % 10 === 0 ? undefined : index % 10 < 3 ? 60 * DAY : 3_600_000;
  return { startsAt: new Date(start), endsAt: length === undefined ? undefined : new Date(start + length) };
};

beforeAll(async () => {
  database = await freshDatabase();
  scope = await aCollection(database.db, 'calendar');
  const events = Array.from({ length: EVENTS }, (_, index) =>
    anObject(`e${String(index).padStart(5, '0')}.ics`, { component: 'VEVENT', record: undefined, ...bounds(index) }),
  );
  await inTransaction(database.db, async (tx) => {
    await lockCollections(tx, scope.organisationId, [scope.collectionId]);
    for (let from = 0; from < EVENTS; from += 1000) await putObjects(tx, scope, events.slice(from, from + 1000), THEN);
  });
  await database.db.executeQuery(CompiledQuery.raw('analyze object'));
}, 120_000);
afterAll(() => database.drop());

const MONTH = { start: new Date(Date.UTC(2012, 5, 1)), end: new Date(Date.UTC(2012, 6, 1)) };
const WINDOW = { components: ['VEVENT', 'VFREEBUSY', 'VAVAILABILITY'], ...MONTH };

const possible = Array.from({ length: EVENTS }, (_, index) => bounds(index)).filter(
  ({ startsAt, endsAt }) => startsAt <= MONTH.end && (!endsAt || endsAt >= MONTH.start),
).length;

interface PlanNode {
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Relation Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

/** Rows that the scans of a plan took out of the table, dropped ones too. */
function rowsTouched(node: PlanNode): number {
  const own = node['Relation Name']
    ? (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops']
    : 0;
  return own + (node.Plans ?? []).reduce((sum, child) => sum + rowsTouched(child), 0);
}

async function firstStatement(run: (db: Db) => Promise<unknown>): Promise<CompiledQuery> {
  let seen: CompiledQuery | undefined;
  const plugin: KyselyPlugin = {
    transformQuery: ({ node, queryId }) => {
      seen ??= database.db.getExecutor().compileQuery(node as RootOperationNode, queryId);
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  await run(database.db.withPlugin(plugin));
  return seen!;
}

async function planOf(mode: string): Promise<PlanNode> {
  const statement = await firstStatement((db) =>
    timedPages(db, scope.organisationId, scope.collectionId, WINDOW).next(),
  );
  return database.db.connection().execute(async (db) => {
    await db.executeQuery(CompiledQuery.raw(`set plan_cache_mode = ${mode}`));
    await db.executeQuery(CompiledQuery.raw('set enable_seqscan = on'));
    const explained = CompiledQuery.raw(`explain (analyze, format json) ${statement.sql}`, [...statement.parameters]);
    const { rows } = await db.executeQuery(explained);
    await db.executeQuery(CompiledQuery.raw('reset plan_cache_mode'));
    return (rows[0] as { 'QUERY PLAN': { Plan: PlanNode }[] })['QUERY PLAN'][0]!.Plan;
  });
}

describe('a month of a calendar of 10,000 events (RFC 4791 §7.8, §7.10)', () => {
  it('finds exactly the events whose bounds meet the month, by name, page after page', async () => {
    const names: string[] = [];
    for await (const page of timedPages(database.db, scope.organisationId, scope.collectionId, WINDOW))
      names.push(...page.map((entry) => entry.name));
    expect(names).toHaveLength(possible);
    expect(names).toEqual([...new Set(names)].sort());
    expect(possible).toBeLessThan(EVENTS / 20);
  });

  it('finds the events of a window that several pages hold, each once, by name', async () => {
    const window = { ...WINDOW, start: new Date(FIRST), end: new Date(FIRST + 5 * 365 * DAY) };
    const pages: string[][] = [];
    for await (const page of timedPages(database.db, scope.organisationId, scope.collectionId, window))
      pages.push(page.map((entry) => entry.name));
    const expected = Array.from({ length: EVENTS }, (_, index) => index)
      .filter((index) => bounds(index).startsAt <= window.end)
      .map((index) => `e${String(index).padStart(5, '0')}.ics`);
    expect(pages.length).toBeGreaterThan(3);
    expect(pages.flat()).toEqual(expected);
  });

  it.each(['force_custom_plan', 'force_generic_plan'])('reads no other row of the table (%s)', async (mode) => {
    expect(rowsTouched(await planOf(mode))).toBeLessThanOrEqual(2 * possible);
  });
});
