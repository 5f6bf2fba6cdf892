/** When a process ends: asked to by a signal, or because something failed that nobody foresaw. */
import type { Log } from './base/log.ts';

export interface Ending {
  readonly isAsked: () => boolean;
  /** Ends the process with code 1, so that whatever supervises it starts it anew; nothing once a stop was asked for. */
  readonly fail: (reason: string) => void;
  readonly code: Promise<number>;
}

/** From now on signals ask for a stop instead of killing; a second one changes nothing, since npm passes Ctrl-C on twice. */
export function untilAskedToStop(log: Log): Ending {
  const { promise, resolve } = Promise.withResolvers<number>();
  let asked = false;
  const fail = (reason: string) => {
    if (!asked) log.error({ reason }, 'unforeseen failure, stopping');
    asked = true;
    resolve(1);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!asked) log.info({ signal }, 'stopping');
      asked = true;
      resolve(0);
    });
  }
  process.on('uncaughtException', (error) => fail(error.stack ?? String(error)));
  return { isAsked: () => asked, fail, code: promise };
}
