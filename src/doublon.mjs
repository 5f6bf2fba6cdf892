#!/usr/bin/env node
// Entry for any Node: plain JavaScript, since an old one can neither read TypeScript nor say so clearly.
import crypto from 'node:crypto';
import { existsSync } from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const source = path.dirname(fileURLToPath(import.meta.url));
const brought = path.join(source, '../node_modules/.bin/node');
const canRun = Boolean(process.features.typescript && globalThis.Temporal && crypto.argon2);

if (canRun) {
  // Halves the time of a short command; where the folder cannot be written it does nothing.
  module.enableCompileCache(path.join(source, '../node_modules/.cache/doublon'));
  const words = process.argv.slice(2);
  // one file where a small book takes no longer than the start; the sources where one of them has changed since it was built, and for tables
  const isOfCards = words[0] === 'scan' && !words.some((word) => /\.csv(?:\.gz)?$/i.test(word));
  const bundled = isOfCards && (await import('./cli/bundle/load.mjs')).loadScan();
  const { main } = bundled || (await import('./cli/main.ts'));
  process.exit(await main(words));
} else if (existsSync(brought) && !process.execArgv.includes('--no-reexec')) {
  await runWith(brought);
} else {
  console.error(
    `doublon: needs Node 26, this is ${process.version} (${process.execPath}). ` +
      'Run "npm ci --include=optional", which brings one, or start it with a Node 26.',
  );
  process.exit(1);
}

/** Runs this file with the Node that npm installed; signals and the exit code pass through. */
async function runWith(node) {
  const { spawn } = await import('node:child_process');
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`doublon: cannot run ${node}: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code) => process.exit(code ?? 1));
}
