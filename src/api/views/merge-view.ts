/** Merges as the history shows them. */
import type { MergeObject, MergeRow } from '../../store/merges.ts';
import { readCard, textOf } from '../../vcard/card.ts';
import type { MergeRecord } from '../contract/merges.ts';

const ORDER: Readonly<Record<MergeObject['role'], number>> = { reference: 0, source: 1, group: 2 };

/** Merges with the objects they touched, named as they were before. */
export function mergeRecords(rows: readonly MergeRow[], objects: readonly MergeObject[]): MergeRecord[] {
  const byMerge = Map.groupBy(objects, (object) => object.merge_id);
  return rows.map((row) => ({
    id: row.merge_id,
    mergedAt: row.merged_at.toISOString(),
    undoneAt: row.undone_at?.toISOString() ?? null,
    runId: row.run_id,
    referenceId: row.reference_id,
    objects: (byMerge.get(row.merge_id) ?? [])
      .toSorted((a, b) => ORDER[a.role] - ORDER[b.role])
      .map((object) => ({
        id: object.object_id,
        collectionId: object.collection_id,
        role: object.role,
        name: object.name,
        displayName: textOf(readCard(object.body_before), 'FN') || object.name,
      })),
  }));
}
