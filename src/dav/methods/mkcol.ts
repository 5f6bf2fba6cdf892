/** MKCOL with and without properties (RFC 4918 §9.3, RFC 5689) and MKCALENDAR (RFC 4791 §5.3.1). */
import { createCollection } from '../../commands/collections.ts';
import type { Collection, CollectionPatch } from '../../store/collections.ts';
import type { CollectionKind } from '../../store/schema.ts';
import { childrenOf, type Element } from '../../xml/element.ts';
import { propstatResponse } from '../../xml/multistatus.ts';
import { caldav, carddav, dav, type Name } from '../../xml/names.ts';
import { xmlDocument } from '../../xml/write.ts';
import { requirePrivilege } from '../access.ts';
import { answerMultistatus } from '../answer.ts';
import { DavError } from '../error.ts';
import { hrefOf } from '../href.ts';
import { bareMediaType, DATA_KINDS } from '../kinds.ts';
import { guardWrite } from '../locks.ts';
import { collectionResource } from '../make-resource.ts';
import { CALENDAR_COMPONENTS, componentsIn } from '../properties/caldav.ts';
import { type Instruction, instructionsIn, type JudgedUpdate, judge, updatePropstats } from '../property-update.ts';
import { type DavRequest, xmlBody } from '../request.ts';
import { EVERYWHERE, type HomeResource, isCollection, isHome, plainName, type Resource } from '../resource.ts';
import type { Method } from './method.ts';

const RESOURCE_TYPE = dav('resourcetype');

/** Properties that only the making of a collection may set. */
const AT_CREATION: ReadonlyMap<Name, (value: Element) => CollectionPatch> = new Map<
  Name,
  (value: Element) => CollectionPatch
>([
  [RESOURCE_TYPE, () => ({})],
  [
    caldav('supported-calendar-component-set'),
    (value) => {
      const components = componentsIn(value);
      if (components.length === 0 || !components.every((name) => CALENDAR_COMPONENTS.includes(name))) {
        throw DavError.unmet(
          403,
          caldav('supported-calendar-component'),
          `A calendar can take ${CALENDAR_COMPONENTS.join(', ')}.`,
        );
      }
      return { components };
    },
  ],
]);

async function mkcol(request: DavRequest): Promise<void> {
  const body = await bodyOf(request);
  if (body && body.name !== dav('mkcol')) throw DavError.badRequest('The body of MKCOL must be DAV:mkcol.');
  if (request.resource)
    throw DavError.unmet(405, dav('resource-must-be-null'), 'There already is a resource of this name.');
  const instructions = body ? instructionsIn(body) : [];
  const kind = kindWanted(instructions);
  const update = await make(request, kind, instructions);
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
  const update = await make(request, 'calendar', body ? instructionsIn(body) : []);
  if (update.refused.size > 0) {
    await answerMultistatus(request.ctx, [propstatResponse(hrefOf(request.path, true), updatePropstats(update))]);
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

async function make(
  request: DavRequest,
  kind: CollectionKind,
  instructions: readonly Instruction[],
): Promise<JudgedUpdate> {
  const { ctx, app, path, parent } = request;
  const place = placeFor(kind, parent);
  requirePrivilege(place, 'bind');
  await guardWrite(request, [
    { path, on: 'state' },
    { path: place.path, on: 'members' },
  ]);
  const name = storedName(request, kind, place);
  const update = judge(instructions, notYet(request, kind, name, place), creationRules(kind));
  if (update.refused.size > 0) return update;
  await createCollection(app, {
    organisationId: place.owner.organisation_id,
    ownerId: place.owner.principal_id,
    kind,
    name,
    properties: update.columns,
    deadProperties: update.dead.flatMap(({ namespace, localName, xml }) =>
      xml === undefined ? [] : { namespace, local_name: localName, xml },
    ),
  });
  ctx.status = 201;
  ctx.set('Location', hrefOf(path, true));
  ctx.set('Cache-Control', 'no-cache');
  ctx.body = '';
  return update;
}

function creationRules(kind: CollectionKind): typeof AT_CREATION {
  return new Map([...AT_CREATION].filter(([name]) => kind === 'calendar' || name === RESOURCE_TYPE));
}

type Place = HomeResource | Extract<Resource, { kind: CollectionKind }>;

/** Where a collection of this kind may go: address books and calendars right in their home, plain ones in plain ones, too. */
function placeFor(kind: CollectionKind, parent: Resource | undefined): Place {
  if (!parent) throw new DavError(409, 'There is no collection to hold the new one.');
  if (isHome(parent) && (kind === 'plain' || parent.home.holds === kind)) return parent;
  if (kind === 'plain' && isCollection(parent) && parent.kind === 'plain') return parent;
  const { named, locationOk } = DATA_KINDS[kind];
  if (kind !== 'plain') throw DavError.unmet(403, named(locationOk), `No ${kind} can be made in ${parent.href}.`);
  throw new DavError(403, `No collection can be made in ${parent.href}.`);
}

function storedName({ path, name }: DavRequest, kind: CollectionKind, place: Place): string {
  if (kind !== 'plain') return name;
  return isHome(place) ? plainName(place.home, [name]) : `${place.collection.name}/${path.at(-1)}`;
}

/** The collection as it will be: what the properties are judged on. */
function notYet({ app }: DavRequest, kind: CollectionKind, name: string, { owner, privileges }: Place): Resource {
  const now = new Date(app.clock.now());
  const collection: Collection = {
    organisation_id: owner.organisation_id,
    collection_id: '',
    owner_id: owner.principal_id,
    kind,
    name,
    display_name: null,
    description: null,
    color: null,
    sort_order: null,
    components: null,
    time_zone: null,
    time_zone_id: null,
    transparent: false,
    region: null,
    region_guessed: false,
    fed_by: null,
    sync_token: 0,
    pruned_seq: 0,
    lock_epoch: 0,
    created_at: now,
    modified_at: now,
  };
  return collectionResource(owner, collection, privileges);
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
