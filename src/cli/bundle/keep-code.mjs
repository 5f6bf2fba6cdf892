// The last step of `npm run build`: scans the sample book once by the bundle, and keeps what V8 compiled of it for the next start.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { loadScan } from './load.mjs';

// an old Node reads no TypeScript, and its code would not fit the Node that runs the bundle
if (process.features.typescript) {
  const { DEMO_CARDS } = await import('../../seed/demo-cards.ts');
  const { cardFile } = await import('../../seed/demo-files.ts');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'doublon-build-'));
  try {
    const book = path.join(folder, 'sample.vcf');
    writeFileSync(book, Buffer.concat(DEMO_CARDS.flatMap(({ cards }) => cards.map((card) => cardFile(card).octets))));
    const scan = loadScan();
    const further = ['--json', path.join(folder, 'clusters.jsonl'), '--pairs', path.join(folder, 'pairs.jsonl')];
    const code = await scan.main(['scan', book, ...further]);
    if (code === 0) scan.keepCode();
    process.exitCode = code;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
