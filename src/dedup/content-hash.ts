/** When two cards say exactly the same: a digest of the content without identity and order. */
import { hash } from 'node:crypto';
import type { Parameter } from '../contentline/content-line.ts';
import type { Card } from '../vcard/card.ts';

/** Lines that differ between copies of one card although nobody changed anything. */
const IDENTITY = new Set(['BEGIN', 'END', 'UID', 'REV', 'PRODID', 'SOURCE', 'CREATED', 'X-GENERATOR']);

/** 22 characters, equal for cards that carry the same lines in any order, whatever their UID, REV and PRODID. */
export function contentHash(card: Card): string {
  const lines: string[] = [];
  for (const line of card.lines) {
    if (IDENTITY.has(line.name)) continue;
    lines.push(`${line.group.toLowerCase()}.${line.name};${parameterText(line.params)}:${line.value}`);
  }
  return hash('sha1', inOrder(lines).join('\n'), 'base64url').slice(0, 22);
}

/** A list this short is put in order here: `sort` makes several lists of its own for each card. */
const FEW = 40;

function inOrder(lines: string[]): string[] {
  if (lines.length > FEW) return lines.sort();
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i]!;
    let at = i;
    while (at > 0 && line < lines[at - 1]!) {
      lines[at] = lines[at - 1]!;
      at--;
    }
    lines[at] = line;
  }
  return lines;
}

function parameterText(params: readonly Parameter[]): string {
  if (params.length === 0) return '';
  if (params.length === 1) return oneParameter(params[0]!);
  return inOrder(params.map(oneParameter)).join(';');
}

const oneParameter = ({ name, values }: Parameter): string =>
  `${name}=${values.length === 1 ? values[0] : values.join(',')}`;
