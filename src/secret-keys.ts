/** Where the keys to secrets at rest come from: the setting, or a file that only this user of the machine can read. */
import { chmodSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AppError } from './base/errors.ts';
import { secretToken } from './base/ids.ts';
import { newSecretKey, readSecretKey, type SecretKey, type SecretKeys } from './commands/sealed-secrets.ts';
import type { Config } from './config.ts';

const fileOf = (config: Config): string => config.secretKeyFile ?? path.join(config.dataFolder, 'secret-key');

/** The file that keys may be made in; undefined where the setting has them, or where their place is not certain. */
export function secretKeyFile(config: Config): string | undefined {
  const certain = config.secretKeyFile !== undefined || config.databaseUrl === undefined;
  return certain && !config.secretKeys ? fileOf(config) : undefined;
}

/**
 * The keys of the setting, else those of the file, one a line, the one that seals first. A file is made at the first use
 * where its place is certain: it was named, or the database is embedded beside it.
 */
export function secretKeysOf(config: Config): SecretKeys {
  const { secretKeys } = config;
  if (secretKeys) return { all: () => secretKeys, present: () => secretKeys[0] };
  const file = fileOf(config);
  const present = () => {
    if (!secretKeyFile(config)) return readKeyFile(file)[0];
    makeKeyFile(file);
    const [key] = readKeyFile(file);
    // an empty file would leave secrets in clear without a word
    if (!key) throw new AppError('invalid', 'wrong-secret-key', `${file} holds no key`);
    return key;
  };
  return { all: () => readKeyFile(file), present };
}

/** Puts a new key before those of the file, which go on opening what they sealed. Returns its name. */
export function addSecretKey(file: string): string {
  const keys = [newSecretKey(), ...linesOf(file)];
  const unfinished = writeBeside(file, keys);
  renameSync(unfinished, file);
  return readKeyFile(file)[0]!.id;
}

/** Two processes may do this at once: the file appears whole, and once. */
function makeKeyFile(file: string): void {
  if (linesOf(file).length > 0) return;
  const unfinished = writeBeside(file, [newSecretKey()]);
  try {
    linkSync(unfinished, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(unfinished, { force: true });
  }
}

function writeBeside(file: string, lines: readonly string[]): string {
  const unfinished = `${file}.${secretToken(6)}`;
  try {
    writeFileSync(unfinished, `${lines.join('\n')}\n`, { mode: 0o600, flag: 'wx' });
    chmodSync(unfinished, 0o600);
    return unfinished;
  } catch (error) {
    throw new AppError(
      'unavailable',
      'wrong-secret-key',
      `${file} cannot be written: ${(error as Error).message}`,
      {},
      error,
    );
  }
}

function readKeyFile(file: string): readonly SecretKey[] {
  return linesOf(file).map((line, index) => {
    const key = readSecretKey(line);
    if (key) return key;
    throw new AppError('invalid', 'wrong-secret-key', `line ${index + 1} of ${file} is no key of 32 octets in base64`);
  });
}

/** The lines that hold something; none where there is no file. */
function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new AppError(
      'unavailable',
      'wrong-secret-key',
      `${file} cannot be read: ${(error as Error).message}`,
      {},
      error,
    );
  }
}
