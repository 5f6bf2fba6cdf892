/** Groups and who is in them. */
import { sql } from 'kysely';
import type { Db } from './database.ts';
import type { Principal } from './principals.ts';

type Side = 'group_id' | 'member_id';

/** The principals on one side of the memberships that have `principalId` on the other, by name. */
const acrossFrom = (
  db: Db,
  organisationId: string,
  side: Side,
  other: Side,
  principalId: string,
): Promise<Principal[]> =>
  db
    .selectFrom('group_member')
    .innerJoin('principal', (join) =>
      join
        .onRef('principal.organisation_id', '=', 'group_member.organisation_id')
        .onRef('principal.principal_id', '=', `group_member.${side}`),
    )
    .selectAll('principal')
    .where('group_member.organisation_id', '=', organisationId)
    .where(`group_member.${other}`, '=', principalId)
    .orderBy('principal.name')
    .execute();

/** Groups that hold the principal, directly. */
export const listGroupsOf = (db: Db, organisationId: string, memberId: string): Promise<Principal[]> =>
  acrossFrom(db, organisationId, 'group_id', 'member_id', memberId);

/** Direct members of a group. */
export const listMembersOf = (db: Db, organisationId: string, groupId: string): Promise<Principal[]> =>
  acrossFrom(db, organisationId, 'member_id', 'group_id', groupId);

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
