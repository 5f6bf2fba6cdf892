/** Single writes of one collection: those that would wait for each other are done by one statement, each decided on its own. */
import { groupedCalls } from '../base/grouped-calls.ts';
import type { Db } from './database.ts';
import type { CollectionScope } from './object-writes.ts';

/** Where a single write goes, as its caller saw it. */
export type WriteScope = CollectionScope & { readonly lockEpoch: number };

/** What a single write says, whatever it does. */
export interface SingleWrite {
  readonly scope: WriteScope;
  readonly now: Date;
}

/** One kind of single writes. */
export interface WriteKind<Write extends SingleWrite> {
  /** Does writes of one collection by one statement: true for those that were done. */
  together(db: Db, writes: readonly Write[]): Promise<readonly boolean[]>;
  /** Octets that a write adds to the statement. */
  weight(write: Write): number;
}

interface Queued {
  readonly db: Db;
  readonly kind: WriteKind<SingleWrite>;
  readonly write: SingleWrite;
}

type Outcome = PromiseSettledResult<boolean>;

/**
 * Behind a list of rows that comes as JSON: the planner expects a hundred of them, and would walk the whole table for so many;
 * of a limit that it cannot foresee it expects a tenth, whatever the values are, so that one plan serves all.
 */
export const EXPECTED_FEW = 'limit (select 1000000)';

/** Octets that go into one statement. */
const MOST_TOGETHER = 4 * 1024 * 1024;

/**
 * Makes the writer of a kind. Writers of one collection wait for each other's commit, whatever they write: those of this process
 * that would wait are done together next, so that many share one commit and no connection waits for the lock of another.
 */
export function singleWriter<Write extends SingleWrite>(kind: WriteKind<Write>) {
  return (db: Db, write: Write): Promise<boolean> => {
    if (db.isTransaction) return alone(db, kind, write);
    // each kind is given the writes that were queued with it, and no others
    return queueOf(db)(keyOf(write.scope), { db, kind: kind as WriteKind<SingleWrite>, write });
  };
}

/** Writes at once; undefined where others write in the collection. Outside of transactions only. */
export function unlessBusy<Write extends SingleWrite>(
  db: Db,
  kind: WriteKind<Write>,
  write: Write,
): Promise<boolean> | undefined {
  return isBusy(db, write.scope) ? undefined : singleWriter(kind)(db, write);
}

/** True while writes of this process in the collection are under way. */
export const isBusy = (db: Db, scope: CollectionScope): boolean => queueOf(db).isBusy(keyOf(scope));

const keyOf = ({ organisationId, collectionId }: CollectionScope): string => `${organisationId}/${collectionId}`;

type Queue = ((collection: string, queued: Queued) => Promise<boolean>) & { isBusy(collection: string): boolean };
const queues = new WeakMap<Db, Queue>();

function queueOf(db: Db): Queue {
  const known =
    queues.get(db) ??
    groupedCalls({ work: eachKind, weight: ({ kind, write }: Queued) => kind.weight(write), most: MOST_TOGETHER });
  queues.set(db, known);
  return known;
}

/** One statement for each kind. What fails for one kind is no failure of the other. */
async function eachKind(queued: readonly Queued[]): Promise<readonly (boolean | Promise<boolean>)[]> {
  const outcomes = new Map<Queued, Outcome>();
  for (const [kind, ofKind] of Map.groupBy(queued, (each) => each.kind)) {
    const done = await outcomesOf(kind, ofKind);
    for (const [at, each] of ofKind.entries()) outcomes.set(each, done[at]!);
  }
  return queued.map((each) => {
    const outcome = outcomes.get(each)!;
    return outcome.status === 'fulfilled' ? outcome.value : Promise.reject(outcome.reason);
  });
}

async function outcomesOf(kind: WriteKind<SingleWrite>, queued: readonly Queued[]): Promise<readonly Outcome[]> {
  const { db } = queued[0]!;
  const writes = queued.map(({ write }) => write);
  if (writes.length > 1) {
    try {
      return (await kind.together(db, writes)).map((value) => ({ status: 'fulfilled', value }));
    } catch (reason) {
      if (!isOfOneRow(reason)) return writes.map(() => ({ status: 'rejected', reason }));
    }
  }
  const outcomes: Outcome[] = [];
  for (const write of writes) outcomes.push(...(await Promise.allSettled([alone(db, kind, write)])));
  return outcomes;
}

async function alone<Write extends SingleWrite>(db: Db, kind: WriteKind<Write>, write: Write): Promise<boolean> {
  try {
    return (await kind.together(db, [write]))[0]!;
  } catch (error) {
    if (codeOf(error) === UNIQUE_VIOLATION) return false;
    throw error;
  }
}

const UNIQUE_VIOLATION = '23505';
const codeOf = (error: unknown): string => (error as { code?: string }).code ?? '';

/** Values or keys that a row cannot have (classes 22, 23, 54): the statement failed for one write, and the others can be done without it. */
const isOfOneRow = (error: unknown): boolean => /^(?:22|23|54)/.test(codeOf(error));
