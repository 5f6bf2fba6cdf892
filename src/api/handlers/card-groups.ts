/** Cards and the group cards of their book. */
import { memberUids, uidKey } from '../../merge/group-cards.ts';
import { findCards, findPointingCards } from '../../store/cards.ts';
import { findCardsByUid } from '../../store/decisions.ts';
import { isGroup, readCard } from '../../vcard/card.ts';
import type { Handlers } from '../call.ts';
import { cardSummary } from '../views/card-view.ts';
import { requireCard } from './reachable.ts';

export const cardGroupHandlers: Handlers<'listCardGroups'> = {
  listCardGroups: async ({ api, caller, parameters }) => {
    const { object, collection } = await requireCard(api, caller, parameters.id, 'read');
    const { organisationId } = caller;
    const own = object.uid === null ? undefined : uidKey(object.uid);
    const pointing = await findPointingCards(api.db, organisationId, [collection.collection_id]);
    const groups = pointing.filter(({ body }) => {
      const card = readCard(body);
      return isGroup(card) && memberUids(card).some((uid) => uidKey(uid) === own);
    });
    const card = readCard(object.body);
    const named = isGroup(card) ? memberUids(card) : [];
    const written = named.flatMap((uid) => [uid, `urn:uuid:${uid}`]);
    const found = named.length === 0 ? [] : await findCardsByUid(api.db, organisationId, collection.owner_id, written);
    const members = found.filter((each) => each.collection_id === collection.collection_id);
    const ids = (cards: readonly { readonly object_id: string }[]) => cards.map((each) => each.object_id);
    const rows = await findCards(api.db, organisationId, ids([...groups, ...members]));
    const summaries = new Map(rows.map((row) => [row.object_id, cardSummary(row)]));
    const listed = (cards: readonly { readonly object_id: string }[]) =>
      ids(cards)
        .flatMap((id) => summaries.get(id) ?? [])
        .sort((a, b) => a.displayName.localeCompare(b.displayName));
    return { groups: listed(groups), members: listed(members), missing: named.length - members.length };
  },
};
