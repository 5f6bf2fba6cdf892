/** What an administrator does to groups, things and rooms. */
import { AppError } from '../base/errors.ts';
import { idsByName } from '../store/booked-principals.ts';
import { inTransaction } from '../store/database.ts';
import { setGroupMembers } from '../store/group-members.ts';
import { findPrincipal, type Principal, updatePrincipal } from '../store/principals.ts';
import { deletePrincipal } from '../store/users.ts';
import { createPrincipal } from './accounts.ts';
import type { Context } from './context.ts';

export type BookedKind = 'group' | 'resource' | 'location';

/** A group, resource or location. Throws AppError notFound: of another organisation, or a user, looks like missing. */
export async function requireBooked(context: Context, organisationId: string, id: string): Promise<Principal> {
  const found = await findPrincipal(context.db, organisationId, id);
  if (found && found.kind !== 'user') return found;
  throw new AppError('notFound', 'no-such-principal', 'There is no such group, resource or location.');
}

export interface NewBooked {
  readonly kind: BookedKind;
  readonly name: string;
  readonly displayName?: string | undefined;
  readonly members?: readonly string[] | undefined;
}

/** Makes one; returns its id. Throws as `createPrincipal`, and AppError 'unknown-member', 'no-group'. */
export function createBooked(
  context: Context,
  organisationId: string,
  { kind, name, displayName, members }: NewBooked,
): Promise<string> {
  return inTransaction(context.db, async (tx) => {
    const inside = { ...context, db: tx };
    const wanted = { organisationId, kind, name, ...(displayName === undefined ? {} : { displayName }) };
    const id = await createPrincipal(inside, wanted);
    if (members) await putMembers(inside, await requireBooked(inside, organisationId, id), members);
    return id;
  });
}

/** Changes one, all or nothing. Throws AppError notFound, 'unknown-member', 'no-group'. */
export function changeBooked(
  context: Context,
  organisationId: string,
  id: string,
  change: { readonly displayName?: string | undefined; readonly members?: readonly string[] | undefined },
): Promise<void> {
  return inTransaction(context.db, async (tx) => {
    const inside = { ...context, db: tx };
    const found = await requireBooked(inside, organisationId, id);
    if (change.displayName !== undefined)
      await updatePrincipal(tx, organisationId, id, { display_name: change.displayName });
    if (change.members) await putMembers(inside, found, change.members);
  });
}

async function putMembers(context: Context, group: Principal, names: readonly string[]): Promise<void> {
  if (group.kind !== 'group')
    throw new AppError('invalid', 'no-group', `${group.name} is no group: it has no members.`);
  const ids = await idsByName(context.db, group.organisation_id, names);
  const unknown = names.find((name) => !ids.has(name));
  if (unknown !== undefined) {
    throw new AppError('invalid', 'unknown-member', `There is nobody called "${unknown}" who could be a member.`, {
      name: unknown,
    });
  }
  await setGroupMembers(context.db, group.organisation_id, group.principal_id, [...new Set(ids.values())]);
}

/** Deletes one with its calendars; `confirmation` must be its name. Throws AppError notFound, 'not-confirmed'. */
export function deleteBooked(
  context: Context,
  organisationId: string,
  id: string,
  confirmation: string,
): Promise<void> {
  return inTransaction(context.db, async (tx) => {
    const found = await requireBooked({ ...context, db: tx }, organisationId, id);
    if (found.name !== confirmation)
      throw new AppError('conflict', 'not-confirmed', 'The name must be given to delete it for good.');
    await deletePrincipal(tx, organisationId, id);
  });
}
