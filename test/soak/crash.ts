/** `npm run soak:crash -- ROUNDS [SEED]`: kills the server and its Postgres at random moments, over and over. */
import { removeFolder, temporaryFolder } from '../support/process.ts';
import { crashRounds } from './crash-rounds.ts';
import { seeded } from './seeded.ts';

const rounds = Number(process.argv[2] ?? 1000);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
const folder = temporaryFolder();
const began = Date.now();
console.log(`${rounds} rounds, seed ${seed}`);
const counts = new Map<string, number>();
const faults = await crashRounds({
  folder,
  rounds,
  random: seeded(seed),
  report: (round, victim, found) => {
    counts.set(victim, (counts.get(victim) ?? 0) + 1);
    for (const fault of found) console.log(`round ${round}, ${victim} killed: ${fault}`);
    if (round % 25 === 0) console.log(`${round} rounds in ${Math.round((Date.now() - began) / 1000)} s`);
  },
}).finally(() => removeFolder(folder));
console.log(
  `${rounds} rounds (${[...counts].map(([victim, count]) => `${victim} ${count}`).join(', ')}), ${faults.length} faults`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
