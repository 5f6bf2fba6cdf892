/** How people of a country write their national numbers in groups: what tells countries apart whose plans take the same digits. */

/**
 * Lengths of the groups, trunk prefix included; `-` stands for a dash, a dot or a slash between them, a space for the rest.
 * What nobody in the table writes says nothing.
 */
const GROUPINGS: Readonly<Record<string, string>> = {
  US: '3 3-4, 3 3 4, 3-3-4, 1-3-3-4, 1 3 3-4, 1 3-3-4',
  CA: '3 3-4, 3 3 4, 3-3-4, 1-3-3-4, 1 3 3-4, 1 3-3-4',
  DE: '4 7, 4-7, 4 8, 4-8, 3 7, 3-7, 3 8, 3-8, 5 6, 4 6',
  AT: '4 7, 4-7, 4 3 2 2, 4 8, 2 7, 4 6',
  CH: '3 3 2 2',
  FR: '2 2 2 2 2, 2-2-2-2-2',
  MA: '2 2 2 2 2, 4-6',
  GB: '5 6, 3 4 4, 4 3 4, 5 3 3',
  IE: '3 3 4, 2 3 4',
  IT: '3 7, 3-7, 3 3 4, 2 8, 2 4 4',
  ES: '3 2 2 2, 3 3 3, 2 3 2 2',
  PT: '3 3 3, 2 3 2 2',
  NL: '2-8, 2 8, 3-7, 3 7, 2 2 2 2 2, 3 3 2 2',
  BE: '4 2 2 2, 4-2-2-2, 2 3 2 2, 4-2 2 2',
  DK: '2 2 2 2',
  NO: '3 2 3, 2 2 2 2',
  SE: '3-3 2 2, 3-7, 2-3 3 2, 4-2 2 2',
  FI: '3 7, 3 3 4',
  PL: '3 3 3, 2 3 2 2, 3-3-3',
  CZ: '3 3 3',
  SK: '4 3 3',
  HU: '2 2 3 4, 2-2-3-4',
  RO: '4 3 3, 4-3-3',
  GR: '3 3 4, 4 6, 3 7',
  RU: '1 3 3-2-2, 1-3-3-2-2, 1 3 3 2 2, 3 3-2-2, 1 3-3-2-2',
  UA: '3 3 2 2, 3 3-2-2, 3-3-2-2',
  TR: '4 3 2 2, 3 3 2 2, 1 3 3 2 2',
  IL: '3-7, 3-3-4, 2-7',
  EG: '3 4 4, 4 3 4',
  ZA: '3 3 4',
  IN: '5 5, 5-5, 3 8',
  CN: '3 4 4, 3-4-4, 3-8, 4-7',
  JP: '3-4-4, 2-4-4, 3-3-4, 4-2-4',
  KR: '3-4-4, 3-3-4, 2-4-4, 2-3-4',
  AU: '4 3 3, 2 4 4',
  NZ: '3 3 4, 2 3 4',
  BR: '2 5-4, 2 4-4, 2 5 4, 2 4 4',
  MX: '2 4 4, 3 3 4',
  AR: '3 2-4-4, 3 4-4, 2 4-4',
  CO: '3 3 4, 3 7',
};

const regionsByGrouping = new Map<string, Set<string>>();
for (const [region, groupings] of Object.entries(GROUPINGS))
  for (const grouping of groupings.split(', ')) {
    const regions = regionsByGrouping.get(grouping);
    if (regions) regions.add(region);
    else regionsByGrouping.set(grouping, new Set([region]));
  }

const SEPARATED = /\d+|[^\d]+/g;

/** The countries in which a number is written so, or undefined where its groups say nothing. */
export function regionsOfGrouping(written: string): ReadonlySet<string> | undefined {
  let grouping = '';
  for (const [part] of written.trim().matchAll(SEPARATED)) {
    if (part >= '0' && part < ':') grouping += part.length;
    else if (grouping !== '') grouping += /[-./\u2010-\u2013]/.test(part) ? '-' : ' ';
  }
  return regionsByGrouping.get(grouping);
}

/** Shares of the numbers with telling groups that are written as usual in the country, and otherwise. */
const USUAL = 0.7;
const UNUSUAL = 0.05;

/** Natural logarithm of how well the groups of a number speak for a country; 0 where they say nothing. */
export function groupingLikelihood(regions: ReadonlySet<string> | undefined, region: string): number {
  if (!regions) return 0;
  return Math.log(regions.has(region) ? USUAL : UNUSUAL);
}
