/** Dead properties of collections, objects and principals, kept as XML (RFC 4918 §4.1). */
import type { Db } from './database.ts';
import type { Row } from './schema.ts';

export type DeadProperty = Pick<Row<'dead_property'>, 'resource_id' | 'namespace' | 'local_name' | 'xml'>;

/** Dead properties of any number of resources, in one statement. */
export function listDeadProperties(
  db: Db,
  organisationId: string,
  resourceIds: readonly string[],
): Promise<DeadProperty[]> {
  if (resourceIds.length === 0) return Promise.resolve([]);
  return db
    .selectFrom('dead_property')
    .select(['resource_id', 'namespace', 'local_name', 'xml'])
    .where('organisation_id', '=', organisationId)
    .where((e) => e('resource_id', '=', e.fn.any(e.val([...resourceIds]))))
    .orderBy('namespace')
    .orderBy('local_name')
    .execute();
}

export async function setDeadProperty(db: Db, organisationId: string, property: DeadProperty): Promise<void> {
  await db
    .insertInto('dead_property')
    .values({ organisation_id: organisationId, ...property })
    .onConflict((conflict) =>
      conflict
        .columns(['organisation_id', 'resource_id', 'namespace', 'local_name'])
        .doUpdateSet({ xml: property.xml }),
    )
    .execute();
}

export async function removeDeadProperty(
  db: Db,
  organisationId: string,
  resourceId: string,
  namespace: string,
  localName: string,
): Promise<void> {
  await db
    .deleteFrom('dead_property')
    .where('organisation_id', '=', organisationId)
    .where('resource_id', '=', resourceId)
    .where('namespace', '=', namespace)
    .where('local_name', '=', localName)
    .execute();
}

/** Copies all dead properties of one resource to another (COPY and MOVE, RFC 4918 §9.8.2). */
export async function copyDeadProperties(db: Db, organisationId: string, from: string, to: string): Promise<void> {
  await db
    .insertInto('dead_property')
    .columns(['organisation_id', 'resource_id', 'namespace', 'local_name', 'xml'])
    .expression(
      db
        .selectFrom('dead_property')
        .select((e) => ['organisation_id', e.val(to).as('resource_id'), 'namespace', 'local_name', 'xml'])
        .where('organisation_id', '=', organisationId)
        .where('resource_id', '=', from),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function removeAllDeadProperties(
  db: Db,
  organisationId: string,
  resourceIds: readonly string[],
): Promise<void> {
  if (resourceIds.length === 0) return;
  await db
    .deleteFrom('dead_property')
    .where('organisation_id', '=', organisationId)
    .where((e) => e('resource_id', '=', e.fn.any(e.val([...resourceIds]))))
    .execute();
}
