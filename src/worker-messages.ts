/** What the primary and its workers say to each other. */
import type { Worker } from 'node:cluster';
import { AppError } from './base/errors.ts';

export type ToWorker =
  | { readonly type: 'begin'; readonly databaseUrl: string }
  | { readonly type: 'figures wanted'; readonly id: number }
  | { readonly type: 'report'; readonly id: number; readonly text: string };

export type FromWorker =
  | { readonly type: 'listening'; readonly url: string }
  /** It cannot take the port, or cannot serve. */
  | { readonly type: 'failed'; readonly code: string; readonly message: string }
  | { readonly type: 'serving' }
  | { readonly type: 'figures'; readonly id: number; readonly figures: unknown }
  | { readonly type: 'report wanted'; readonly id: number };

type Told<Type extends FromWorker['type']> = Extract<FromWorker, { type: Type }>;

/** Says something to a worker; one that is just ending hears nothing. */
export function tell(worker: Worker, message: ToWorker): void {
  if (worker.isConnected()) worker.send(message, () => {});
}

/**
 * The next message of that type (and, where given, with that id) from a worker. Throws AppError 'unavailable' when it says
 * that it failed, or ends.
 */
export function untilTold<Type extends FromWorker['type']>(
  worker: Worker,
  type: Type,
  id?: number,
): Promise<Told<Type>> {
  const { promise, resolve, reject } = Promise.withResolvers<Told<Type>>();
  const fail = (code: string, message: string) => reject(new AppError('unavailable', code, message));
  const onExit = () => fail('worker-ended', 'a worker ended before it was ready');
  const onMessage = (message: FromWorker) => {
    if (message.type === 'failed') fail(message.code, message.message);
    else if (message.type === type && (id === undefined || ('id' in message && message.id === id)))
      resolve(message as Told<Type>);
  };
  worker.on('message', onMessage).once('exit', onExit);
  return promise.finally(() => worker.off('message', onMessage).off('exit', onExit));
}
