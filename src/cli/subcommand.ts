/** What a subcommand of `doublon` is. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { AppError } from '../base/errors.ts';

export interface Subcommand {
  /** One word, or two: `serve`, `user add`. */
  readonly name: string;
  /** What follows the name, such as `NAME [--admin]`; empty when nothing does. */
  readonly usage: string;
  /** One line without a full stop. */
  readonly summary: string;
  /** Gets the words after the name; resolves to the exit code. Throws AppError for what the user can mend. */
  run(args: readonly string[]): Promise<number>;
}

/** Thrown when the words given do not fit the usage: the usage line is printed with the message. */
export function usageError(message: string): AppError {
  return new AppError('invalid', 'usage', message);
}

/**
 * `util.parseArgs` whose complaints are AppErrors, and which demands exactly the named positional arguments
 * (`last...` takes one or more).
 */
export function readArguments<Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  names: readonly string[],
  options: Options,
) {
  const parsed = checkedBySyntax(args, options);
  const many = names.at(-1)?.endsWith('...') ?? false;
  const { positionals } = parsed;
  if (positionals.length < names.length) throw usageError(`${names[positionals.length]} is missing`);
  if (positionals.length > names.length && !many)
    throw usageError(`"${positionals[names.length]}" is one word too many`);
  return parsed;
}

function checkedBySyntax<Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw usageError((error as Error).message);
  }
}
