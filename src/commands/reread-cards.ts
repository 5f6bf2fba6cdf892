/** After an update of the engine: what an older one made of a card is not what this one compares, so the card is read anew. */
import { ENGINE_VERSION } from '../dedup/types.ts';
import { findOldRecords, listOldRecords, replaceOldRecords } from '../store/old-records.ts';
import { readCard } from '../vcard/card.ts';
import type { Context, Owner } from './context.ts';
import { recordOf } from './object-kinds.ts';

/** Cards of one batch: each is stored by itself, so that what was read stays read if the process ends. */
const BATCH = 500;

/** Reads the cards in the owner's sight anew whose records are an older engine's. Returns how many. */
export async function rereadCards({ db }: Context, { organisationId, principalId }: Owner): Promise<number> {
  const ids = await listOldRecords(db, organisationId, principalId, ENGINE_VERSION);
  for (let from = 0; from < ids.length; from += BATCH) {
    const old = await findOldRecords(db, organisationId, ids.slice(from, from + BATCH));
    const records = old.map(({ objectId, contentHash, body, region }) => ({
      ...recordOf(readCard(body), region ?? undefined, objectId),
      objectId,
      oldHash: contentHash,
    }));
    await replaceOldRecords(db, organisationId, records);
  }
  return ids.length;
}
