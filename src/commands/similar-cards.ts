/** Who is like this card? Asked before it is saved: nothing is stored. */
import { keysByRule } from '../dedup/blocking/rules.ts';
import { extractRecord } from '../dedup/extract/extract.ts';
import { copyPair } from '../dedup/pairs.ts';
import { scorePair } from '../dedup/score.ts';
import { bookStatistics } from '../dedup/statistics.ts';
import type { ContactRecord, PairScore, Statistics } from '../dedup/types.ts';
import { findCardsByContent, findNamedRecords } from '../store/dedup-index.ts';
import { findCounts } from '../store/scored-records.ts';
import { listSharedBooks } from '../store/shared-books.ts';
import { findWaiting } from '../store/waiting-cards.ts';
import { uidOf } from '../vcard/card.ts';
import { IMPORTED_VERSIONS, validateCard } from '../vcard/validate.ts';
import { limitsOf } from './affected-cards.ts';
import { withAskedHolders } from './asked-holders.ts';
import { makeBookLookUp } from './book-look-up.ts';
import type { Context, Owner } from './context.ts';
import { cardsMet, type KeyLookUp } from './key-look-up.ts';
import { readableBooks } from './readable-books.ts';

export interface SimilarCard {
  readonly objectId: string;
  readonly pair: PairScore;
}

const MOST_SHOWN = 20;
/** Cards not yet scored that are looked at, too; there are more only while a device uploads a whole book. */
const MOST_UNSCORED = 300;
/** What the asked card is called while it is compared: no stored card has this id. */
const ASKED = '00000000-0000-0000-0000-000000000000';

/** Stored cards that may be the same person, likeliest first; the card with the same UID is itself and left out. Throws AppError for what is no card. */
export async function findSimilar(context: Context, owner: Owner, octets: Buffer): Promise<SimilarCard[]> {
  const { organisationId, principalId } = owner;
  const card = validateCard(octets, { maxSize: context.limits.maxCardSize }, IMPORTED_VERSIONS);
  const region = (await readableBooks(context.db, owner)).find(({ collection }) => collection.region)?.collection
    .region;
  const asked = extractRecord(card, { id: ASKED, ...(region ? { region } : {}) });
  if (asked.kind === 'group') return [];
  const books = await listSharedBooks(context.db, organisationId, principalId);
  const shared = books.some((book) => book.compared);
  const book = await findCounts(context.db, organisationId, principalId);
  const look = makeBookLookUp(context.db, owner, { keyed: book?.keyed ?? false, shared });
  const found = await candidates(context, owner, look, asked);
  const records = found.filter((record) => record.uid === null || record.uid !== uidOf(card));
  const data = records.map((record) => record.data as ContactRecord);
  const scored = (record: ContactRecord, statistics: Statistics) => ({
    objectId: record.id,
    pair:
      record.contentHash === asked.contentHash ? copyPair(asked.id, record.id) : scorePair(asked, record, statistics),
  });
  // a book that was never searched is what the candidates themselves tell of it
  const ownStatistics = { ...bookStatistics(data), holders: () => 0 };
  const pairs = book
    ? await withAskedHolders(look, book.counts, data, scored)
    : data.map((record) => scored(record, ownStatistics));
  return pairs
    .filter(({ pair }) => pair.tier !== 'none')
    .sort((x, y) => y.pair.weight - x.pair.weight)
    .slice(0, MOST_SHOWN);
}

async function candidates(
  context: Context,
  { organisationId, principalId: ownerId }: Owner,
  look: KeyLookUp,
  asked: ContactRecord,
) {
  const limits = limitsOf([asked]);
  await look.read(limits);
  const ids = cardsMet(look, limits, [...limits.keys()]);
  const copies = await findCardsByContent(context.db, organisationId, ownerId, [asked.contentHash]);
  const unscored = await findWaiting(context.db, organisationId, ownerId, MOST_UNSCORED);
  const meeting = new Set([...ids, ...copies.map((record) => record.objectId)]);
  const wanted = new Set([...meeting, ...unscored.map((card) => card.objectId)]);
  const records = await findNamedRecords(context.db, organisationId, ownerId, [...wanted]);
  // keys of a card are stored when it is scored: those of a card that came a moment ago are read off it
  return records.filter(
    ({ objectId, data }) =>
      meeting.has(objectId) || keysByRule(data as ContactRecord).keys.some((key) => limits.has(key)),
  );
}
