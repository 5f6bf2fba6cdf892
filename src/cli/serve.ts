/** `doublon serve` */
import { readConfig } from '../config.ts';
import { serve } from '../serve.ts';
import { readArguments, type Subcommand } from './subcommand.ts';

export const serveSubcommand: Subcommand = {
  name: 'serve',
  usage: '',
  summary: 'Start the server; stop it with Ctrl-C or SIGTERM',
  run: (args) => {
    readArguments(args, [], {});
    return serve(readConfig());
  },
};
