/** Cards of a cluster that hold the same as another of it: merged without a choice, whatever else the cluster holds. */
import { findRecords } from '../store/dedup-index.ts';
import type { SuggestionRow } from '../store/suggestions.ts';
import type { Actor, Context } from './context.ts';
import type { MergeRequest } from './merge-cards.ts';

/**
 * A merge for each content that several cards of the suggestion hold, into its reference where that is among them. Each is
 * refused if they do not hold the same any more.
 */
export async function mergesOfCopies(context: Context, actor: Actor, row: SuggestionRow): Promise<MergeRequest[]> {
  const records = await findRecords(context.db, actor.organisationId, actor.principalId, row.members);
  const groups = [...Map.groupBy(records, (record) => record.contentHash).values()].filter((group) => group.length > 1);
  return groups.map((group) => {
    const ids = group.map((record) => record.objectId).sort();
    const referenceId = ids.includes(row.reference_id) ? row.reference_id : ids[0]!;
    return { referenceId, memberIds: ids.filter((id) => id !== referenceId), choices: {}, sameContent: true };
  });
}
