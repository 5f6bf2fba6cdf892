/** What a stored object is called: the name on a card, the title of an event or task. */
import { decodedValue, unescapeText } from '../../contentline/value.ts';
import { readCard } from '../../vcard/card.ts';
import type { CardField } from '../contract/cards.ts';
import { cardFields } from './card-view.ts';

const isCard = (octets: Buffer): boolean => /^\s*BEGIN:VCARD/i.test(octets.toString('latin1', 0, 40));

/** Fields of octets that are a card; none of any other. */
export const fieldsOf = (octets: Buffer): CardField[] => (isCard(octets) ? cardFields(readCard(octets)) : []);

/** FN of a card, the first SUMMARY of a calendar object; `name`, its file name, for one that has none. Never throws. */
export function objectTitle(octets: Buffer, name: string): string {
  const { lines } = readCard(octets);
  const line = lines.find((each) => each.name === (isCard(octets) ? 'FN' : 'SUMMARY'));
  return (line && unescapeText(decodedValue(line)).trim()) || name;
}
