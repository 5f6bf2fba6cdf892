/** What strangers are shown of an address book: cards that are not said to be private or confidential (RFC 2426 §3.7.1). */
import { mayNameClass } from '../contentline/class.ts';
import { readContentLines } from '../contentline/read.ts';

/** True for a card that is public or says nothing. Outlook writes the class of contacts that are marked as private. */
export function isPublicCard(octets: Buffer): boolean {
  if (!mayNameClass(octets)) return true;
  return readContentLines(octets).every(({ name, value }) => name !== 'CLASS' || /^\s*(?:PUBLIC\s*)?$/i.test(value));
}
