/** Reads QR codes as a camera does: from their picture, by a program that did not write them (Debian's zbar-tools). */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { missingProgram, runWell } from '../interop/debian.ts';

const missing = missingProgram('zbarimg');
if (missing) console.warn(`Skipped: reading QR codes back, because ${missing}`);

/** The text of the code on a PNG; undefined where there is no program to read it. */
export async function readQrCode(png: Buffer): Promise<string | undefined> {
  if (missing) return undefined;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'doublon-qr-'));
  try {
    const file = path.join(folder, 'code.png');
    writeFileSync(file, png);
    return (await runWell('zbarimg', ['--nodbus', '--quiet', '--raw', '-Sdisable', '-Sqrcode.enable', file])).trimEnd();
  } finally {
    rmSync(folder, { recursive: true });
  }
}
