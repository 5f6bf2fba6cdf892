/** The squares of a QR code as one path. */

/** One path over all dark modules, a run of them at a time. */
export function modulesPath(rows: readonly (readonly boolean[])[]): string {
  const runs: string[] = [];
  for (const [y, row] of rows.entries()) {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue;
      const from = x;
      while (row[x + 1]) x++;
      const width = x - from + 1;
      runs.push(`M${from} ${y}h${width}v1h-${width}z`);
    }
  }
  return runs.join('');
}
