/** `doublon app-password add`, `app-password list`, `app-password revoke` */
import { issueAppPassword, revokeAppPassword } from '../commands/app-passwords.ts';
import { listAppPasswords } from '../store/credentials.ts';
import { say } from './output.ts';
import { noteDeed, requireUser, withContext } from './session.ts';
import { readArguments, type Subcommand } from './subcommand.ts';

export const appPasswordAdd: Subcommand = {
  name: 'app-password add',
  usage: 'USER DEVICE',
  summary: 'Make a password for one device; it is shown once',
  run: (args) => {
    const [name, device] = readArguments(args, ['USER', 'DEVICE'], {}).positionals;
    return withContext(async (context) => {
      const user = await requireUser(context, name!);
      const who = { organisationId: user.organisation_id, principalId: user.principal_id };
      const { id, secret } = await issueAppPassword(context, who, device!);
      await noteDeed(context, 'app-password-made', user, device);
      say(`app password of ${name} for ${device}: ${secret}`);
      say(`to revoke it: doublon app-password revoke ${name} ${id}`);
      return 0;
    });
  },
};

export const appPasswordList: Subcommand = {
  name: 'app-password list',
  usage: 'USER',
  summary: 'List the devices that have a password: id, device, made, last used',
  run: (args) => {
    const [name] = readArguments(args, ['USER'], {}).positionals;
    return withContext(async (context) => {
      const user = await requireUser(context, name!);
      for (const row of await listAppPasswords(context.db, user.organisation_id, user.principal_id)) {
        const used = row.last_used_at?.toISOString() ?? 'never used';
        say([row.app_password_id, row.name, row.created_at.toISOString(), used].join('\t'));
      }
      return 0;
    });
  },
};

export const appPasswordRevoke: Subcommand = {
  name: 'app-password revoke',
  usage: 'USER ID',
  summary: 'Take one device’s access away',
  run: (args) => {
    const [name, id] = readArguments(args, ['USER', 'ID'], {}).positionals;
    return withContext(async (context) => {
      const user = await requireUser(context, name!);
      await revokeAppPassword(context, { organisationId: user.organisation_id, principalId: user.principal_id }, id!);
      await noteDeed(context, 'app-password-revoked', user, id);
      say(`revoked ${id}`);
      return 0;
    });
  },
};
