import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { extractRecord } from '../../src/dedup/extract/extract.ts';
import { guessRegion } from '../../src/dedup/region/guess-region.ts';
import { type Card, readCard } from '../../src/vcard/card.ts';
import { readCards } from './datasets.ts';

const card = (...lines: string[]): Card =>
  readCard(Buffer.from(['BEGIN:VCARD', 'VERSION:3.0', 'FN:Someone', ...lines, 'END:VCARD', ''].join('\r\n')));
const book = (numbers: readonly string[]): Card[] => numbers.map((number) => card(`TEL:${number}`));

/** Invented numbers in the spelling of each country, none with its calling code. */
const NATIONAL: Readonly<Record<string, readonly string[]>> = {
  DE: ['0151 23456781', '030 4123456', '0171/2345678', '06221-45678', '0176 99887766', '(089) 123 47 11'],
  FR: ['06 12 34 56 78', '01 42 68 53 11', '07 81 22 33 44', '04.91.12.34.56'],
  GB: ['07712 345678', '020 8741 2236', '0161 834 5512', '07884 112233', '01865 270011', '07958 401122'],
  US: ['(212) 736-5012', '415-781-3399', '1-312-922-4411', '(303) 623 0142'],
  IT: ['347 1234567', '06 12345678', '02 87654321', '338 765 4321'],
  ES: ['612 34 56 78', '91 123 45 67', '654 321 098', '93 456 78 90'],
  PL: ['501 234 567', '22 628 45 67', '512 345 678', '691 223 344', '881 234 567', '660 112 233'],
  CH: ['079 123 45 67', '044 123 45 67', '078 765 43 21', '031 312 34 56'],
  AT: ['0664 1234567', '01 5123456', '0699 12345678', '0316 123456'],
  JP: ['090-1234-5678', '03-1234-5678', '080-8765-4321', '06-6123-4567'],
  BR: ['(11) 91234-5678', '(21) 2345-6789', '(31) 98765-4321', '11 3456-7890'],
  NL: ['06-12345678', '020-1234567', '06 23456789', '010 412 34 56', '06-34567890'],
  SE: ['070-123 45 67', '08-123 456 78', '073-234 56 78', '076-345 67 89'],
  TR: ['0532 123 45 67', '(0212) 345 67 89', '0542 234 56 78', '0505 345 67 89'],
  KR: ['010-2345-6789', '02-345-6789', '010-3456-7890', '031-234-5678'],
  RU: ['8 (916) 123-45-67', '8 903 234-56-78', '8 (495) 123-45-67', '8 926 345 67 89'],
  IN: ['98400 12345', '90030 23456', '87654 32109', '099620 12345'],
};

/** Numbers that nobody has, as people and films invent them: no plan takes all of them. */
const INVENTED: Readonly<Record<string, (digits: string) => string>> = {
  US: (d) => `(${d.slice(0, 3)}) 555-${d.slice(3, 7)}`,
  FR: (d) => `07 ${d.slice(0, 2)} ${d.slice(2, 4)} ${d.slice(4, 6)} ${d.slice(6, 8)}`,
  CH: (d) => `07${d[0]} ${d.slice(1, 4)} ${d.slice(4, 6)} ${d.slice(6, 8)}`,
  JP: (d) => `0${d[0]}0-${d.slice(1, 5)}-${d.slice(5, 9)}`,
};

describe('the country of a book', () => {
  for (const [region, numbers] of Object.entries(NATIONAL))
    it(`is told from national numbers alone: ${region}`, () => {
      expect(guessRegion(book(numbers))).toBe(region);
    });

  for (const [region, spelling] of Object.entries(INVENTED))
    it(`is told by the groups of the digits where half of the numbers cannot be: ${region}`, () => {
      const numbers = Array.from({ length: 40 }, (_, i) => spelling(String(200_000_000 + i * 17_345_679).slice(0, 9)));
      expect(guessRegion(book(numbers))).toBe(region);
    });

  it.each([
    [
      'VN',
      ['0903 441 208', '0987 330 771', '0912 450 887', '0983 115 740', '0909 812 445'],
      ['+84 903 441 208', '+84912450887'],
    ],
    [
      'NG',
      ['0803 441 2087', '0805 220 7714', '0802 331 8840', '0708 440 1127'],
      ['+234 803 441 2087', '+234 802 331 8840'],
    ],
  ])('is told by numbers that stand there both ways: %s', (region, national, international) => {
    expect(guessRegion(book([...national, ...international]))).toBe(region);
  });

  it('is that of the national numbers even where most international ones are foreign', () => {
    const foreign = ['+1 212 736 5012', '+1 415 781 3399', '+1 312 922 4411', '+33 6 12 34 56 78'];
    expect(
      guessRegion(book([...NATIONAL.DE!, ...NATIONAL.DE!.map((number) => number.replace(/\d$/, '9')), ...foreign])),
    ).toBe('DE');
  });

  it("is told by addresses, Apple's address country and mail domains where numbers leave it open", () => {
    const hinted = [
      card('TEL:777 123 456', 'ADR:;;Dlouhá 1;Praha;;11000;Česko'),
      card('TEL:602 123 456', 'item1.ADR:;;Krátká 2;Brno;;60200;', 'item1.X-ABADR:cz'),
      card('TEL:732 123 456', 'EMAIL:jana@post.cz'),
    ];
    expect(guessRegion(hinted)).toBe('CZ');
  });

  it('is that of the international numbers where there are no others', () => {
    expect(guessRegion(book(['+45 20 12 34 56', '+45 31 12 34 56', '+45 86 12 34 56']))).toBe('DK');
  });

  it('stays open in a book that says nothing', () => {
    expect(guessRegion([])).toBeUndefined();
    expect(guessRegion(book(['112', '', 'call me', '0000000000']))).toBeUndefined();
    expect(guessRegion([card('EMAIL:someone@example.com', 'EMAIL:other@example.io')])).toBeUndefined();
  });
});

describe('a card in a book without a region', () => {
  it('has its national numbers read as its own address or mail domain says', () => {
    expect(extractRecord(card('TEL:06 12 34 56 78', 'EMAIL:anne@poste.fr')).phones).toMatchObject([
      { number: '+33612345678', use: 'mobile' },
    ]);
    expect(
      extractRecord(card('TEL:0664 1234567', 'item1.ADR:;;Ring 1;Wien;;1010;', 'item1.X-ABADR:at')).phones,
    ).toMatchObject([{ number: '+436641234567', use: 'mobile' }]);
  });
});

const dev = fileURLToPath(new URL('../../../shared/dedup-data/dev', import.meta.url));

describe.skipIf(!existsSync(dev))('the labelled books', () => {
  for (const name of ['dev-2k-easy', 'dev-2k', 'dev-5k-hard', 'dev-20k'])
    it(`${name} is German`, () => {
      expect(guessRegion(readCards(`${dev}/${name}.vcf.gz`).map((octets) => readCard(octets)))).toBe('DE');
    });
});
