/** POST to a collection adds a member whose name the server picks (RFC 5995). */
import { randomUUID } from 'node:crypto';
import { DavError } from '../error.ts';
import { encodeSegment } from '../href.ts';
import { DATA_KINDS } from '../kinds.ts';
import type { DavRequest } from '../request.ts';
import { COLLECTIONS, isCollection } from '../resource.ts';
import type { Method } from './method.ts';
import { PUT } from './put.ts';

async function post(request: DavRequest): Promise<void> {
  const { ctx, resource } = request;
  if (!resource || !isCollection(resource)) throw DavError.notFound();
  const name = randomUUID() + DATA_KINDS[resource.kind].extension;
  const path = [...resource.path, name];
  await PUT.handle({ ...request, path, name, parent: resource, resource: undefined });
  ctx.set('Location', resource.href + encodeSegment(name));
}

export const POST: Method = { name: 'POST', rfc: '5995 §3.1', on: COLLECTIONS, handle: post };
