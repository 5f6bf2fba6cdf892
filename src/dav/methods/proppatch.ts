/** PROPPATCH (RFC 4918 §9.2): all or nothing, in document order; what is not live is kept as a dead property. */
import { patchProperties } from '../../commands/patch-properties.ts';
import { propstatResponse } from '../../xml/multistatus.ts';
import { dav } from '../../xml/names.ts';
import { requirePrivilege } from '../access.ts';
import { answerMultistatus } from '../answer.ts';
import { DavError } from '../error.ts';
import { guardWrite } from '../locks.ts';
import { instructionsIn, judge, judgePrincipal, updatePropstats } from '../property-update.ts';
import { type DavRequest, preferencesOf, xmlBodyNamed } from '../request.ts';
import { COLLECTIONS, HOME_KINDS, idOf, isCollection, OBJECTS } from '../resource.ts';
import type { Method } from './method.ts';

async function proppatch(request: DavRequest): Promise<void> {
  const { ctx, app, resource, path } = request;
  const body = await xmlBodyNamed(request, dav('propertyupdate'));
  if (!resource) throw DavError.notFound();
  requirePrivilege(resource, 'write-properties');
  const instructions = instructionsIn(body);
  if (instructions.length === 0) throw DavError.badRequest('The body sets and removes nothing.');
  const guard = await guardWrite(request, [{ path, on: 'state' }]);
  const update = await judgePrincipal(judge(instructions, resource), instructions, request, resource);
  const id = idOf(resource);
  if (update.refused.size === 0 && id) {
    await patchProperties(app, {
      organisationId: request.principal.organisation_id,
      resourceId: id,
      collection: isCollection(resource) ? resource.collection : undefined,
      guard,
      columns: update.columns,
      dead: update.dead,
      principal: update.principal,
    });
    if (preferencesOf(ctx).minimal) {
      ctx.status = 200;
      ctx.set('Preference-Applied', 'return=minimal');
      ctx.body = '';
      return;
    }
  }
  await answerMultistatus(ctx, [propstatResponse(resource.href, updatePropstats(update))]);
}

export const PROPPATCH: Method = {
  name: 'PROPPATCH',
  rfc: '4918 §9.2',
  on: [...COLLECTIONS, ...OBJECTS, ...HOME_KINDS, 'principal'],
  handle: proppatch,
};
