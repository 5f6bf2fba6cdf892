/** Who holds a key, told from what is noted of each scored card: for books that are small enough to be read whole. */
import { append } from '../base/append.ts';
import type { Db } from './database.ts';
import type { CardContent } from './dedup-index.ts';
import { statement } from './statement.ts';

interface NotedRow {
  readonly keys: string | null;
  readonly ids: string | null;
  readonly contents: string | null;
}

/**
 * Lists in one order: as rows they took several times as long. `is true` keeps the keys a hashed set: as a join they were
 * sorted at times, and as an array walked for each key of the book.
 */
const NOTED = statement<NotedRow>(`
  select string_agg(key::text, ',') as keys, string_agg(object_id::text, ',') as ids, string_agg(content_hash, ',') as contents
  from (select unnest(keys) as key, object_id, content_hash from scored_record
    where organisation_id = $1 and owner_id = $2) as held
  where (key in (select unnest($3::bigint[]))) is true`);

/** The owner's cards that held each of the keys when they were scored, in any order; keys that none held are not in the answer. */
export async function findNotedHolders(
  db: Db,
  organisationId: string,
  ownerId: string,
  keys: readonly number[],
): Promise<Map<number, CardContent[]>> {
  const [row] = await NOTED(db, organisationId, ownerId, keys);
  const held = new Map<number, CardContent[]>();
  if (!row?.keys || !row.ids || !row.contents) return held;
  const [ids, contents] = [row.ids.split(','), row.contents.split(',')];
  row.keys.split(',').forEach((text, at) => {
    append(held, Number(text), { objectId: ids[at]!, contentHash: contents[at]! });
  });
  return held;
}
