/** When two cards say exactly the same: a digest of the content without identity and order. */
import { createHash } from 'node:crypto';
import type { Card } from '../vcard/card.ts';

/** Lines that differ between copies of one card although nobody changed anything. */
const IDENTITY = new Set(['BEGIN', 'END', 'UID', 'REV', 'PRODID', 'SOURCE', 'CREATED', 'X-GENERATOR']);

/** 22 characters, equal for cards that carry the same lines in any order, whatever their UID, REV and PRODID. */
export function contentHash(card: Card): string {
  const lines: string[] = [];
  for (const line of card.lines) {
    if (IDENTITY.has(line.name)) continue;
    const params = line.params.map((param) => `${param.name}=${param.values.join(',')}`).sort();
    lines.push(`${line.group.toLowerCase()}.${line.name};${params.join(';')}:${line.value}`);
  }
  return createHash('sha1').update(lines.sort().join('\n')).digest('base64url').slice(0, 22);
}
