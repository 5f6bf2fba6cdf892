/** `npm run bench -- dav|dedup|review …`: measurements, never part of the tests. */
const SUITES: Readonly<Record<string, () => Promise<(args: readonly string[]) => Promise<void>>>> = {
  dav: async () => (await import('./dav.ts')).benchDav,
  dedup: async () => (await import('./dedup.ts')).benchDedup,
  review: async () => (await import('./review.ts')).benchReview,
};

const [suite = '', ...args] = process.argv.slice(2);
const load = SUITES[suite];
if (load) await (await load())(args);
else {
  console.error(`npm run bench -- ${Object.keys(SUITES).join('|')} [SIZES…]`);
  process.exitCode = 1;
}
