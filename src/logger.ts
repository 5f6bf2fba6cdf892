/** Where log lines go: JSON for machines, one short readable line for a terminal. Secrets never pass. */
import pino from 'pino';
import type { Log } from './base/log.ts';
import type { Config } from './config.ts';

const SECRET_FIELDS = ['password', 'secret', 'token', 'authorization', 'cookie', 'body', 'databaseUrl'];

/** Something that takes whole lines; process.stderr in the server, an array in tests. */
export interface LineSink {
  write(line: string): unknown;
  readonly isTTY?: boolean;
}

/** Makes the process's log. Standard output is left to what the commands print. */
export function makeLog(settings: Pick<Config, 'logLevel' | 'logFormat'>, sink: LineSink = process.stderr): Log {
  const readable = settings.logFormat === 'text' || (settings.logFormat === 'auto' && sink.isTTY === true);
  const target = { write: (line: string) => void sink.write(readable ? readableLine(line) : line) };
  return pino(
    {
      level: settings.logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      messageKey: 'message',
      redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`]), censor: '[hidden]' },
    },
    target,
  );
}

function readableLine(json: string): string {
  const { time, level, message, ...fields } = JSON.parse(json) as Record<string, unknown>;
  const rest = Object.entries(fields).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return `${String(time).slice(11, 19)} ${String(level).padEnd(5)} ${message} ${rest.join(' ')}`.trimEnd() + '\n';
}
