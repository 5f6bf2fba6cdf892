/** Bodies that were read before: clients send the same few over and over. */
import { remembering } from '../base/remembering.ts';
import type { Element } from './element.ts';
import { parseXml } from './parse.ts';

/** Longer bodies hold lists of hrefs, which are hardly ever the same. */
const LONGEST = 1024;
const MOST = 500;
const known = remembering(MOST, (text) => parseXml(Buffer.from(text, 'latin1')));

/** As `parseXml` with its own limits. What it returns may have been returned before: nobody changes an element. */
export const parseKnownXml = (octets: Buffer): Element =>
  octets.length > LONGEST ? parseXml(octets) : known(octets.toString('latin1'));
