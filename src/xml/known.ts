/** Bodies that were read before: clients send the same few over and over. */
import type { Element } from './element.ts';
import { parseXml } from './parse.ts';

/** Longer bodies hold lists of hrefs, which are hardly ever the same. */
const LONGEST = 1024;
const MOST = 500;
const known = new Map<string, Element>();

/** As `parseXml` with its own limits. What it returns may have been returned before: nobody changes an element. */
export function parseKnownXml(octets: Buffer): Element {
  if (octets.length > LONGEST) return parseXml(octets);
  const text = octets.toString('latin1');
  const before = known.get(text);
  if (before) return before;
  const element = parseXml(octets);
  if (known.size >= MOST) known.clear();
  known.set(text, element);
  return element;
}
