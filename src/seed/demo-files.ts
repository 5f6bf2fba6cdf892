/** The sample cards as files, and what their UIDs are made of. */
import { createHash } from 'node:crypto';
import { foldText } from '../contentline/write.ts';
import type { DemoCard } from './demo-cards.ts';

export interface DemoFile {
  readonly name: string;
  readonly octets: Buffer;
}

/** The card as a file of its own. */
export function cardFile({ id, version = '3.0', lines, members = [] }: DemoCard): DemoFile {
  const memberLines = members.map((member) => `X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:${uidOf(member)}`);
  const all = ['BEGIN:VCARD', `VERSION:${version}`, `UID:${uidOf(id)}`, ...lines, ...memberLines, 'END:VCARD'];
  return { name: `${id}.vcf`, octets: Buffer.concat(all.map((line) => foldText(line))) };
}

/** The same UUID for the same id at every installation, so that importing the sample twice is seen as such. */
export function uidOf(id: string): string {
  const hex = createHash('sha256').update(`doublon sample ${id}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
