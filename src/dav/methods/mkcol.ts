/** MKCOL with and without properties (RFC 4918 §9.3, RFC 5689) and MKCALENDAR (RFC 4791 §5.3.1). */
import type { CollectionKind } from '../../store/schema/collections.ts';
import { childrenOf, type Element } from '../../xml/element.ts';
import { propstatResponse } from '../../xml/multistatus.ts';
import { caldav, carddav, dav, type Name } from '../../xml/names.ts';
import { xmlDocument } from '../../xml/write.ts';
import { answerMultistatus } from '../answer.ts';
import { DavError } from '../error.ts';
import { collectionHref } from '../href.ts';
import { bareMediaType } from '../kinds.ts';
import { type Instruction, instructionsIn, updatePropstats } from '../property-update.ts';
import { type DavRequest, xmlBody } from '../request.ts';
import { EVERYWHERE } from '../resource.ts';
import { makeCollection, RESOURCE_TYPE } from './make-collection.ts';
import type { Method } from './method.ts';

async function mkcol(request: DavRequest): Promise<void> {
  const body = await bodyOf(request);
  if (body && body.name !== dav('mkcol')) throw DavError.badRequest('The body of MKCOL must be DAV:mkcol.');
  if (request.resource)
    throw DavError.unmet(405, dav('resource-must-be-null'), 'There already is a resource of this name.');
  const instructions = body ? instructionsIn(body) : [];
  const kind = kindWanted(instructions);
  const update = await makeCollection(request, kind, instructions);
  if (update.refused.size > 0) {
    const [first] = update.refused.values();
    request.ctx.status = first!.status;
    request.ctx.set('Content-Type', 'application/xml; charset=utf-8');
    request.ctx.body = xmlDocument(dav('mkcol-response'), updatePropstats(update));
  }
}

async function mkcalendar(request: DavRequest): Promise<void> {
  const body = await xmlBody(request);
  if (body && body.name !== caldav('mkcalendar'))
    throw DavError.badRequest('The body of MKCALENDAR must be CALDAV:mkcalendar.');
  if (request.resource) {
    throw DavError.unmet(403, dav('resource-must-be-null'), 'There already is a resource of this name.');
  }
  const update = await makeCollection(request, 'calendar', body ? instructionsIn(body) : []);
  if (update.refused.size > 0) {
    await answerMultistatus(request.ctx, [propstatResponse(collectionHref(request.path), updatePropstats(update))]);
  }
}

/** A body that is no XML means a MKCOL of some kind that is not known here (RFC 4918 §9.3). */
async function bodyOf(request: DavRequest): Promise<Element | undefined> {
  const type = bareMediaType(request.ctx.get('Content-Type'));
  const length = request.ctx.get('Content-Length');
  const hasBody = (length !== '' && length !== '0') || request.ctx.get('Transfer-Encoding') !== '';
  if (hasBody && type !== '' && !/^(?:application|text)\/(?:[a-z.-]+\+)?xml$/.test(type)) {
    throw new DavError(415, `A body of type ${type.slice(0, 100)} makes no collection.`);
  }
  return xmlBody(request);
}

const KINDS_BY_TYPE: ReadonlyMap<Name, CollectionKind> = new Map([
  [carddav('addressbook'), 'addressbook'],
  [caldav('calendar'), 'calendar'],
]);

/** Which kind the `resourcetype` in the body asks for; a plain collection when it asks for nothing more. */
function kindWanted(instructions: readonly Instruction[]): CollectionKind {
  const wanted = instructions.find(({ name }) => name === RESOURCE_TYPE)?.value;
  if (!wanted) return 'plain';
  const types = childrenOf(wanted).map(({ name }) => name);
  const special = types.filter((name) => name !== dav('collection'));
  const kind = special.length === 0 ? 'plain' : KINDS_BY_TYPE.get(special[0]!);
  if (!types.includes(dav('collection')) || special.length > 1 || !kind) {
    throw DavError.unmet(403, dav('valid-resourcetype'), 'Collections, address books and calendars can be made here.');
  }
  return kind;
}

export const MKCOL: Method = {
  name: 'MKCOL',
  rfc: '5689 §3',
  on: EVERYWHERE,
  onMissing: EVERYWHERE,
  makes: true,
  handle: mkcol,
};
export const MKCALENDAR: Method = {
  name: 'MKCALENDAR',
  rfc: '4791 §5.3.1',
  on: EVERYWHERE,
  onMissing: EVERYWHERE,
  makes: true,
  handle: mkcalendar,
};
