/** A second reading of a card's common properties, by the vcf package: tests hold our own against it, and nothing that is stored comes of it. */
import Vcf from 'vcf';
import { typeWords } from '../contentline/content-line.ts';
import { decodedValue } from '../contentline/value.ts';
import type { Card } from './card.ts';

export interface VcfValue {
  /** Property name in upper case. */
  readonly name: string;
  /** The value as the package gives it: escapes still in it. */
  readonly value: string;
  readonly types: readonly string[];
}

/**
 * The package loses or changes what it does not know, takes a quadratic time for long runs of white space and throws on names
 * that JavaScript objects have; so it is given these properties only, each short and with nothing but TYPE.
 */
const PROJECTED: readonly string[] = [
  'FN',
  'N',
  'NICKNAME',
  'EMAIL',
  'TEL',
  'ADR',
  'ORG',
  'TITLE',
  'BDAY',
  'URL',
  'NOTE',
];
const MOST_LINES = 200;
const MOST_CHARACTERS = 1000;

/** Values of the projected properties, property by property in the order above; at most 200 lines and 1,000 characters each. Never throws. */
export function vcfProjection(card: Card): VcfValue[] {
  const parsed = new Vcf().parse(projectionText(card));
  return PROJECTED.flatMap((name) => {
    const found = parsed.get(name.toLowerCase()) as Vcf.Property | Vcf.Property[] | undefined;
    const properties = found === undefined ? [] : Array.isArray(found) ? found : [found];
    return properties.map((property) => ({ name, value: property.valueOf(), types: typesOf(property) }));
  });
}

function typesOf(property: Vcf.Property): string[] {
  const { type } = property as { readonly type?: string | readonly string[] };
  return typeof type === 'string' ? [type] : [...(type ?? [])];
}

/** A 4.0 card with the first lines of the projected properties, CRLF, no folds. */
export function projectionText(card: Card): string {
  const lines: string[] = [];
  for (const line of card.lines) {
    if (lines.length === MOST_LINES) break;
    if (!PROJECTED.includes(line.name)) continue;
    const value = boundedValue(decodedValue(line));
    const types = typeWords(line).filter((word) => /^[a-z][a-z0-9]{1,15}$/.test(word));
    if (value !== '') lines.push(`${line.name}${types.length > 0 ? `;TYPE=${types.join(',')}` : ''}:${value}`);
  }
  return ['BEGIN:VCARD', 'VERSION:4.0', ...lines, 'END:VCARD', ''].join('\r\n');
}

/** One line of text without runs of white space; never cut inside an escape or a pair of surrogates. */
export function boundedValue(value: string): string {
  const flat = value
    .slice(0, 4 * MOST_CHARACTERS)
    .replace(/\r\n|\r|\n/g, '\\n')
    .replace(/\s+/g, ' ')
    .trim();
  return flat
    .slice(0, MOST_CHARACTERS)
    .replace(/[\ud800-\udbff]$/, '')
    .replace(/(^|[^\\])((?:\\\\)*)\\$/, '$1$2');
}
