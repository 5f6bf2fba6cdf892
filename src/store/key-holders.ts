/** Who holds a blocking key: counted, and met. */
import { sql } from 'kysely';
import type { Db } from './database.ts';
import { RECORD, type StoredRecord } from './dedup-index.ts';
import { IN_SIGHT, OWNERS_IN_SIGHT } from './shared-books.ts';
import { statement } from './statement.ts';

/** Among whose cards keys are looked up. */
export interface KeyScope {
  readonly organisationId: string;
  readonly ownerId: string;
  /** Books of others are compared, too: one content may stand in books of two owners, whom no mark tells of each other. */
  readonly shared: boolean;
}

/** Who holds a key. */
export interface Holders {
  /** How many distinct contents. */
  readonly count: number;
  /** One card for each of them, the smallest id of its copies; none where they are more than was asked for. */
  readonly cards: readonly string[];
}

/**
 * The holders of keys: all are counted, and named where they are no more than the key's figure in `most`. Keys that nobody
 * holds are not in the answer.
 */
export async function findHolders(
  db: Db,
  { organisationId, ownerId, shared }: KeyScope,
  most: ReadonlyMap<number, number>,
): Promise<Map<number, Holders>> {
  const ask = async (how: typeof BY_CARD, of: ReadonlyMap<number, number>) =>
    of.size === 0 ? [] : how(db, organisationId, ownerId, [...of.keys()], [...of.values()]);
  const rows = await ask(shared ? BY_CONTENT : BY_CARD, most);
  const copied = new Map(rows.flatMap((row) => (row.copied ? [[row.key, most.get(row.key)!] as const] : [])));
  const exact = await ask(OWN_BY_CONTENT, copied);
  return new Map([...rows.filter((row) => !row.copied), ...exact].map((row) => [row.key, holdersOf(row)]));
}

const holdersOf = ({ holders, cards }: HoldersRow): Holders => ({ count: holders, cards: cards?.split(',') ?? [] });

interface HoldersRow {
  readonly key: number;
  readonly holders: number;
  readonly cards: string | null;
  readonly copied: boolean;
}

/** Key by key: joined freely, a planner that takes an owner's keys for few walks all of them. */
const each = (holders: string, copied: string) =>
  statement<HoldersRow>(`
  select w.key, h.holders, h.cards, h.copied from unnest($3::bigint[], $4::int[]) as w(key, most) cross join lateral (
    select count(*) as holders, ${copied} as copied,
      case when count(*) <= w.most then string_agg(held.object_id::text, ',') end as cards
    from (${holders}) as held) as h
  where h.holders > 0`);

const OWN = 'k.organisation_id = $1 and k.owner_id = $2 and k.key = w.key';

/** Out of the index alone, as if no two cards held the same: it says of which keys that is not known. */
const BY_CARD = each(`select k.object_id, k.copied from blocking_key k where ${OWN}`, 'bool_or(held.copied)');

const OWN_BY_CONTENT = each(
  `select k.object_id::text from blocking_key k where ${OWN} and not k.copied
    union all
    select min(k.object_id::text) from blocking_key k
    join record r on r.organisation_id = $1 and r.object_id = k.object_id
    where ${OWN} and k.copied group by r.content_hash`,
  'false',
);

const BY_CONTENT = each(
  `select min(k.object_id::text) as object_id from blocking_key k
    join record r on r.organisation_id = $1 and r.object_id = k.object_id
    where k.organisation_id = $1 and k.owner_id = any(${OWNERS_IN_SIGHT}) and k.key = w.key and ${IN_SIGHT}
    group by r.content_hash`,
  'false',
);

/** The records of all cards that hold any of the keys, copies and all, in order of their ids. */
export function findKeyHolders(
  db: Db,
  organisationId: string,
  ownerId: string,
  keys: readonly number[],
): Promise<StoredRecord[]> {
  return KEY_HOLDERS(db, organisationId, ownerId, keys);
}

const KEY_HOLDERS = statement<StoredRecord>(`
  select ${RECORD} from record r
  where r.organisation_id = $1 and ${IN_SIGHT} and r.object_id = any(array(
    select object_id from blocking_key
    where organisation_id = $1 and owner_id = any(${OWNERS_IN_SIGHT}) and key = any($3::bigint[])))
  order by r.object_id`);

/** Removes up to `limit` keys of records that went with their collection or owner; returns how many. */
export async function pruneBlockingKeys(db: Db, organisationId: string, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from blocking_key where organisation_id = ${organisationId} and object_id = any(array(
      select k.object_id from blocking_key k where k.organisation_id = ${organisationId} and not exists (
        select 1 from record r where r.organisation_id = k.organisation_id and r.object_id = k.object_id)
      limit ${limit}))`.execute(db);
  return Number(numAffectedRows ?? 0);
}
