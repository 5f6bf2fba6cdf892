/** Cards as the API shows them. */
import { type ContentLine, typeWords } from '../../contentline/content-line.ts';
import { decodedValue, splitValue, unescapeText } from '../../contentline/value.ts';
import type { CardRow } from '../../store/cards.ts';
import type { Card } from '../../vcard/card.ts';
import { shownDate } from '../../vcard/dates.ts';
import { labelsByGroup } from '../../vcard/labels.ts';
import type { CardDetail, CardField, CardSummary } from '../contract/cards.ts';

const KINDS: Readonly<Record<string, CardSummary['kind']>> = {
  individual: 'individual',
  group: 'group',
  org: 'organization',
};

/** One card of a list, from its index. */
export function cardSummary(row: CardRow): CardSummary {
  const index = row.index_data ?? {};
  const kind = (index.KIND ?? index['X-ADDRESSBOOKSERVER-KIND'])?.[0]?.trim().toLowerCase() ?? 'individual';
  return {
    id: row.object_id,
    collectionId: row.collection_id,
    name: row.name,
    uid: row.uid,
    kind: KINDS[kind] ?? 'other',
    displayName: displayName(index, row.name),
    organisation: readable(index.ORG?.[0] ?? '') || null,
    emails: [...(index.EMAIL ?? [])],
    phones: (index.TEL ?? []).map((phone) => phone.replace(/^tel:/i, '')),
    hasPhoto: row.has_photo,
    etag: row.etag,
    modifiedAt: row.modified_at.toISOString(),
  };
}

/** The name to show for a card: FN, else N, organisation, nickname, mail, phone, and at last its file name. */
function displayName(index: CardRow['index_data'], name: string): string {
  const [family = '', given = '', middle = '', prefix = '', suffix = ''] = (index.N?.[0] ?? '').split(';');
  const candidates = [
    index.FN?.[0],
    [prefix, given, middle, family, suffix].filter(Boolean).join(' '),
    readable(index.ORG?.[0] ?? ''),
    index.NICKNAME?.[0],
    index.EMAIL?.[0],
    index.TEL?.[0],
  ];
  return candidates.map((candidate) => candidate?.trim()).find(Boolean) ?? name;
}

const readable = (structured: string): string =>
  structured
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean)
    .join(', ');

const FRAME = new Set(['BEGIN', 'END', 'VERSION', '']);
const STRUCTURED = new Set(['N', 'ADR', 'ORG', 'GENDER']);
const MEDIA = new Set(['PHOTO', 'LOGO', 'SOUND', 'KEY']);
const DATES = new Set(['BDAY', 'DEATHDATE', 'ANNIVERSARY', 'X-ANNIVERSARY', 'X-ABDATE']);
const LONGEST_TEXT = 10_000;

/** The lines of a card as people read them; media are named, not shown as text. */
export function cardFields(card: Card): CardField[] {
  const labels = labelsByGroup(card);
  return card.lines
    .filter((line) => !FRAME.has(line.name) && !(line.name === 'X-ABLABEL' && line.group))
    .map((line) => cardField(line, labels.get(line.group.toLowerCase()) ?? null));
}

export function cardField(line: ContentLine, label: string | null): CardField {
  const value = MEDIA.has(line.name) && !/^https?:/i.test(line.value) ? '' : decodedValue(line);
  const components = STRUCTURED.has(line.name) ? splitValue(value, ';').map((part) => unescapeText(part).trim()) : null;
  const whole = DATES.has(line.name) ? shownDate(line) : unescapeText(value);
  const text = components ? components.filter(Boolean).join(line.name === 'N' ? ' ' : ', ') : whole;
  return {
    property: line.name,
    group: line.group,
    label,
    types: typeWords(line),
    text: text.trim().slice(0, LONGEST_TEXT),
    components,
  };
}

/** One card whole. */
export function cardDetail(row: CardRow, card: Card): CardDetail {
  return {
    ...cardSummary(row),
    hasPhoto: card.lines.some((line) => line.name === 'PHOTO'),
    fields: cardFields(card),
    vcard: card.octets.toString('utf8'),
  };
}
