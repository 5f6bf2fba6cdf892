/** The lines of the cards of one merge as comparable values, all in the version of the reference. */
import { type ContentLine, typeWords } from '../contentline/content-line.ts';
import { unfoldedText } from '../contentline/read.ts';
import { escapeText, isQuotedPrintable } from '../contentline/value.ts';
import { formatContentLine, type LineContent } from '../contentline/write.ts';
import { type Card, readCard } from '../vcard/card.ts';
import type { StoredVersion } from '../vcard/convert.ts';
import { lineToVersion3 } from '../vcard/convert-to-3.ts';
import { lineToVersion4 } from '../vcard/convert-to-4.ts';
import { upgradeCard, writtenName } from '../vcard/import-upgrade.ts';
import { UNREADABLE_LINE, upgradeLine } from '../vcard/upgrade.ts';
import { isCompanion, propertyOf, ruleOf } from './field-rules.ts';
import { phoneKeys } from './phone-classes.ts';

/** One line of one card. */
export interface FieldValue {
  readonly card: number;
  /** Index in the card's `lines`. */
  readonly index: number;
  /** The line as it reads in the version of the reference. */
  readonly line: ContentLine;
  /** Canonical property name. */
  readonly property: string;
  /** Values with the same property and key are the same value; empty when there is none. */
  readonly key: string;
  readonly companion: boolean;
}

/** The card itself when it is 3.0 or 4.0, its 3.0 form otherwise: the form whose line numbers an account speaks of. */
export function asStored(card: Card): Card {
  return card.version === '3.0' || card.version === '4.0' ? card : readCard(upgradeCard(card));
}

/** Every line of every card, card by card. `cards` must be stored forms; values are converted to `version` for comparing. */
export function fieldValues(cards: readonly Card[], version: StoredVersion, region: string | undefined): FieldValue[] {
  const values = cards.flatMap((card, number) =>
    card.lines.map((line, index): FieldValue => {
      const same = card.version === version;
      const read = same && propertyOf(line) !== UNREADABLE_LINE ? line : asLine(lineIn(card, line, version), line);
      const property = propertyOf(read);
      return {
        card: number,
        index,
        line: read,
        property,
        key: ruleOf(property).key(read),
        companion: isCompanion(read),
      };
    }),
  );
  const phones = phoneKeys(
    values.filter(isPhone).map(({ line }) => line.value),
    region,
  );
  const labels = new Map(values.filter(({ companion }) => companion).map((value) => [groupKey(value), value.key]));
  return values.map((value) => {
    if (isPhone(value)) return { ...value, key: phones.get(value.line.value)! };
    const label = value.key !== '' && ruleOf(value.property).labelCounts ? labels.get(groupKey(value)) : undefined;
    return label === undefined ? value : { ...value, key: `${value.key} (${label})` };
  });
}

/** Key of a group of one card: `2/item1`. */
export function groupKey(value: FieldValue): string {
  return `${value.card}/${value.line.group.toLowerCase()}`;
}

const isPhone = ({ property, key }: FieldValue): boolean => key !== '' && ruleOf(property).phones === true;

function asLine(content: LineContent, from: ContentLine): ContentLine {
  const { group, name, params, value } = content;
  return { group, name: name.toUpperCase(), params, value, start: from.start, end: from.end, number: from.number };
}

/** Names that differ between the versions; all others are written alike. */
const RENAMED: Readonly<Record<StoredVersion, ReadonlyMap<string, string>>> = {
  '3.0': new Map(),
  '4.0': new Map([
    ['X-ADDRESSBOOKSERVER-KIND', 'KIND'],
    ['X-ADDRESSBOOKSERVER-MEMBER', 'MEMBER'],
  ]),
};

/** The content of one line of `card` in `version`. */
function lineIn(card: Card, line: ContentLine, version: StoredVersion): LineContent {
  if (propertyOf(line) === UNREADABLE_LINE)
    return { group: '', name: UNREADABLE_LINE, params: [], value: escapeText(unfoldedText(card.octets, line)) };
  const name = RENAMED[version].get(line.name) ?? writtenName(card, line);
  const content = isQuotedPrintable(line)
    ? upgradeLine(line, name)
    : { group: line.group, name, params: line.params, value: line.value };
  if (card.version === version) return content;
  return version === '4.0' ? lineToVersion4(content) : lineToVersion3(content);
}

/**
 * Unfolded text of one line of `card` in `version`, fit to be edited: as written when it is of that version already,
 * except that quoted-printable, which cannot be edited nor folded as text, is decoded.
 */
export function textIn(card: Card, line: ContentLine, version: StoredVersion): string {
  if (card.version !== version || propertyOf(line) === UNREADABLE_LINE)
    return formatContentLine(lineIn(card, line, version));
  return isQuotedPrintable(line)
    ? formatContentLine(upgradeLine(line, writtenName(card, line)))
    : unfoldedText(card.octets, line);
}

/** Type words that say nothing of their own: every e-mail is `internet`, every number is `voice` unless it says otherwise. */
const DEFAULT_TYPES = new Set([
  'pref',
  'internet',
  'voice',
  'x-internet',
  'quoted-printable',
  'base64',
  'b',
  'uri',
  '8bit',
  '7bit',
]);

/** TYPE words that mean something, in lower case, each once. */
export function meaningfulTypes(line: ContentLine): string[] {
  return [...new Set(typeWords(line))].filter((word) => !DEFAULT_TYPES.has(word));
}

/** True for a line marked as preferred in any version's way. */
export function isPreferred(line: ContentLine): boolean {
  return typeWords(line).includes('pref') || line.params.some((param) => param.name === 'PREF');
}
