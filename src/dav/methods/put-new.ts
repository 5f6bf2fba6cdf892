/** PUT of what is new, from a device that uploads one card after the other: by one statement that asks for all that lets it in, too. */
import type { Context as KoaContext } from 'koa';
import type { Standing } from '../../commands/authenticate.ts';
import { putNewObject } from '../../commands/put-object.ts';
import { collectionHref, parsePath } from '../href.ts';
import type { DavContext, DavRequest } from '../request.ts';
import type { CollectionResource } from '../resource.ts';
import { answerPut, octetsOf } from './put-octets.ts';

/** Collections in which their owners wrote lately, by href, as they were then. */
const lately = new Map<string, CollectionResource>();
const MOST_KNOWN = 10_000;
const keyOf = (principalId: string, href: string): string => `${principalId} ${href}`;

/** Remembers where something was put. */
export function noteWritten({ principal }: DavRequest, collection: CollectionResource): void {
  const isOwn = collection.owner.principal_id === principal.principal_id;
  if (!isOwn || collection.kind === 'plain') return;
  if (lately.size >= MOST_KNOWN) lately.clear();
  lately.set(keyOf(principal.principal_id, collection.href), collection);
}

/** Headers that ask for more than to store what is new. */
const MORE = ['If', 'If-Match', 'If-Unmodified-Since', 'Prefer', 'Brief', 'Content-Range'];

const isPlainlyNew = (ctx: KoaContext): boolean =>
  ctx.get('If-None-Match').trim() === '*' && MORE.every((header) => ctx.get(header) === '');

/**
 * Stores what the request brings and answers it; false, having done neither, where it is not plainly so: the request then goes the way of
 * all others. Nothing that was wrong with the body is told: the sender may not be let in.
 */
export async function putAtOnce(ctx: KoaContext, app: DavContext, target: string, sender: Standing): Promise<boolean> {
  if (!isPlainlyNew(ctx)) return false;
  const { principalId, name } = sender.authentication;
  try {
    const path = parsePath(target);
    const parent = lately.get(keyOf(principalId, collectionHref(path.slice(0, -1))));
    if (!parent) return false;
    const { octets, asSent } = await octetsOf({ ctx, app }, parent);
    const { loginName, selector, hash } = sender;
    const request = { collection: parent.collection, name: path.at(-1)!, octets };
    const result = await putNewObject(app, request, { loginName, selector, hash, name });
    if (result) answerPut({ ctx, path }, parent, result, { octets, asSent });
    return result !== undefined;
  } catch {
    return false;
  }
}
