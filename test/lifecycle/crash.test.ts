/** A few rounds of what `npm run soak:crash` does for hours. */
import { afterAll, describe, expect, it } from 'vitest';
import { settle } from '../soak/crash-model.ts';
import { crashRounds, VICTIMS } from '../soak/crash-rounds.ts';
import { removeFolder, temporaryFolder } from '../support/process.ts';

const folder = temporaryFolder();
afterAll(() => removeFolder(folder));

describe('a server killed with its Postgres or without, amid edits, imports, merges, undos and searches', () => {
  it('holds all it acknowledged, nothing half done, and answers tokens from before', async () => {
    const moments = VICTIMS.flatMap((_, at) => [at / VICTIMS.length, 0.4]);
    const met: string[] = [];
    const random = () => moments.shift() ?? 0;
    const faults = await crashRounds({
      folder,
      rounds: 4,
      random,
      longestMs: 1500,
      report: (_, victim) => met.push(victim),
    });
    expect(faults).toEqual([]);
    expect(met).toEqual([...VICTIMS]);
  });

  it('would be found out if something acknowledged were missing', () => {
    const ledger = new Map([['a', { acknowledged: 'card', pending: { content: 'later card' } }]]);
    expect(settle(ledger, new Map())).toEqual([expect.stringMatching(/^a: found undefined/)]);
  });
});
