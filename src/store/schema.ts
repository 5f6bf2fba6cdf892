/** Row types of every table, by hand; a test compares them with the migrated database's catalogue. */
import type { Insertable, Selectable } from 'kysely';
import type { AccountTables } from './schema/accounts.ts';
import type { CollectionTables } from './schema/collections.ts';
import type { DuplicateTables } from './schema/duplicates.ts';
import type { HistoryTables } from './schema/history.ts';
import type { RunTables } from './schema/runs.ts';

export interface Schema extends AccountTables, CollectionTables, HistoryTables, DuplicateTables, RunTables {}

export type Row<T extends keyof Schema> = Selectable<Schema[T]>;
export type NewRow<T extends keyof Schema> = Insertable<Schema[T]>;
