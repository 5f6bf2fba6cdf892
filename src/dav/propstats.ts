/** From resources and asked names to DAV:response elements: live properties from the table, dead ones from the store. */
import { AppError } from '../base/errors.ts';
import { turns } from '../base/turns.ts';
import { errorContent, propstat, propstatResponse } from '../xml/multistatus.ts';
import { clark, dav, type Name, partsOf } from '../xml/names.ts';
import { element } from '../xml/write.ts';
import type { Asked } from './asked.ts';
import { deadPropertiesFor } from './dead-values.ts';
import { DavError } from './error.ts';
import type { AnyProperty } from './properties/property.ts';
import { livePropertiesOf, liveProperty } from './properties/registry.ts';
import { type DavRequest, preferencesOf } from './request.ts';
import { idOf, type Resource, type ResourceKind } from './resource.ts';

/** A property that only this answer has: the data element of a report, computed from the object's octets. */
export interface DataColumn {
  readonly name: Name;
  /** The whole property element; undefined: there is none for this resource (404). Throws to say why not. */
  readonly write: (resource: Resource) => string | undefined;
  /**
   * The media type of the data where it is not the stored one: `getcontenttype` tells it then, since clients (DAVx5) read the data by
   * that property.
   */
  readonly mediaType?: string;
  /** The element for a body, where the whole of it is asked for as it is stored. */
  readonly ofBody?: (body: string | Buffer) => string;
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
  const columns = new Map<ResourceKind, readonly Column[]>();
  let responses = '';
  const turn = turns();
  for (const resource of resources) {
    // writing the instances of a rule is work: others are served in between
    const others = turn();
    if (others) await others;
    const own = dead?.get(idOf(resource) ?? '') ?? NO_PROPERTIES;
    if (asked.mode === 'propname') {
      responses += propstatResponse(resource.href, propstat(200, await namesOf(resource, request, own)));
      continue;
    }
    const known = columns.get(resource.kind) ?? columnsOf(resource.kind, asked, data);
    columns.set(resource.kind, known);
    const values = valuesOf(resource, known, request, own);
    // most values are there at once: only those that must be read are waited for
    const written = writePropstats(values instanceof Promise ? await values : values, minimal);
    responses += propstatResponse(resource.href, written);
  }
  return responses;
}

/** One name of an answer and where its value comes from. */
interface Column {
  readonly name: Name;
  readonly row?: AnyProperty;
  readonly data?: DataColumn;
  /** Left out where there is none: it was not asked for by name. */
  readonly optional: boolean;
}

function columnsOf(kind: ResourceKind, asked: Asked, data: DataColumn | undefined): Column[] {
  const columns = new Map<Name, Column>();
  if (asked.mode === 'allprop') {
    for (const row of livePropertiesOf(kind))
      if (row.allprop) columns.set(row.name, { name: row.name, row: beside(data, row), optional: true });
  }
  for (const name of asked.names) {
    const live = liveProperty(kind, name);
    const row = live && beside(data, live);
    if (columns.has(name)) continue;
    columns.set(name, { name, ...(row ? { row } : {}), ...(data?.name === name ? { data } : {}), optional: false });
  }
  return [...columns.values()];
}

/** A live property as it stands beside the data of the answer. */
function beside(data: DataColumn | undefined, row: AnyProperty): AnyProperty {
  const { mediaType } = data ?? {};
  return mediaType !== undefined && row.name === dav('getcontenttype') ? { ...row, get: () => mediaType } : row;
}

interface Values {
  found: string;
  missing: string;
  failed: string;
}

function valuesOf(
  resource: Resource,
  columns: readonly Column[],
  request: DavRequest,
  dead: ReadonlyMap<Name, string>,
): Values | Promise<Values> {
  const values: Values = { found: '', missing: '', failed: '' };
  const pending: Promise<void>[] = [];
  const put = (column: Column, value: string | undefined) => {
    const { name, optional } = column;
    if (value !== undefined) values.found += element(name, value);
    else if (!optional && !dead.has(name)) values.missing += element(name);
  };
  for (const column of columns) {
    if (column.data) {
      putData(values, column.name, dataOf(resource, column.data));
      continue;
    }
    const value = column.row?.get(resource, request);
    if (typeof value === 'object')
      pending.push(
        value.then(
          (read) => put(column, read),
          (error) => refuse(values, column.name, error),
        ),
      );
    else put(column, value);
  }
  for (const xml of dead.values()) values.found += xml;
  return pending.length === 0 ? values : Promise.all(pending).then(() => values);
}

/** One property that may not be read must not cost the others (RFC 3744 §5). */
function refuse(values: Values, name: Name, error: unknown): void {
  if (!(error instanceof DavError)) throw error;
  values.failed += propstat(error.status, element(name), error.condition);
}

function writePropstats({ found, missing, failed }: Values, minimal: boolean): string {
  const absent = missing === '' || minimal ? '' : propstat(404, missing);
  if (found === '' && absent + failed !== '') return absent + failed;
  return propstat(200, found) + absent + failed;
}

function putData(values: Values, name: Name, written: string | undefined | AppError): void {
  if (written instanceof AppError) values.failed += failedData(name, written);
  else if (written === undefined) values.missing += element(name);
  else values.found += written;
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
    if ((await readProperty(row, resource, request)) !== undefined) names += element(row.name);
  for (const name of dead.keys()) names += element(name);
  return names;
}

/** The value of a live property, undefined where there is none; or why it may not be read, which must not cost others (RFC 3744 §5). */
export async function readProperty(
  row: AnyProperty | undefined,
  resource: Resource,
  request: DavRequest,
): Promise<string | undefined | DavError> {
  try {
    return await row?.get(resource, request);
  } catch (error) {
    if (error instanceof DavError) return error;
    throw error;
  }
}

const NO_PROPERTIES: ReadonlyMap<Name, string> = new Map();
