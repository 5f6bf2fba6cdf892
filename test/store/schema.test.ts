/** The row types are written by hand: this compares them with the catalogue of the migrated database. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { distribute, distributionPlan } from '../../src/store/distribution.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

interface Column {
  readonly table: string;
  readonly column: string;
  readonly nullable: boolean;
  readonly optional: boolean;
}

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

/** Reads `export interface XTable { … }` and the maps of tables, `export interface XTables { … }`. */
function columnsOfSchema(source: string): Column[] {
  const columns: Column[] = [];
  const maps = Array.from(source.matchAll(/export interface \w+Tables \{(.*?)\n\}/gs), ([, map]) => map).join('\n');
  for (const [, table, type] of maps.matchAll(/^ {2}(\w+): (\w+Table);$/gm)) {
    const body = source.match(new RegExp(`export interface ${type} \\{(.*?)\\n\\}`, 's'))?.[1] ?? '';
    for (const [, column, columnType] of body.matchAll(/^ {2}(\w+): (.+);$/gm)) {
      columns.push({
        table: table!,
        column: column!,
        nullable: /\| null$/.test(columnType!),
        optional: /^Generated/.test(columnType!),
      });
    }
  }
  return columns;
}

async function columnsOfDatabase(): Promise<Column[]> {
  const { rows } = await sql<Column>`
    select table_name as "table", column_name as "column", is_nullable = 'YES' as nullable,
      column_default is not null as optional
    from information_schema.columns
    where table_schema = 'public' and table_name not like 'kysely%'`.execute(database.db);
  return rows;
}

const sorted = (columns: Column[]) =>
  columns.map((c) => `${c.table}.${c.column}${c.nullable ? ' null' : ''}${c.optional ? ' default' : ''}`).sort();

const FOLDER = path.resolve(import.meta.dirname, '../../src/store/schema');
const SCHEMA = readdirSync(FOLDER)
  .map((file) => readFileSync(path.join(FOLDER, file), 'utf8'))
  .join('\n');

describe('the hand-written schema', () => {
  it('names exactly the columns of the migrated database, with the same nulls and defaults', async () => {
    expect(sorted(columnsOfSchema(SCHEMA))).toEqual(sorted(await columnsOfDatabase()));
  });

  it('would notice a column that the database does not have', async () => {
    const wrong = SCHEMA.replace('  etag: string;', '  etag: string;\n  etog: string;');
    expect(sorted(columnsOfSchema(wrong))).not.toEqual(sorted(await columnsOfDatabase()));
  });

  it('leads every primary key, unique constraint and foreign key with organisation_id', async () => {
    const { rows } = await sql<{ name: string; first: string }>`
      select c.conname as name, a.attname as first
      from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
      where c.contype in ('p', 'u', 'f') and c.connamespace = 'public'::regnamespace
        and c.conrelid::regclass::text not like 'kysely%'`.execute(database.db);
    expect(rows.length).toBeGreaterThan(20);
    const others = rows.filter((row) => row.first !== 'organisation_id').map((row) => row.name);
    expect(others.sort()).toEqual(['failed_sign_in_pkey', 'login_pkey']);
  });

  it('has organisation_id in every unique index, and foreign keys that join it to itself', async () => {
    const { rows: unique } = await sql<{ name: string }>`
      select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid
      where i.indisunique and c.relnamespace = 'public'::regnamespace and i.indrelid::regclass::text not like 'kysely%'
        and not exists (select 1 from pg_attribute a where a.attrelid = i.indrelid and a.attname = 'organisation_id'
          and a.attnum = any(i.indkey))`.execute(database.db);
    expect(unique.map(({ name }) => name).sort()).toEqual(['failed_sign_in_pkey', 'login_pkey']);
    const { rows: foreign } = await sql<{ name: string }>`
      select k.conname as name from pg_constraint k
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
      join pg_attribute b on b.attrelid = k.confrelid and b.attnum = k.confkey[1]
      where k.contype = 'f' and k.connamespace = 'public'::regnamespace
        and (a.attname <> 'organisation_id' or b.attname <> 'organisation_id')`.execute(database.db);
    expect(foreign).toEqual([]);
  });
});

describe('distribution over a cluster', () => {
  it('places every table, those of organisations by their key and each after what its foreign keys point to', async () => {
    const plan = await distributionPlan(database.db);
    const others = plan.filter(({ how }) => how !== 'distributed');
    expect(others.sort((a, b) => (a.table < b.table ? -1 : 1))).toEqual([
      { table: 'failed_sign_in', how: 'local' },
      { table: 'login', how: 'reference' },
    ]);
    const at = new Map(plan.map(({ table }, position) => [table, position]));
    expect(at.get('organisation')).toBeLessThan(at.get('principal')!);
    expect(at.get('collection')).toBeLessThan(at.get('object')!);
    expect(at.get('object')).toBeLessThan(at.get('record')!);
  });

  it('is refused, with nothing changed, where the extension is missing', async () => {
    await expect(distribute(database.db)).rejects.toMatchObject({ code: 'no-citus' });
  });
});
