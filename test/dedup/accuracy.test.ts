import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { withTransitivePairs } from '../../src/dedup/clustering/transitive.ts';
import { scoreBook, suggestFromPairs } from '../../src/dedup/engine.ts';
import { isBelieved } from '../../src/dedup/types.ts';
import { loadDataset } from './datasets.ts';
import { measure } from './measure.ts';

const base = fileURLToPath(new URL('../../../shared/dedup-data/dev/dev-2k', import.meta.url));

describe.skipIf(!existsSync(`${base}.vcf.gz`))('the labelled book of 2,000 cards', () => {
  it('is clustered with F1 of at least .935, and nobody is merged unattended who must not be', () => {
    const dataset = loadDataset(base, 'DE');
    const pairs = scoreBook(dataset.records);
    const suggestions = suggestFromPairs(dataset.records, pairs, []).filter(isBelieved);
    const figures = measure(dataset, suggestions, withTransitivePairs(pairs, suggestions));
    expect(figures.f1).toBeGreaterThanOrEqual(0.935);
    expect(figures.averagePrecision).toBeGreaterThanOrEqual(0.9);
    expect(figures.excess).toBeLessThanOrEqual(2);
    expect(figures.autoPrecision).toBeGreaterThanOrEqual(0.997);
    expect(figures.autoRecall).toBeGreaterThanOrEqual(0.45);
    for (const [type, merged] of Object.entries(figures.autoFalse)) expect(merged, type).toMatch(/^0\//);
  });
});
