/** After an update of the engine: what an older one made of a card is not what this one compares, so the card is read anew. */
import { ENGINE_VERSION } from '../dedup/types.ts';
import { findOldRecords, replaceOldRecords } from '../store/old-records.ts';
import { readCard } from '../vcard/card.ts';
import type { Context } from './context.ts';
import { recordOf } from './object-kinds.ts';
import type { Owner } from './recluster.ts';

/** Cards of one batch: each is stored by itself, so that what was read stays read if the process ends. */
const BATCH = 500;

/** Reads the cards in the owner's sight anew whose records are an older engine's. Returns how many. */
export async function rereadCards({ db }: Context, { organisationId, principalId }: Owner): Promise<number> {
  let reread = 0;
  let after: string | undefined;
  for (;;) {
    const old = await findOldRecords(db, organisationId, principalId, ENGINE_VERSION, after, BATCH);
    after = old.at(-1)?.objectId;
    if (after === undefined) return reread;
    const records = old.map(({ objectId, contentHash, body, region }) => ({
      ...recordOf(readCard(body), region ?? undefined, objectId),
      objectId,
      oldHash: contentHash,
    }));
    await replaceOldRecords(db, organisationId, records);
    reread += old.length;
  }
}
