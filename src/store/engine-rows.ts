/** The part of a writing statement that keeps the duplicate engine's rows in step with the objects written. */
import { type RawBuilder, sql } from 'kysely';

export interface RecordWrite {
  readonly contentHash: string;
  readonly data: unknown;
  readonly engineVersion: number;
}

interface Recorded {
  readonly objectId: string;
  readonly record: RecordWrite | undefined;
}

interface Scope {
  readonly organisationId: string;
  readonly collectionId: string;
  readonly ownerId: string;
}

/**
 * Further common table expressions (with their leading comma) that store the records of the objects that the expression
 * `written` returned, and forget those that are no longer for the engine (a card that became a group). Blocking keys are left
 * as they are: the record is stale, and whoever scores it writes them (`blocking-keys.ts`). What nothing is to be done for is
 * left out: every expression costs a look at its table, even for an empty list.
 */
export function engineRows(scope: Scope, objects: readonly Recorded[]): RawBuilder<unknown> {
  const recorded = objects.flatMap(({ objectId, record }) => (record ? [{ objectId, ...record }] : []));
  const silent = objects.filter((object) => !object.record).map((object) => object.objectId);
  const ids = recorded.map(({ objectId }) => objectId);
  const parts = [
    silent.length > 0 ? forgottenRows(scope, silent, ids) : sql``,
    recorded.length > 0 ? recordedRows(scope, recorded) : sql``,
  ];
  return sql.join(parts, sql``);
}

function forgottenRows(
  { organisationId, collectionId, ownerId }: Scope,
  silent: readonly string[],
  recorded: readonly string[],
): RawBuilder<unknown> {
  return sql`, forgotten as (
      delete from record where organisation_id = ${organisationId}
        and object_id = any(${[...silent]}::uuid[]) and exists (select 1 from written)
    ), silenced as (
      delete from blocking_key where organisation_id = ${organisationId}
        and object_id = any(${[...silent]}::uuid[]) and exists (select 1 from written)
    ), left_behind as (
      update record set stale = true
      where organisation_id = ${organisationId} and not stale and exists (select 1 from written)
        and object_id <> all(${[...recorded]}::uuid[]) and object_id in (
        select object_b from pair
        where organisation_id = ${organisationId} and object_a = any(${[...silent]}::uuid[]) and not latent
        union select object_a from pair
        where organisation_id = ${organisationId} and object_b = any(${[...silent]}::uuid[]) and not latent)
    ), unscored as (
      update scored_record set gone = true
      where organisation_id = ${organisationId} and object_id = any(${[...silent]}::uuid[]) and exists (select 1 from written)
        and owner_id = any(array(select ${ownerId}::uuid union select viewer_id from shared_book
          where organisation_id = ${organisationId} and collection_id = ${collectionId}))
    )`;
}

function recordedRows(
  { organisationId, collectionId, ownerId }: Scope,
  recorded: readonly (RecordWrite & { readonly objectId: string })[],
): RawBuilder<unknown> {
  return sql`, recorded as (
      insert into record (organisation_id, object_id, owner_id, collection_id, content_hash, data, engine_version, stale)
      select ${organisationId}::uuid, r.object_id, ${ownerId}::uuid, ${collectionId}::uuid, r.content_hash, r.data, r.engine_version, true
      from unnest(
        ${recorded.map((r) => r.objectId)}::uuid[], ${recorded.map((r) => r.contentHash)}::text[],
        ${recorded.map((r) => JSON.stringify(r.data))}::jsonb[], ${recorded.map((r) => r.engineVersion)}::int[]
      ) as r(object_id, content_hash, data, engine_version) join written using (object_id)
      on conflict (organisation_id, object_id) do update set
        content_hash = excluded.content_hash, data = excluded.data, engine_version = excluded.engine_version, stale = true
    )`;
}
