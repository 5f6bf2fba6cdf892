/** Cards between vCard 3.0 and 4.0, lossless in meaning (RFC 6350 appendix A): what the other version cannot say keeps its words. */
import { unfoldedText } from '../contentline/read.ts';
import { escapeText } from '../contentline/value.ts';
import { type LineContent, writeContentLine } from '../contentline/write.ts';
import { type Card, readCard } from './card.ts';
import { toVersion3 } from './convert-to-3.ts';
import { toVersion4 } from './convert-to-4.ts';
import { upgradeCard, writtenName } from './import-upgrade.ts';
import { isPropertyName, UNREADABLE_LINE } from './upgrade.ts';

export type StoredVersion = '3.0' | '4.0';

/** The contents of a card's lines, names in their own letters, BEGIN, VERSION and END left out. */
export function lineContents(card: Card): LineContent[] {
  const inner = card.lines.filter((line) => !/^(?:BEGIN|END|VERSION)$/.test(line.name));
  return inner.map((line) =>
    isPropertyName(line.name)
      ? { group: line.group, name: writtenName(card, line), params: line.params, value: line.value }
      : { group: '', name: UNREADABLE_LINE, params: [], value: escapeText(unfoldedText(card.octets, line)) },
  );
}

/** Octets of `card` in `version`; the card's own octets when it is of that version already. Takes 2.1 as source too. */
export function convertCard(card: Card, version: StoredVersion): Buffer {
  if (card.version === version) return card.octets;
  const source = card.version === '3.0' || card.version === '4.0' ? card : readCard(upgradeCard(card));
  if (source.version === version) return source.octets;
  const contents = lineContents(source);
  const converted = version === '4.0' ? toVersion4(contents) : toVersion3(contents);
  const framed = [frame('BEGIN', 'VCARD'), frame('VERSION', version), ...converted, frame('END', 'VCARD')];
  return Buffer.concat(framed.map((line) => writeContentLine(line)));
}

const frame = (name: string, value: string): LineContent => ({ group: '', name, params: [], value });
