/** PROPFIND (RFC 4918 §9.1): prop, allprop with include, propname; Depth infinity inside one collection only. */
import { child } from '../../xml/element.ts';
import { dav } from '../../xml/names.ts';
import { requirePrivilege } from '../access.ts';
import { answerMultistatus } from '../answer.ts';
import { type Asked, askedIn } from '../asked.ts';
import { DavError } from '../error.ts';
import { asksEtagOnly, memberEtags } from '../etag-list.ts';
import { requireIf } from '../locks.ts';
import { membersOf } from '../members.ts';
import { parseIfHeader } from '../preconditions.ts';
import { responsesFor } from '../propstats.ts';
import { type DavRequest, type Depth, depthOf, preferencesOf, xmlBody } from '../request.ts';
import { EVERYWHERE, HOME_KINDS, isCollection, type Resource, type ResourceKind } from '../resource.ts';
import type { Method } from './method.ts';

/** What is not known is as if it were not there, and a body of nothing asks for nothing (RFC 4918 §17, appendix A.2.2). */
const CHOICES = [dav('prop'), dav('allprop'), dav('propname')];

/** What holds collections of many people or of many objects. */
const TREES: ReadonlySet<ResourceKind> = new Set(['root', 'principalSet', 'homeSet', ...HOME_KINDS]);

async function propfind(request: DavRequest): Promise<void> {
  const { ctx, resource } = request;
  const depth = depthOf(ctx) ?? 'infinity';
  const body = await xmlBody(request);
  if (body && body.name !== dav('propfind')) throw DavError.badRequest('The body of PROPFIND must be DAV:propfind.');
  if (!resource) throw DavError.notFound();
  requirePrivilege(resource, 'read');
  if (body && !CHOICES.some((name) => child(body, name)))
    throw DavError.badRequest('The body of PROPFIND asks for prop, allprop or propname.');
  const lists = parseIfHeader(ctx.get('If'));
  if (lists) await requireIf(request, lists);
  if (depth === 'infinity' && TREES.has(resource.kind))
    throw DavError.unmet(
      403,
      dav('propfind-finite-depth'),
      'This is the top of many collections: ask with Depth 0 or 1.',
    );
  await answerMultistatus(ctx, responses(request, resource, askedIn(body), depth));
}

async function* responses(request: DavRequest, resource: Resource, asked: Asked, depth: Depth): AsyncGenerator<string> {
  if (depth === '0' || !preferencesOf(request.ctx).depthNoroot) yield responsesFor([resource], asked, request);
  if (depth !== '0') yield* below(request, resource, asked, depth);
}

async function* below(request: DavRequest, resource: Resource, asked: Asked, depth: Depth): AsyncGenerator<string> {
  if (isCollection(resource) && resource.kind !== 'plain' && asksEtagOnly(asked)) {
    yield* memberEtags(request.app.db, resource);
    return;
  }
  for await (const page of membersOf(resource, request)) {
    yield responsesFor(page, asked, request);
    // only plain collections hold collections
    if (depth === 'infinity')
      for (const member of page) if (isCollection(member)) yield* below(request, member, asked, depth);
  }
}

export const PROPFIND: Method = { name: 'PROPFIND', rfc: '4918 §9.1', on: EVERYWHERE, handle: propfind };
