/** A body that came too late: its owner can take it back. */
import { AppError } from '../base/errors.ts';
import { findCollectionById } from '../store/collections.ts';
import { type ConflictCopy, deleteConflictCopy, findConflictCopy } from '../store/conflict-copies.ts';
import type { Context } from './context.ts';
import { type PutResult, putObject } from './put-object.ts';

/**
 * Stores a conflict copy under its name after all; the version it replaces stays in the history. Throws AppError notFound,
 * or what storing it throws.
 */
export async function takeBackConflictCopy(context: Context, copy: ConflictCopy): Promise<PutResult> {
  const collection = await findCollectionById(context.db, copy.organisation_id, copy.collection_id);
  if (!collection) throw new AppError('notFound', 'not-found', 'The collection no longer exists.');
  const result = await putObject(context, { collection, name: copy.name, octets: copy.body });
  await deleteConflictCopy(context.db, copy.organisation_id, copy.conflict_id);
  return result;
}

/** A copy with its octets. Throws AppError notFound. */
export async function requireConflictCopy(
  context: Context,
  organisationId: string,
  conflictId: string,
): Promise<ConflictCopy> {
  const copy = await findConflictCopy(context.db, organisationId, conflictId);
  if (!copy) throw new AppError('notFound', 'not-found', 'There is no such conflict copy.');
  return copy;
}
