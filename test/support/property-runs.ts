/** Property tests repeat the same cases in every run, so that a red run can be run again; the soak takes new ones, and more. */
import fc from 'fast-check';

const { DOUBLON_TEST_SEED: seed = '20261123', DOUBLON_TEST_RUNS: runs } = process.env;

fc.configureGlobal({
  ...(seed === 'random' ? {} : { seed: Number(seed) }),
  ...(runs === undefined ? {} : { numRuns: Number(runs) }),
});
