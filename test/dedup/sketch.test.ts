import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { indexKeys } from '../../src/dedup/blocking/key-index.ts';
import { MODEL } from '../../src/dedup/model.ts';
import { profileOf } from '../../src/dedup/profile.ts';
import { scoreIfKept, scoreProfiles } from '../../src/dedup/score.ts';
import { makeSieve } from '../../src/dedup/sieve/sketch.ts';
import { distinctContents, statisticsOf } from '../../src/dedup/statistics.ts';
import type { ContactRecord } from '../../src/dedup/types.ts';
import { BOOK } from './book.ts';
import { loadDataset } from './datasets.ts';

const dev = fileURLToPath(new URL('../../../shared/dedup-data/dev/dev-2k', import.meta.url));

/** Every pair of a book, candidate or not, by whether the sieve lets it through. */
function sieved(book: readonly ContactRecord[], latentToo = false): { lost: number; turnedDown: number } {
  const records = distinctContents(book);
  const statistics = statisticsOf(records, indexKeys(records));
  const profiles = records.map(profileOf);
  const mayMatch = makeSieve(profiles, statistics, latentToo);
  let [lost, turnedDown] = [0, 0];
  for (let a = 0; a < profiles.length; a++)
    for (let b = a + 1; b < profiles.length; b++) {
      if (mayMatch(a, b)) continue;
      turnedDown++;
      if (latentToo) lost += scoreIfKept(profiles[a]!, profiles[b]!, statistics, false, true) ? 1 : 0;
      else if (scoreProfiles(profiles[a]!, profiles[b]!, statistics).weight >= MODEL.kept) lost++;
    }
  return { lost, turnedDown };
}

describe('the sieve before scoring', () => {
  it('turns no pair down that is worth keeping, and strangers it does', () => {
    const { lost, turnedDown } = sieved(BOOK);
    expect(lost).toBe(0);
    expect(turnedDown).toBeGreaterThan(0);
  });

  it('turns no latent pair down where those are asked for', () => {
    expect(sieved(BOOK, true).lost).toBe(0);
  });

  it.skipIf(!existsSync(`${dev}.vcf.gz`))('loses nothing among all pairs of 600 cards of a labelled book', () => {
    const { records } = loadDataset(dev, 'DE');
    for (const latentToo of [false, true]) expect(sieved(records.slice(0, 600), latentToo).lost).toBe(0);
  });
});
