/** All methods in one table; Allow and supported-method-set are derived from it. */
import type { ResourceKind } from '../resource.ts';
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

/** The methods that work on a kind of resource. MKCOL and MKCALENDAR only ever make new ones. */
export function methodsOn(kind: ResourceKind): readonly string[] {
  return METHODS.filter(({ on, makes }) => on.includes(kind) && !makes).map(({ name }) => name);
}

/** The methods that work on a name that nothing has yet, below a resource of this kind. */
export function methodsBelow(kind: ResourceKind): readonly string[] {
  return METHODS.filter(({ onMissing }) => onMissing?.includes(kind)).map(({ name }) => name);
}
