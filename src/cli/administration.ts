/** `doublon user disable`, `user enable`, `user delete`, `user quota`, `user second-factor-off`, `audit`: an administrator's work without the page. */
import { AppError } from '../base/errors.ts';
import type { AuditAction } from '../commands/audit.ts';
import type { Actor, Context } from '../commands/context.ts';
import { endSecondFactor } from '../commands/second-factor.ts';
import { changeUser, deleteUser } from '../commands/users.ts';
import { listAuditEntries } from '../store/audit.ts';
import { findLogin, findPrincipal, firstOrganisation, type Principal } from '../store/principals.ts';
import { say } from './output.ts';
import { COMMAND_LINE, noteDeed, withContext } from './session.ts';
import { readArguments, type Subcommand, usageError } from './subcommand.ts';

const ENTRIES_SHOWN = 50;

/** The user with this login name, a disabled one too. Throws AppError notFound. */
async function anyUser(context: Context, name: string): Promise<Principal> {
  const login = await findLogin(context.db, name);
  const found = login && (await findPrincipal(context.db, login.organisation_id, login.principal_id));
  if (found?.kind === 'user') return found;
  throw new AppError('notFound', 'no-such-user', `there is no user "${name}"; "doublon user list" shows them`);
}

interface Deed {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  readonly words: readonly string[];
  readonly action: AuditAction;
  /** Does it and says what was done. */
  perform(context: Context, user: Principal, words: readonly string[]): Promise<string>;
}

const octetsOf = (word: string): number | null => {
  if (word === 'default') return null;
  if (/^\d{1,15}$/.test(word)) return Number(word);
  throw usageError(`"${word}" is neither a number of octets nor "default"`);
};

const DEEDS: readonly Deed[] = [
  {
    name: 'user disable',
    usage: 'NAME',
    summary: 'Keep a user and its devices out without deleting anything',
    words: [],
    action: 'user-disabled',
    perform: async (context, user) => {
      await changeUser(context, user.organisation_id, user.principal_id, { disabled: true });
      return `disabled ${user.name}`;
    },
  },
  {
    name: 'user enable',
    usage: 'NAME',
    summary: 'Let a disabled user in again',
    words: [],
    action: 'user-enabled',
    perform: async (context, user) => {
      await changeUser(context, user.organisation_id, user.principal_id, { disabled: false });
      return `enabled ${user.name}`;
    },
  },
  {
    name: 'user delete',
    usage: 'NAME NAME',
    summary: 'Delete a user with everything it owns; the name is given twice to confirm',
    words: ['NAME'],
    action: 'user-deleted',
    perform: async (context, user, [confirmation]) => {
      const { organisation_id: organisationId } = user;
      const nobody: Actor = { organisationId, principalId: '', name: COMMAND_LINE, role: 'administrator' };
      return `deleted ${await deleteUser(context, nobody, user.principal_id, confirmation!)}`;
    },
  },
  {
    name: 'user quota',
    usage: 'NAME OCTETS|default',
    summary: 'Set how many octets a user may keep',
    words: ['OCTETS'],
    action: 'user-changed',
    perform: async (context, user, [octets]) => {
      await changeUser(context, user.organisation_id, user.principal_id, { quota: octetsOf(octets!) });
      return `quota of ${user.name}: ${octets}`;
    },
  },
  {
    name: 'user second-factor-off',
    usage: 'NAME',
    summary: 'Turn two-factor sign-in off for a user who lost phone and recovery codes',
    words: [],
    action: 'second-factor-off',
    perform: async (context, user) => {
      await endSecondFactor(context, { organisationId: user.organisation_id, principalId: user.principal_id });
      return `${user.name} signs in with the password alone`;
    },
  },
];

function subcommandOf({ name, usage, summary, words, action, perform }: Deed): Subcommand {
  const run = (args: readonly string[]) => {
    const [user, ...rest] = readArguments(args, ['NAME', ...words], {}).positionals;
    return withContext(async (context) => {
      const principal = await anyUser(context, user!);
      say(await perform(context, principal, rest));
      await noteDeed(context, action, principal);
      return 0;
    });
  };
  return { name, usage, summary, run };
}

export const userDeeds: readonly Subcommand[] = DEEDS.map(subcommandOf);

export const auditSubcommand: Subcommand = {
  name: 'audit',
  usage: '[--action ACTION]',
  summary: `Show the last ${ENTRIES_SHOWN} entries of the audit log: time, action, who, what, from where`,
  run: (args) => {
    const { values } = readArguments(args, [], { action: { type: 'string' } });
    return withContext(async ({ db }) => {
      const organisation = await firstOrganisation(db);
      if (!organisation) return 0;
      const filter = { action: values.action };
      for (const row of await listAuditEntries(db, organisation.organisation_id, filter, ENTRIES_SHOWN)) {
        say([row.happened_at.toISOString(), row.action, row.actor_name, row.subject, row.address].join('\t').trimEnd());
      }
      return 0;
    });
  },
};
