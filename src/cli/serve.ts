/** `doublon serve` */
import cluster from 'node:cluster';
import { readConfig } from '../config.ts';
import { serve } from '../serve.ts';
import { serveAsWorker } from '../worker.ts';
import { readArguments, type Subcommand, usageError } from './subcommand.ts';

const MOST_WORKERS = 64;

export const serveSubcommand: Subcommand = {
  name: 'serve',
  usage: '[--workers N]',
  summary: 'Start the server, with N processes that answer requests; stop it with Ctrl-C or SIGTERM',
  run: (args) => {
    const { values } = readArguments(args, [], { workers: { type: 'string', default: '1' } });
    const workers = /^\d{1,2}$/.test(values.workers) ? Number(values.workers) : 0;
    if (workers < 1 || workers > MOST_WORKERS) throw usageError(`--workers is a number from 1 to ${MOST_WORKERS}`);
    return cluster.isWorker ? serveAsWorker(readConfig()) : serve(readConfig(), workers);
  },
};
