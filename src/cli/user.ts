/** `doublon user add`, `user list`, `user password` */
import { text } from 'node:stream/consumers';
import { secretToken } from '../base/ids.ts';
import { createOrganisation, createPrincipal, setPassword } from '../commands/accounts.ts';
import type { Context } from '../commands/context.ts';
import { firstOrganisation, listAllUsers } from '../store/principals.ts';
import { say } from './output.ts';
import { noteDeed, requireUser, withContext } from './session.ts';
import { readArguments, type Subcommand } from './subcommand.ts';

const PASSWORD_OPTION = { 'password-stdin': { type: 'boolean', default: false } } as const;

interface ChosenPassword {
  readonly password: string;
  /** Made here, so it must be changed at the first sign-in. */
  readonly temporary: boolean;
}

async function choosePassword(fromStdin: boolean): Promise<ChosenPassword> {
  if (!fromStdin) return { password: secretToken(12), temporary: true };
  return { password: (await text(process.stdin)).replace(/\r?\n$/, ''), temporary: false };
}

function sayPassword(name: string, chosen: ChosenPassword): void {
  if (chosen.temporary) say(`one-time password of ${name}: ${chosen.password}`);
}

async function organisationOfNewUsers(context: Context): Promise<string> {
  return (await firstOrganisation(context.db))?.organisation_id ?? createOrganisation(context, 'Doublon');
}

export const userAdd: Subcommand = {
  name: 'user add',
  usage: 'NAME [--display-name TEXT] [--email ADDRESS]... [--region CC] [--admin] [--password-stdin]',
  summary: 'Add a user with an address book and a calendar; prints a one-time password unless one is given',
  run: async (args) => {
    const { positionals, values } = readArguments(args, ['NAME'], {
      ...PASSWORD_OPTION,
      'display-name': { type: 'string' },
      email: { type: 'string', multiple: true },
      region: { type: 'string' },
      admin: { type: 'boolean', default: false },
    });
    const name = positionals[0]!;
    const chosen = await choosePassword(values['password-stdin']);
    return withContext(async (context) => {
      const organisationId = await organisationOfNewUsers(context);
      const principalId = await createPrincipal(context, {
        organisationId,
        kind: 'user',
        name,
        displayName: values['display-name'] ?? name,
        emails: values.email ?? [],
        role: values.admin ? 'administrator' : 'member',
        ...(values.region === undefined ? {} : { region: values.region.toUpperCase() }),
        ...chosen,
      });
      await noteDeed(context, 'user-created', { organisation_id: organisationId, principal_id: principalId, name });
      say(`added ${name}`);
      sayPassword(name, chosen);
      return 0;
    });
  },
};

export const userList: Subcommand = {
  name: 'user list',
  usage: '',
  summary: 'List the users: name, display name, role',
  run: (args) => {
    readArguments(args, [], {});
    return withContext(async ({ db }) => {
      for (const user of await listAllUsers(db)) {
        say([user.name, user.display_name, user.role, user.disabled_at ? 'disabled' : ''].join('\t').trimEnd());
      }
      return 0;
    });
  },
};

export const userPassword: Subcommand = {
  name: 'user password',
  usage: 'NAME [--password-stdin]',
  summary: 'Set a new password, one-time unless given, and end the user’s browser sessions',
  run: async (args) => {
    const { positionals, values } = readArguments(args, ['NAME'], PASSWORD_OPTION);
    const name = positionals[0]!;
    const chosen = await choosePassword(values['password-stdin']);
    return withContext(async (context) => {
      const user = await requireUser(context, name);
      const who = { organisationId: user.organisation_id, principalId: user.principal_id };
      await setPassword(context, who, chosen.password, { temporary: chosen.temporary });
      await noteDeed(context, 'password-changed', user);
      say(`changed the password of ${name}`);
      sayPassword(name, chosen);
      return 0;
    });
  },
};
