/** Which objects of a calendar are not shown as they are stored to those who may not change it (RFC 5545 §3.8.1.3). */
import type { Db } from './database.ts';
import { PLANNED_ANEW } from './preparing-client.ts';
import { statement } from './statement.ts';

export interface ClassifiedEntry {
  readonly name: string;
  readonly seq: number;
  /** Octets of what is shown; 0: nothing is. */
  readonly shown: number;
}

const CLASSIFIED = statement<ClassifiedEntry>(`
  select ${PLANNED_ANEW} name, seq, (index_data -> 'SHOWN')::int as shown from object
  where organisation_id = $1 and collection_id = $2 and name = any($3::text[]) and index_data -> 'SHOWN' is not null`);

/** Those among the named objects of a calendar of which a part or all is kept back. */
export const classifiedAmong = (
  db: Db,
  organisationId: string,
  collectionId: string,
  names: readonly string[],
): Promise<ClassifiedEntry[]> => CLASSIFIED(db, organisationId, collectionId, names);

const HIDDEN = statement<{ collection_id: string; hidden: number }>(`
  select collection_id, count(*) as hidden from object
  where organisation_id = $1 and collection_id = any($2::uuid[]) and index_data -> 'SHOWN' = '0' group by collection_id`);

/** How many objects of each calendar are not shown at all to those who may not change it. */
export async function countHidden(
  db: Db,
  organisationId: string,
  collectionIds: readonly string[],
): Promise<Map<string, number>> {
  if (collectionIds.length === 0) return new Map();
  const rows = await HIDDEN(db, organisationId, collectionIds);
  return new Map(rows.map((row) => [row.collection_id, row.hidden]));
}
