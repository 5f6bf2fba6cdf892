/** What was indexed of the cards of a book, for queries: only the asked properties are read and sent. */
import { sql } from 'kysely';
import type { Db } from './database.ts';
import { ordered, pages } from './object-pages.ts';

/** The indexed values of one card. */
export interface IndexedCard {
  readonly name: string;
  readonly seq: number;
  /** Under the asked names, where there are any; undefined: nothing was indexed of it. */
  readonly index: Readonly<Record<string, readonly string[]>> | undefined;
}

interface IndexedRow {
  readonly name: string;
  readonly seq: number;
  readonly indexed: boolean;
  readonly values: readonly (readonly string[] | null)[];
}

const INDEXED = sql<boolean>`index_data is not null`;

function valuesOf(properties: readonly string[]) {
  return sql<
    IndexedRow['values']
  >`jsonb_build_array(${sql.join(properties.map((name) => sql`index_data -> ${name}::text`))})`;
}

function cardOf({ name, seq, indexed, values }: IndexedRow, properties: readonly string[]): IndexedCard {
  if (!indexed) return { name, seq, index: undefined };
  const index: Record<string, readonly string[]> = {};
  properties.forEach((property, at) => {
    const found = values[at];
    if (found) index[property] = found;
  });
  return { name, seq, index };
}

/** All cards of a book by name, a page at a time. */
export function indexedCards(db: Db, organisationId: string, collectionId: string, properties: readonly string[]) {
  return pages<IndexedCard>(async (after) => {
    const rows = await ordered(db, organisationId, collectionId, undefined, after)
      .select(['name', 'seq', INDEXED.as('indexed'), valuesOf(properties).as('values')])
      .execute();
    return rows.map((row) => cardOf(row, properties));
  });
}

export interface IndexedChanges {
  readonly cards: readonly IndexedCard[];
  /** Names that were taken away after the same moment, each with the number of that change. */
  readonly gone: readonly { readonly name: string; readonly seq: number }[];
}

/** What changed in a book after `since`. A card that comes and goes between the two statements is told by its later number. */
export async function indexedChangesSince(
  db: Db,
  organisationId: string,
  collectionId: string,
  since: number,
  properties: readonly string[],
): Promise<IndexedChanges> {
  const rows = await db
    .selectFrom('object')
    .select(['name', 'seq', INDEXED.as('indexed'), valuesOf(properties).as('values')])
    .where('organisation_id', '=', organisationId)
    .where('collection_id', '=', collectionId)
    .where('seq', '>', since)
    .orderBy('seq')
    .execute();
  const gone = await db
    .selectFrom('tombstone')
    .select(['name', 'seq'])
    .where('organisation_id', '=', organisationId)
    .where('collection_id', '=', collectionId)
    .where('seq', '>', since)
    .execute();
  return { cards: rows.map((row) => cardOf(row, properties)), gone };
}
