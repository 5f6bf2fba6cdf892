/** A row in every table, as a schema of any age allows it: what people had when they took the next version. */
import { sql } from 'kysely';
import { tablesInOrder } from '../../src/store/archive.ts';
import type { Db } from '../../src/store/database.ts';

interface Column {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
}

/** One user with all it may have; `id` stands in every column of identifiers, so that all rows belong together. */
export interface Owner {
  readonly name: string;
  readonly id: string;
  readonly passwordHash: string;
  readonly card: string;
}

/** A second card of the same owner, since pairs take two. */
const another = (owner: Owner): Owner => ({
  ...owner,
  id: owner.id.replace('-7000-', '-7001-'),
  name: `${owner.name}-b`,
});
const OF_CARDS: readonly string[] = ['object', 'record'];

/** What a column holds where its type alone does not say: by table and column, or by column. */
const VALUES: Readonly<Record<string, (owner: Owner) => unknown>> = {
  'principal.kind': () => 'user',
  role: () => 'member',
  'merge_object.role': () => 'source',
  'collection.kind': () => 'addressbook',
  'deleted_collection.kind': () => 'addressbook',
  'deleted_collection.name': () => 'gone',
  'collection.name': () => 'contacts',
  'object.name': () => 'one.vcf',
  'tombstone.name': () => 'gone.vcf',
  // of one collection, each number once: the version, the card, the tombstone, the second card
  'object.seq': () => 2,
  'tombstone.seq': () => 3,
  sync_token: () => 4,
  component: () => 'VCARD',
  body: ({ card }) => Buffer.from(card),
  body_before: ({ card }) => Buffer.from(card),
  size: ({ card }) => Buffer.byteLength(card),
  name: ({ name }) => name,
  path: ({ name }) => `dav/addressbooks/${name}/contacts`,
  password_hash: ({ passwordHash }) => passwordHash,
  object_b: (owner) => another(owner).id,
  uid_b: () => 'zzz',
  uid: ({ name }) => `uid-${name}`,
  state: () => 'done',
  tier: () => 'likely',
  verdict: () => 'different',
  reason: () => 'replaced',
  privileges: () => ['read'],
  grants: () => '[]',
};

const OF_TYPE: Readonly<Record<string, (owner: Owner) => unknown>> = {
  uuid: ({ id }) => id,
  text: ({ name }) => name,
  bytea: () => Buffer.from('x'),
  jsonb: () => '{}',
  boolean: () => false,
  'timestamp with time zone': () => new Date('2026-06-01T00:00:00Z'),
  date: () => '2026-06-01',
  ARRAY: () => [],
};

/** Columns that may be empty and yet must be filled for the row to mean something. */
const FILLED = new Set(['password_hash', 'uid', 'uid_key']);

/** Inserts one row into every table that there is. */
export async function seed(db: Db, owner: Owner): Promise<string[]> {
  const tables = await tablesInOrder(db);
  for (const table of tables) {
    const all = (await columnsOf(db, table)).filter(({ name, nullable }) => !nullable || FILLED.has(name));
    await insertRow(db, table, all, owner);
    if (OF_CARDS.includes(table)) await insertRow(db, table, all, owner, SECOND);
  }
  return tables;
}

/** What sets the second card apart. */
const SECOND: typeof VALUES = {
  object_id: (owner) => another(owner).id,
  name: () => 'second.vcf',
  uid: (owner) => another(owner).name,
  uid_key: (owner) => another(owner).name,
  seq: () => 4,
};

async function insertRow(
  db: Db,
  table: string,
  all: readonly Column[],
  owner: Owner,
  other: typeof VALUES = {},
): Promise<void> {
  const values = all.map(({ name, type }) => {
    const make = other[name] ?? VALUES[`${table}.${name}`] ?? VALUES[name] ?? OF_TYPE[type] ?? (() => 1);
    return sql`${make(owner)}`;
  });
  const names = all.map(({ name }) => sql.ref(name));
  await sql`insert into ${sql.table(table)} (${sql.join(names)}) values (${sql.join(values)})`.execute(db);
}

async function columnsOf(db: Db, table: string): Promise<Column[]> {
  const { rows } = await sql<Column>`select column_name as name, data_type as type, is_nullable = 'YES' as nullable
    from information_schema.columns where table_schema = 'public' and table_name = ${table}
      and is_generated = 'NEVER' and is_identity = 'NO' and (column_default is null or column_name in ('role', 'sync_token'))`.execute(
    db,
  );
  return rows;
}
