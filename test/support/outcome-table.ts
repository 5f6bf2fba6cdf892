/** Counts of what became of many inputs, as a table on standard output for whoever asks with DOUBLON_TEST_TABLES=1. */

/** Adds one to the count of `outcome` in the row called `row`. */
export type Tally = Map<string, Map<string, number>>;

export function count(tally: Tally, row: string, outcome: string): void {
  const counts = tally.get(row) ?? new Map<string, number>();
  tally.set(row, counts.set(outcome, (counts.get(outcome) ?? 0) + 1));
}

export function showTally(title: string, tally: Tally): void {
  if (process.env.DOUBLON_TEST_TABLES !== '1') return;
  const rows = [...tally].map(([row, counts]) => [row, Object.fromEntries(counts)]);
  process.stdout.write(`\n${title}\n`);
  console.table(Object.fromEntries(rows));
}
