/** What most subcommands need: settings, the database while they run, and the context for commands. */
import { systemClock } from '../base/clock.ts';
import { AppError } from '../base/errors.ts';
import { type AuditAction, note } from '../commands/audit.ts';
import type { Context } from '../commands/context.ts';
import { limitsOf, readConfig } from '../config.ts';
import { makeLog } from '../logger.ts';
import { secretKeysOf } from '../secret-keys.ts';
import { openStorage } from '../storage.ts';
import { findPrincipalByLogin, type Principal } from '../store/principals.ts';

/** As whom the audit log names who works here. */
export const COMMAND_LINE = 'command line';

/**
 * Opens the database (beside a running server, too), does the work, closes what it opened. The schema is brought up to date
 * first, unless the work does that itself.
 */
export async function withContext(
  work: (context: Context) => Promise<number>,
  options: { readonly migrates: boolean } = { migrates: true },
): Promise<number> {
  const config = readConfig();
  // Only troubles: the terminal belongs to what the subcommand prints.
  const log = makeLog({ ...config, logLevel: config.logLevel === 'silent' ? 'silent' : 'warn' });
  const storage = await openStorage(config, log, 'share', options);
  try {
    return await work({
      db: storage.db,
      clock: systemClock,
      log,
      limits: limitsOf(config),
      secretKeys: secretKeysOf(config),
    });
  } finally {
    await storage.close();
  }
}

/** The user with this login name. Throws AppError notFound. */
export async function requireUser(context: Context, name: string): Promise<Principal> {
  const principal = await findPrincipalByLogin(context.db, name);
  if (principal?.kind === 'user') return principal;
  throw new AppError('notFound', 'no-such-user', `there is no user "${name}"; "doublon user list" shows them`);
}

/** Notes in the audit log what was done here to `user`, or to what `subject` names. */
export function noteDeed(
  context: Context,
  action: AuditAction,
  user: Pick<Principal, 'organisation_id' | 'principal_id' | 'name'>,
  subject = user.name,
): Promise<void> {
  const { organisation_id: organisationId, principal_id: subjectId } = user;
  return note(context, { organisationId, action, actorName: COMMAND_LINE, subject, subjectId });
}
