/** Real and hostile cards of the shared corpus, where it is at hand: what is stored, what is refused, and that nothing is lost. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/base/errors.ts';
import type { ContentLine } from '../../src/contentline/content-line.ts';
import { plainText } from '../../src/merge/field-text.ts';
import { mergeCards } from '../../src/merge/merge.ts';
import { type Card, readCard } from '../../src/vcard/card.ts';
import { convertCard } from '../../src/vcard/convert.ts';
import { upgradeForImport } from '../../src/vcard/import-upgrade.ts';
import { fromJcard, toJcard } from '../../src/vcard/jcard.ts';
import { mediaOf } from '../../src/vcard/media.ts';
import { splitCards } from '../../src/vcard/split.ts';
import { validateCard } from '../../src/vcard/validate.ts';

const CORPUS = path.resolve(import.meta.dirname, '../../../shared/corpus');
const present = existsSync(path.join(CORPUS, 'MANIFEST.json'));

interface Sample {
  readonly name: string;
  readonly octets: Buffer;
  readonly expect: string;
  /** Why it is not one legal PUT, joined; empty when it is. */
  readonly broken: string;
}

interface Manifest {
  readonly files: readonly {
    readonly file: string;
    readonly kind: string;
    readonly expected: { readonly parse: string; readonly put_constraints_broken?: readonly string[] };
  }[];
}
interface Part {
  readonly t?: string;
  readonly b64?: string;
  readonly n: number;
}
interface Hostile {
  readonly cases: readonly {
    readonly name: string;
    readonly kind: string;
    readonly expect: string;
    readonly parts: readonly Part[];
  }[];
}

function read<T>(...file: string[]): T {
  return JSON.parse(readFileSync(path.join(CORPUS, ...file), 'utf8')) as T;
}

function samples(): Sample[] {
  if (!present) return [];
  const real = read<Manifest>('MANIFEST.json').files.filter(({ kind }) => kind === 'vcard');
  const hostile = read<Hostile>('hostile', 'hostile.json').cases.filter(({ kind }) => kind === 'vcard');
  return [
    ...real.map(({ file, expected }) => ({
      name: file,
      octets: readFileSync(path.join(CORPUS, file)),
      expect: expected.parse,
      broken: (expected.put_constraints_broken ?? []).join(', '),
    })),
    ...hostile.map(({ name, expect: outcome, parts }) => ({
      name,
      octets: Buffer.concat(parts.flatMap(partOctets)),
      expect: outcome,
      broken: '',
    })),
  ];
}

function partOctets({ t, b64, n }: Part): Buffer[] {
  if (b64 !== undefined) return Array.from({ length: n }, () => Buffer.from(b64, 'base64'));
  return [Buffer.from(Array.from({ length: n }, (_, i) => t!.replaceAll('%i%', String(i))).join(''))];
}

const all = samples();
const outcome = (octets: Buffer): string => {
  try {
    validateCard(octets);
    return 'stored';
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
};

describe.skipIf(!present)('the corpus', () => {
  test('every card that is one legal PUT is stored (RFC 6352 §6.3.2.1)', () => {
    const legal = all.filter(({ expect: wanted, broken }) => wanted === 'ok' && /^(?:no UID|no FN|, )*$/.test(broken));
    expect(legal.length).toBeGreaterThan(100);
    expect(legal.filter(({ octets }) => outcome(octets) !== 'stored').map(({ name }) => name)).toEqual([]);
  });

  test('several cards in one body, and version 2.1, are refused with their conditions', () => {
    for (const { octets, broken } of all) {
      if (broken.includes('several vCards')) expect(outcome(octets)).toBe('valid-address-data');
      else if (broken.includes('version 2.1')) expect(outcome(octets)).toBe('supported-address-data');
    }
  });

  test('whatever must be refused is refused as no valid card', () => {
    const rejects = all.filter(({ expect: wanted }) => wanted === 'reject');
    expect(rejects.length).toBeGreaterThan(10);
    for (const { name, octets } of rejects) expect(outcome(octets), name).toBe('valid-address-data');
  });

  test('every card is read, split, upgraded, converted and merged without a crash, and no import loses a card', async () => {
    for (const { name, octets, expect: wanted } of all) {
      const cards: Card[] = [];
      if (wanted === 'reject') continue;
      for await (const item of splitCards(octets, { maxSize: 20_000_000 }))
        if (item.kind === 'card') cards.push(readCard(upgradeForImport(item.octets, `uid-${cards.length}`)));
      if (wanted === 'ok') expect(cards.length, name).toBeGreaterThan(0);
      for (const card of octets.length > 1_000_000 ? [] : cards.slice(0, 50)) {
        if (wanted === 'ok') validateCard(card.octets, { maxSize: 30_000_000, maxLines: 200_000 });
        expect(mergeCards(card, [card]).octets.equals(card.octets), name).toBe(true);
        fromJcard(JSON.parse(JSON.stringify(toJcard(card))));
      }
    }
  }, 120_000);

  test('a round trip 3.0 to 4.0 to 3.0 keeps every property of every card (RFC 6350 appendix A)', async () => {
    for (const { name, octets, expect: wanted } of all) {
      if (wanted !== 'ok' || octets.length > 1_000_000) continue;
      for await (const item of splitCards(octets, { maxSize: 1_000_000 })) {
        if (item.kind !== 'card') continue;
        const card = readCard(upgradeForImport(item.octets, 'uid'));
        const other = card.version === '3.0' ? '4.0' : '3.0';
        const back = readCard(convertCard(readCard(convertCard(card, other)), card.version === '3.0' ? '3.0' : '4.0'));
        const kept = new Set(said(back));
        expect(
          said(card).filter((value) => !kept.has(value)),
          name,
        ).toEqual([]);
      }
    }
  });
});

/** Properties and values with the spellings of both versions made alike. */
function said(card: Card): string[] {
  const lines = card.lines.filter(({ name }) => !/^(?:BEGIN|VERSION|END|)$/.test(name) && /^[A-Z0-9-]+$/.test(name));
  return lines.map((line) => `${NAMES.get(line.name) ?? line.name}:${spelling(line)}`);
}

/** Programs of 3.0 have these from 4.0 under another name. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['X-ABDATE', 'ANNIVERSARY'],
  ['X-ABRELATEDNAMES', 'RELATED'],
]);

function spelling(line: ContentLine): string {
  if (/^(?:PHOTO|LOGO|SOUND|KEY)$/.test(line.name)) {
    const { octets, link } = mediaOf(line);
    return link ?? octets.toString('base64');
  }
  const value = plainText(line);
  if (/^(?:BDAY|X-ABDATE|REV|ANNIVERSARY|DEATHDATE|TZ)$/.test(line.name))
    return value.replace(/^1604/, '').replace(/[-:]/g, '').replace(/\.0+/, '');
  if (line.name === 'GEO') return value.replace(/^geo:/, '').replace(',', ';');
  return line.name === 'TEL' ? value.replace(/^tel:/i, '') : value;
}
