/** Changes that a synchronisation will probably ask for, read while its path and its sender are looked up. */
import type { Context as KoaContext } from 'koa';
import type { Actor } from '../../commands/context.ts';
import { readBody } from '../../http/body.ts';
import { type ChangeWindow, fewChangesSince } from '../../store/changes.ts';
import type { DavContext } from '../request.ts';
import { type SyncPoint, tokenWithin } from '../sync-token.ts';

/** Longer bodies ask for something else. */
const LONGEST_BODY = 2048;

interface Foreseen {
  readonly collectionId: string;
  readonly since: number;
  readonly window: ChangeWindow;
}

const foreseen = new WeakMap<KoaContext, Promise<Foreseen | undefined>>();
/** Collections in which the last synchronisation found nothing new: the next will hardly do so. */
const quiet = new Set<string>();
const MOST_QUIET = 10_000;

/** Reads what changed since the token in a body; nothing of it is told before the sender is let in and the path leads to that collection. */
export function foreseeChanges(ctx: KoaContext, app: DavContext, sender: Actor): void {
  const announced = Number(ctx.get('Content-Length'));
  if (!(announced > 0 && announced <= LONGEST_BODY)) return;
  const window = read(ctx, app, sender.organisationId);
  // what failed fails again where it is needed
  foreseen.set(
    ctx,
    window.catch(() => undefined),
  );
}

async function read(ctx: KoaContext, app: DavContext, organisationId: string): Promise<Foreseen | undefined> {
  const octets = await readBody(ctx, app.davLimits.xmlBody);
  const found = tokenWithin(octets.toString('latin1'));
  if (!found || quiet.has(found.collectionId)) return undefined;
  const window = await fewChangesSince(app.db, organisationId, found.collectionId, found.seq);
  return window && { collectionId: found.collectionId, since: found.seq, window };
}

/** What was read ahead of this request, if it is what it asks for: at most `limit` changes of the collection after `since`. */
export async function foreseenChanges(
  ctx: KoaContext,
  collectionId: string,
  since: SyncPoint,
  limit: number,
): Promise<ChangeWindow | undefined> {
  const found = await foreseen.get(ctx);
  const isAsked = found?.collectionId === collectionId && found.since === since.seq && since.begunAt === undefined;
  return isAsked && found.window.changes.length <= limit ? found.window : undefined;
}

/** Tells whether a synchronisation of the collection found changes. */
export function noteWhether(changed: boolean, collectionId: string): void {
  if (changed) quiet.delete(collectionId);
  else if (quiet.size < MOST_QUIET) quiet.add(collectionId);
}
