/** REPORT (RFC 3253 §3.6): finds the report by the body's root and the kind of resource. */
import { dav } from '../../xml/names.ts';
import { requirePrivilege } from '../access.ts';
import { DavError } from '../error.ts';
import { requireIf } from '../locks.ts';
import { parseIfHeader } from '../preconditions.ts';
import { foreseeChanges } from '../reports/foreseen-changes.ts';
import { REPORTS } from '../reports/registry.ts';
import { type DavRequest, depthOf, xmlBody } from '../request.ts';
import { EVERYWHERE } from '../resource.ts';
import type { Method } from './method.ts';

async function run(request: DavRequest): Promise<void> {
  const { ctx, resource } = request;
  const body = await xmlBody(request);
  if (!resource) throw DavError.notFound();
  if (!body) throw DavError.badRequest('REPORT needs an XML body.');
  requirePrivilege(resource, body.local === 'free-busy-query' ? 'read-free-busy' : 'read');
  const lists = parseIfHeader(ctx.get('If'));
  if (lists) await requireIf(request, lists);
  const found = REPORTS.find(({ name, on }) => name === body.name && on.includes(resource.kind));
  if (!found) {
    throw DavError.unmet(403, dav('supported-report'), `${body.name.slice(0, 200)} is no report of this resource.`);
  }
  await found.run(request, resource, body, depthOf(ctx) ?? '0');
}

export const REPORT: Method = {
  name: 'REPORT',
  rfc: '3253 §3.6',
  on: EVERYWHERE,
  foresee: foreseeChanges,
  handle: run,
};
