/** `doublon scan` and nothing else: what `npm run build` puts into one file, see `bundle/`. */
import { runSubcommand } from './run-subcommand.ts';
import { scanSubcommand } from './scan.ts';

/** As `main`, for words that begin with `scan`. */
export const main = (args: readonly string[]): Promise<number> => runSubcommand(scanSubcommand, args.slice(1));
