/** All methods in one table; Allow and supported-method-set are derived from it. */
import { EVERYWHERE, type ResourceKind } from '../resource.ts';
import { ACL_METHOD } from './acl.ts';
import { COPY, MOVE } from './copy-move.ts';
import { DELETE } from './delete.ts';
import { GET, HEAD } from './get.ts';
import { LOCK, UNLOCK } from './lock.ts';
import type { Method } from './method.ts';
import { MKCALENDAR, MKCOL } from './mkcol.ts';
import { OPTIONS } from './options.ts';
import { POST } from './post.ts';
import { PROPFIND } from './propfind.ts';
import { PROPPATCH } from './proppatch.ts';
import { PUT } from './put.ts';
import { REPORT } from './report.ts';

export const METHODS: readonly Method[] = [
  OPTIONS,
  GET,
  HEAD,
  PUT,
  POST,
  DELETE,
  PROPFIND,
  PROPPATCH,
  MKCOL,
  MKCALENDAR,
  COPY,
  MOVE,
  LOCK,
  UNLOCK,
  ACL_METHOD,
  REPORT,
];

const byName = new Map(METHODS.map((method) => [method.name, method]));

export function methodNamed(name: string): Method | undefined {
  return byName.get(name);
}

/** Names of the methods that fit each kind of resource: looked at by every request, so picked out once. */
function namesByKind(fits: (method: Method, kind: ResourceKind) => boolean | undefined) {
  const names = EVERYWHERE.map(
    (kind) => [kind, METHODS.filter((method) => fits(method, kind)).map(({ name }) => name)] as const,
  );
  return new Map<ResourceKind, readonly string[]>(names);
}

const there = namesByKind(({ on, makes }, kind) => on.includes(kind) && !makes);
const missing = namesByKind(({ onMissing }, kind) => onMissing?.includes(kind));

/** The methods that work on a kind of resource. MKCOL and MKCALENDAR only ever make new ones. */
export const methodsOn = (kind: ResourceKind): readonly string[] => there.get(kind) ?? [];

/** The methods that work on a name that nothing has yet, below a resource of this kind. */
export const methodsBelow = (kind: ResourceKind): readonly string[] => missing.get(kind) ?? [];
