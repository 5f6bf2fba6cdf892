/** Making a collection: where it may go, and which properties it may begin with (RFC 5689 §3, RFC 4791 §5.3.1). */
import { createCollection } from '../../commands/collections.ts';
import type { Collection, CollectionPatch } from '../../store/collections.ts';
import type { CollectionKind } from '../../store/schema/collections.ts';
import type { Element } from '../../xml/element.ts';
import { caldav, dav, type Name } from '../../xml/names.ts';
import { requirePrivilege } from '../access.ts';
import { DavError } from '../error.ts';
import { collectionHref } from '../href.ts';
import { DATA_KINDS } from '../kinds.ts';
import { guardWrite } from '../locks.ts';
import { collectionResource } from '../make-resource.ts';
import { CALENDAR_COMPONENTS, componentsIn } from '../properties/caldav.ts';
import { type Instruction, type JudgedUpdate, judge } from '../property-update.ts';
import type { DavRequest } from '../request.ts';
import { type HomeResource, isCollection, isHome, plainName, type Resource } from '../resource.ts';

export const RESOURCE_TYPE = dav('resourcetype');

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

/**
 * Makes the collection that the path names, with the properties of the instructions, and answers 201; where one of those is refused
 * nothing is made, and the update says why. Throws DavError where it may not go, and what the locks forbid.
 */
export async function makeCollection(
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
  ctx.set('Location', collectionHref(path));
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
