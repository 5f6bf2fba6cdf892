/** The rows of a merge's record: what undo needs, and what a device that was away must not bring back. */
import { contentHash } from '../dedup/content-hash.ts';
import { type StoredObject, uidKey } from '../store/objects.ts';
import type { NewRow } from '../store/schema.ts';
import type { Actor } from './context.ts';
import type { MergePlan, MergeWish } from './merge-plan.ts';

/** `runId`: the run or batch that the merge belongs to. */
export function mergeRow(
  actor: Actor,
  request: MergeWish & { readonly runId?: string },
  mergeId: string,
  now: Date,
): NewRow<'merge'> {
  return {
    organisation_id: actor.organisationId,
    merge_id: mergeId,
    owner_id: actor.principalId,
    actor_id: actor.principalId,
    reference_id: request.referenceId,
    run_id: request.runId ?? null,
    choices: JSON.stringify(request.choices),
    merged_at: now,
    undone_at: null,
  };
}

/** Every card that the merge touches, with its octets before and after. */
export function mergeObjects(actor: Actor, plan: MergePlan, mergeId: string): NewRow<'merge_object'>[] {
  const row = (
    object: Pick<StoredObject, 'object_id' | 'collection_id' | 'name' | 'uid' | 'body'>,
    role: NewRow<'merge_object'>['role'],
    after: Buffer | null,
  ): NewRow<'merge_object'> => ({
    organisation_id: actor.organisationId,
    merge_id: mergeId,
    object_id: object.object_id,
    collection_id: object.collection_id,
    role,
    name: object.name,
    uid: object.uid,
    body_before: object.body,
    body_after: after,
  });
  const [reference, ...sources] = plan.objects as [StoredObject, ...StoredObject[]];
  return [
    row(reference, 'reference', plan.result.octets),
    ...sources.map((source) => row(source, 'source', null)),
    ...plan.groups.map((group) => row(group, 'group', group.after)),
  ];
}

/** What the merge takes away, by the names and contents under which a device may bring it back. */
export function away(actor: Actor, plan: MergePlan, mergeId: string): NewRow<'merged_away'>[] {
  return plan.objects.slice(1).map((source, at) => ({
    organisation_id: actor.organisationId,
    merge_id: mergeId,
    object_id: source.object_id,
    collection_id: source.collection_id,
    name: source.name,
    uid_key: source.uid === null ? null : uidKey(source.uid),
    content_hash: contentHash(plan.cards[at + 1]!),
    reference_id: plan.objects[0]!.object_id,
  }));
}
