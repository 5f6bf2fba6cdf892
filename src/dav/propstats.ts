/** From resources and asked names to DAV:response elements: live properties from the table, dead ones from the store. */
import { createHash } from 'node:crypto';
import { AppError } from '../base/errors.ts';
import { type DeadProperty, listDeadProperties } from '../store/dead-properties.ts';
import { child, childrenOf, type Element } from '../xml/element.ts';
import { errorContent, propstat, propstatResponse } from '../xml/multistatus.ts';
import { clark, dav, type Name, partsOf } from '../xml/names.ts';
import { element } from '../xml/write.ts';
import { DavError } from './error.ts';
import type { AnyProperty } from './properties/property.ts';
import { livePropertiesOf, liveProperty } from './properties/registry.ts';
import { type DavRequest, preferencesOf } from './request.ts';
import { type HomeResource, isCollection, isHome, isObject, type Resource } from './resource.ts';

/** Which properties an answer holds. */
export interface Asked {
  readonly mode: 'prop' | 'allprop' | 'propname';
  /** The names of `prop`, or those of `include` beside allprop. */
  readonly names: readonly Name[];
}

export const ALLPROP: Asked = { mode: 'allprop', names: [] };

/** Reads `prop`, `allprop` with `include`, or `propname` inside a PROPFIND or report body; no choice means allprop. */
export function askedIn(body: Element | undefined): Asked {
  if (!body) return ALLPROP;
  const prop = child(body, dav('prop'));
  const allprop = child(body, dav('allprop'));
  const propname = child(body, dav('propname'));
  if ([prop, allprop, propname].filter(Boolean).length > 1)
    throw DavError.badRequest('Only one of prop, allprop and propname may be asked for.');
  if (prop) return { mode: 'prop', names: namesIn(prop) };
  if (propname) return { mode: 'propname', names: [] };
  const include = child(body, dav('include'));
  return { mode: 'allprop', names: include ? namesIn(include) : [] };
}

/** Every member answers for every name, so that their number is bounded. */
const MOST_NAMES = 1000;

function namesIn(list: Element): Name[] {
  const names = [...new Set(childrenOf(list).map(({ name }) => name))];
  if (names.length > MOST_NAMES)
    throw DavError.badRequest(`One request may ask for ${MOST_NAMES} properties; this one asks for ${names.length}.`);
  return names;
}

/** A property that only this answer has: the data element of a report, computed from the object's octets. */
export interface DataColumn {
  readonly name: Name;
  /** The whole property element; undefined: there is none for this resource (404). Throws to say why not. */
  readonly write: (resource: Resource) => string | undefined;
}

/** One DAV:response per resource, dead properties read in one statement for all of them. */
export async function responsesFor(
  resources: readonly Resource[],
  asked: Asked,
  request: DavRequest,
  data?: DataColumn,
): Promise<string> {
  const dead = await deadPropertiesFor(resources, asked, request, data);
  const { minimal } = preferencesOf(request.ctx);
  let responses = '';
  for (const resource of resources) {
    const writer = new Map<Name, string>();
    for (const each of dead?.get(idOf(resource) ?? '') ?? [])
      writer.set(clark(each.namespace, each.local_name), each.xml);
    responses += propstatResponse(resource.href, await propstatsOf(resource, asked, request, writer, minimal, data));
  }
  return responses;
}

async function propstatsOf(
  resource: Resource,
  asked: Asked,
  request: DavRequest,
  dead: ReadonlyMap<Name, string>,
  minimal: boolean,
  data: DataColumn | undefined,
): Promise<string> {
  if (asked.mode === 'propname') return propstat(200, await namesOf(resource, request, dead));
  let found = '';
  let missing = '';
  let failed = '';
  const add = async (name: Name, row: AnyProperty | undefined) => {
    let value = row?.get(resource, request);
    if (typeof value === 'object') value = await value;
    if (value !== undefined) found += element(name, value);
    else if (dead.has(name)) found += dead.get(name);
    else missing += element(name);
  };
  if (asked.mode === 'allprop') {
    for (const row of livePropertiesOf(resource.kind)) if (row.allprop) await addPresent(row);
    for (const xml of dead.values()) found += xml;
  }
  async function addPresent(row: AnyProperty) {
    const value = await row.get(resource, request);
    if (value !== undefined) found += element(row.name, value);
  }
  for (const name of asked.names) {
    if (asked.mode === 'allprop' && (dead.has(name) || liveProperty(resource.kind, name)?.allprop)) continue;
    if (data?.name !== name) {
      await add(name, liveProperty(resource.kind, name));
      continue;
    }
    const written = dataOf(resource, data);
    if (written instanceof AppError) failed += failedData(name, written);
    else if (written === undefined) missing += element(name);
    else found += written;
  }
  const absent = missing === '' || minimal ? '' : propstat(404, missing);
  if (found === '' && absent + failed !== '') return absent + failed;
  return propstat(200, found) + absent + failed;
}

/** One object that cannot be given in the form asked for must not cost the others. */
function dataOf(resource: Resource, data: DataColumn): string | undefined | AppError {
  try {
    return data.write(resource);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

function failedData(name: Name, { code, message }: AppError): string {
  const { namespace } = partsOf(name);
  return propstat(403, element(name), errorContent(element(clark(namespace, code)), message));
}

async function namesOf(resource: Resource, request: DavRequest, dead: ReadonlyMap<Name, string>): Promise<string> {
  let names = '';
  for (const row of livePropertiesOf(resource.kind))
    if ((await row.get(resource, request)) !== undefined) names += element(row.name);
  for (const name of dead.keys()) names += element(name);
  return names;
}

/** The identifier that dead properties hang on; undefined for resources that take none. */
export function idOf(resource: Resource): string | undefined {
  if (isObject(resource)) return resource.object.object_id;
  if (isCollection(resource)) return resource.collection.collection_id;
  if (resource.kind === 'principal') return resource.principal.principal_id;
  return isHome(resource) ? homeId(resource) : undefined;
}

/** A home is no row of its own: its identifier follows from its owner's (a UUID of version 8, RFC 9562 §5.8). */
function homeId({ home, owner }: HomeResource): string {
  const hex = createHash('sha256').update(`${owner.principal_id} ${home.segment}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

async function deadPropertiesFor(
  resources: readonly Resource[],
  asked: Asked,
  request: DavRequest,
  data: DataColumn | undefined,
): Promise<Map<string, DeadProperty[]> | undefined> {
  const mayBeDead = (resource: Resource) =>
    asked.mode !== 'prop' ||
    asked.names.some((name) => name !== data?.name && liveProperty(resource.kind, name) === undefined);
  const ids = resources.filter(mayBeDead).flatMap((resource) => idOf(resource) ?? []);
  if (ids.length === 0) return undefined;
  const byResource = new Map<string, DeadProperty[]>();
  for (const row of await listDeadProperties(request.app.db, request.principal.organisation_id, ids)) {
    const rows = byResource.get(row.resource_id);
    if (rows) rows.push(row);
    else byResource.set(row.resource_id, [row]);
  }
  return byResource;
}
