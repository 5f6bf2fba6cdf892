/** A small invented address book for tests: people, households, colleagues, and copies with slips. */
import { extractRecord } from '../../src/dedup/extract/extract.ts';
import type { ContactRecord } from '../../src/dedup/types.ts';
import { readCard } from '../../src/vcard/card.ts';

/** A record from content lines; UID, BEGIN and END are added. */
export function record(id: string, ...lines: readonly string[]): ContactRecord {
  const text = ['BEGIN:VCARD', 'VERSION:3.0', `UID:${id}`, ...lines, 'END:VCARD', ''].join('\r\n');
  return extractRecord(readCard(Buffer.from(text)), { region: 'DE' });
}

/** Two duplicates of Wiebke, a couple on one landline, father and son, two colleagues, a company, a group. */
export const BOOK: readonly ContactRecord[] = [
  record(
    'w1',
    'N:Ohlendorf;Wiebke;;;',
    'FN:Wiebke Ohlendorf',
    'TEL;TYPE=CELL:0171 5550123',
    'EMAIL:wiebke@ohlendorf.example',
  ),
  record('w2', 'N:;Wiebke Ohlendorf;;;', 'FN:Wiebke Ohlendorf', 'TEL;TYPE=CELL:+49 171 5550123'),
  record('w3', 'N:Ohlendorff;Wiebke;;;', 'FN:Wiebke Ohlendorff', 'EMAIL:Wiebke@Ohlendorf.example', 'BDAY:1981-04-02'),
  record(
    's1',
    'N:Brunnhuber;Alois;;;',
    'FN:Alois Brunnhuber',
    'TEL;TYPE=HOME:089 5550144',
    'TEL;TYPE=CELL:0160 5550145',
  ),
  record('s2', 'N:Brunnhuber;Resi;;;', 'FN:Resi Brunnhuber', 'TEL;TYPE=HOME:089 5550144', 'TEL;TYPE=CELL:0160 5550146'),
  record('j1', 'N:Falkner;Georg;;;jun.', 'FN:Georg Falkner jun.', 'TEL;TYPE=HOME:0941 555017'),
  record('j2', 'N:Falkner;Georg;;;sen.', 'FN:Georg Falkner sen.', 'TEL;TYPE=HOME:0941 555017'),
  record(
    'c1',
    'N:Petrow;Iwan;;;',
    'FN:Iwan Petrow',
    'ORG:Sägewerk Tannhof GmbH',
    'TEL;TYPE=WORK:0911 555018-0',
    'EMAIL:petrow@tannhof.example',
  ),
  record(
    'c2',
    'N:Lindqvist;Maja;;;',
    'FN:Maja Lindqvist',
    'ORG:Sägewerk Tannhof',
    'TEL;TYPE=WORK:0911 555018-0',
    'EMAIL:info@tannhof.example',
  ),
  record(
    'o1',
    'N:;;;;',
    'FN:Sägewerk Tannhof GmbH',
    'ORG:Sägewerk Tannhof GmbH',
    'TEL;TYPE=WORK:0911 555018-0',
    'EMAIL:info@tannhof.example',
  ),
  record('x1', 'N:Amadi;Chidi;;;', 'FN:Chidi Amadi', 'EMAIL:chidi.amadi@post.example', 'TEL;TYPE=CELL:0152 5550177'),
  record('x2', 'N:Amadi;Chidi;;;', 'FN:Chidi Amadi', 'EMAIL:chidi.amadi@post.example', 'TEL;TYPE=CELL:0152 5550177'),
  record('g1', 'FN:Sägewerk', 'N:Sägewerk;;;;', 'X-ADDRESSBOOKSERVER-KIND:group', 'TEL:0171 5550123'),
];
