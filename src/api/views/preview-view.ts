/** A planned merge as the page shows it: the merged card, what is new on it, what only the record keeps. */
import type { MergePlan } from '../../commands/merge-plan.ts';
import { type Card, readCard, textOf } from '../../vcard/card.ts';
import { upgradeCard } from '../../vcard/import-upgrade.ts';
import { labelsByGroup } from '../../vcard/labels.ts';
import type { CardField } from '../contract/cards.ts';
import type { Preview } from '../contract/merges.ts';
import { cardField, cardFields } from './card-view.ts';
import { fieldRowViews } from './field-row-view.ts';

/** Lines that belong to the card itself and are no loss of anybody's. */
const FRAME = new Set(['BEGIN', 'END', 'VERSION', 'UID', 'REV', 'PRODID', '']);

export function previewView(plan: MergePlan): Preview {
  const ids = plan.objects.map((object) => object.object_id);
  return {
    referenceId: ids[0]!,
    vcard: plan.result.octets.toString('utf8'),
    fields: mergedFields(plan, ids),
    kept: keptValues(plan, ids),
    groups: plan.groups.map((group) => ({
      id: group.object_id,
      displayName: textOf(readCard(group.body), 'FN') || group.name,
    })),
    rows: fieldRowViews(
      plan.cards.map((card, at) => ({ id: ids[at]!, card })),
      plan.region,
    ),
    etags: Object.fromEntries(plan.objects.map((object) => [object.object_id, object.etag])),
  };
}

/** What makes two fields the same value for people: where it came from is told by this. */
const sameValue = (field: CardField): string => `${field.property} ${field.text.toLowerCase().replace(/\s+/g, ' ')}`;

function mergedFields(plan: MergePlan, ids: readonly string[]): Preview['fields'] {
  const holders = plan.cards.map((card) => new Set(cardFields(card).map(sameValue)));
  return cardFields(readCard(plan.result.octets)).map((field) => {
    const from = ids.filter((_, at) => holders[at]!.has(sameValue(field)));
    return { ...field, fromCardIds: from, added: !from.includes(ids[0]!) };
  });
}

function keptValues(plan: MergePlan, ids: readonly string[]): Preview['kept'] {
  const counted = plan.cards.map(asCounted);
  const labels = counted.map(labelsByGroup);
  return plan.result.account.flatMap(({ card, line, property, fate, as }) => {
    if ((fate !== 'kept-aside' && fate !== 'not-on-card') || FRAME.has(property)) return [];
    const source = counted[card]?.lines[line];
    if (!source || FRAME.has(source.name)) return [];
    return [
      {
        cardId: ids[card]!,
        property,
        text: cardField(source, labels[card]!.get(source.group.toLowerCase()) ?? null).text,
        fate,
        as: as ?? null,
      },
    ];
  });
}

/** The merge counts the lines of a 2.1 card in its 3.0 form. */
const asCounted = (card: Card): Card =>
  card.version === '3.0' || card.version === '4.0' ? card : readCard(upgradeCard(card));
