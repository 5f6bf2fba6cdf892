/** Columns whose values differ in type between reading and writing. */
import type { ColumnType } from 'kysely';

/** bigint comes back from pg as a number: `database.ts` sets the parser and throws past 2^53. */
export type Timestamp = ColumnType<Date, Date, Date>;
export type Json<T> = ColumnType<T, string, string>;
export type GeneratedJson<T> = ColumnType<T, string | undefined, string>;
