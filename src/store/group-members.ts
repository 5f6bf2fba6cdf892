/** Groups and who is in them. */
import { sql } from 'kysely';
import type { Db } from './database.ts';
import type { Principal } from './principals.ts';

/** Groups that hold the principal, directly. */
export function listGroupsOf(db: Db, organisationId: string, memberId: string): Promise<Principal[]> {
  return db
    .selectFrom('group_member')
    .innerJoin('principal', (join) =>
      join
        .onRef('principal.organisation_id', '=', 'group_member.organisation_id')
        .onRef('principal.principal_id', '=', 'group_member.group_id'),
    )
    .selectAll('principal')
    .where('group_member.organisation_id', '=', organisationId)
    .where('group_member.member_id', '=', memberId)
    .orderBy('principal.name')
    .execute();
}

/** Direct members of a group. */
export function listMembersOf(db: Db, organisationId: string, groupId: string): Promise<Principal[]> {
  return db
    .selectFrom('group_member')
    .innerJoin('principal', (join) =>
      join
        .onRef('principal.organisation_id', '=', 'group_member.organisation_id')
        .onRef('principal.principal_id', '=', 'group_member.member_id'),
    )
    .selectAll('principal')
    .where('group_member.organisation_id', '=', organisationId)
    .where('group_member.group_id', '=', groupId)
    .orderBy('principal.name')
    .execute();
}

/** Makes `memberIds` the exact members of the group. */
export async function setGroupMembers(
  db: Db,
  organisationId: string,
  groupId: string,
  memberIds: readonly string[],
): Promise<void> {
  await sql`delete from group_member where organisation_id = ${organisationId} and group_id = ${groupId}`.execute(db);
  if (memberIds.length === 0) return;
  const rows = memberIds.map((member_id) => ({ organisation_id: organisationId, group_id: groupId, member_id }));
  await db
    .insertInto('group_member')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
