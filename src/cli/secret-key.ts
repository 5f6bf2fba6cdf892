/** `doublon secret-key new`, `doublon secret-key reseal`: changing the key that secrets at rest are sealed under. */
import { newSecretKey } from '../commands/sealed-secrets.ts';
import { resealSecondFactors } from '../commands/second-factor.ts';
import { readConfig } from '../config.ts';
import { addSecretKey, secretKeyFile } from '../secret-keys.ts';
import { complain, say } from './output.ts';
import { withContext } from './session.ts';
import { readArguments, type Subcommand } from './subcommand.ts';

export const secretKeyNew: Subcommand = {
  name: 'secret-key new',
  usage: '',
  summary: 'Make a new key for secrets at rest: in the key file, or printed to be put into the setting',
  run: async (args) => {
    readArguments(args, [], {});
    const file = secretKeyFile(readConfig());
    if (file) say(`${addSecretKey(file)} is the first key of ${file} now`);
    else
      say(
        `${newSecretKey()}\nput it first in DOUBLON_SECRET_KEY, the others after it with commas between, and restart`,
      );
    say('then "doublon secret-key reseal"; after that the older keys are needed for older backups only');
    return 0;
  },
};

export const secretKeyReseal: Subcommand = {
  name: 'secret-key reseal',
  usage: '',
  summary: 'Seal all secrets at rest under the first key',
  run: (args) => {
    readArguments(args, [], {});
    return withContext(async (context) => {
      const { sealed, unreadable } = await resealSecondFactors(context);
      say(`${sealed} sealed anew under the key ${context.secretKeys?.present()?.id ?? 'none: kept in clear'}`);
      if (unreadable > 0)
        complain(
          `${unreadable} cannot be opened with the keys known here; "doublon user second-factor-off" lets users in`,
        );
      return unreadable > 0 ? 1 : 0;
    });
  },
};
