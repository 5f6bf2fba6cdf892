/** addressbook-multiget and calendar-multiget (RFC 6352 §8.7, RFC 4791 §7.9): named objects of one collection, or of the calendars of a home. */
import { seenBodies, seenEntries, seenTexts } from '../../commands/seen-objects.ts';
import { findSizes } from '../../store/object-pages.ts';
import type { ObjectEntry } from '../../store/objects.ts';
import { type Element, hrefsIn } from '../../xml/element.ts';
import { statusResponse } from '../../xml/multistatus.ts';
import { answerMultistatus } from '../answer.ts';
import { type Asked, askedIn } from '../asked.ts';
import { bodyResponses, bodyWriters } from '../body-list.ts';
import { DavError } from '../error.ts';
import { calendarsUnder } from '../home-sync.ts';
import { isPlainName, type Path, pathKey, pathOfHref } from '../href.ts';
import { DATA_KINDS } from '../kinds.ts';
import { objectResource } from '../make-resource.ts';
import { type DataColumn, responsesFor } from '../propstats.ts';
import { type DavRequest, hostsOf } from '../request.ts';
import { type CollectionResource, type HomeResource, isHome, isObject, type ObjectResource } from '../resource.ts';
import { pathBehind } from '../shared-in-home.ts';
import { addressDataColumn, calendarDataColumn } from './data-column.ts';
import { collectionOf } from './found-objects.ts';
import { report } from './report.ts';
import { floatingZone, wantsTimezones } from './time-zone.ts';

type Target = CollectionResource | ObjectResource | HomeResource;

/** Up to so many objects are read at once without asking for their sizes first. */
const FEW = 32;

async function run(request: DavRequest, resource: Target, body: Element): Promise<void> {
  const hrefs = hrefsIn(body);
  const most = request.app.davLimits.multigetHrefs;
  if (hrefs.length > most)
    throw new DavError(403, `A multiget may name ${most} resources; this one names ${hrefs.length}.`);
  const asked = askedIn(body);
  // hrefs say by themselves how deep they lie
  const collections = isHome(resource)
    ? await calendarsUnder(resource, request, 'infinity')
    : [isObject(resource) ? collectionOf(resource) : resource];
  const parts: Part[] = [];
  let elsewhere: readonly string[] = hrefs;
  for (const collection of collections) {
    const wanted = namesOf(request, resource, collection, elsewhere);
    elsewhere = wanted.elsewhere;
    parts.push({ collection, byName: wanted.byName, data: dataColumn(request, collection, body) });
  }
  await answerMultistatus(request.ctx, responses(request, parts, elsewhere, asked));
}

/** What is asked for of one collection. */
interface Part {
  readonly collection: CollectionResource;
  /** Object name to the href it was asked by. */
  readonly byName: Map<string, string>;
  readonly data: DataColumn | undefined;
}

function dataColumn(request: DavRequest, { kind, collection }: CollectionResource, body: Element) {
  if (kind === 'addressbook') return addressDataColumn(body);
  const timezones = wantsTimezones(request.ctx.get('CalDAV-Timezones'));
  return calendarDataColumn(body, floatingZone(body, collection), timezones, request.app.limits.maxInstances);
}

function namesOf(
  request: DavRequest,
  resource: Target,
  collection: CollectionResource,
  hrefs: readonly string[],
): { byName: Map<string, string>; elsewhere: string[] } {
  const base = pathKey(collection.path);
  const byName = new Map<string, string>();
  const elsewhere: string[] = [];
  for (const href of hrefs) {
    const name = plainMember(collection.href, href) ?? memberOf(base, readablePath(href, request), request);
    if (name === undefined || (isObject(resource) && name !== resource.object.name)) elsewhere.push(href);
    else byName.set(name, href);
  }
  return { byName, elsewhere };
}

/** The name in an href that is written as this server writes it, and needs no decoding. */
function plainMember(base: string, href: string): string | undefined {
  const name = href.startsWith(base) ? href.slice(base.length) : '';
  return isPlainName(name) ? name : undefined;
}

function memberOf(base: string, path: Path | undefined, request: DavRequest): string | undefined {
  const isInside = (each: Path) => pathKey(each.slice(0, -1)) === base;
  return path && [path, pathBehind(request, path) ?? []].find(isInside)?.at(-1);
}

/** An href that cannot be read is answered as missing: one bad href must not cost the others. */
export function readablePath(href: string, request: DavRequest): Path | undefined {
  try {
    return pathOfHref(href, hostsOf(request));
  } catch (error) {
    if (error instanceof DavError) return undefined;
    throw error;
  }
}

async function* responses(
  request: DavRequest,
  parts: readonly Part[],
  elsewhere: readonly string[],
  asked: Asked,
): AsyncGenerator<string> {
  for (const part of parts) if (part.byName.size > 0) yield* responsesIn(request, part, asked);
  for (const href of elsewhere) yield statusResponse(href, 404);
}

async function* responsesIn(
  request: DavRequest,
  { collection, byName, data }: Part,
  asked: Asked,
): AsyncGenerator<string> {
  const names = [...byName.keys()];
  const writers = bodyWriters(asked, data);
  if (writers) {
    for await (const batch of seenTexts(request.app.db, collection, names)) {
      for (const { name } of batch) byName.delete(name);
      yield bodyResponses(collection, batch, writers);
    }
  } else {
    for await (const batch of found(request, collection, names, data)) {
      for (const { name } of batch) byName.delete(name);
      const resources = batch.map((object) => objectResource(collection, object));
      yield responsesFor(resources, asked, request, data);
    }
  }
  for (const href of byName.values()) yield statusResponse(href, 404);
}

async function* found(
  { app }: DavRequest,
  seen: CollectionResource,
  names: readonly string[],
  data: DataColumn | undefined,
): AsyncGenerator<readonly ObjectEntry[]> {
  if (names.length === 0) return;
  if (!data) return yield await seenEntries(app.db, seen, names);
  const { organisation_id, collection_id } = seen.collection;
  const sized =
    names.length <= FEW
      ? names.map((name) => ({ name, size: 0 }))
      : await findSizes(app.db, organisation_id, collection_id, names);
  yield* seenBodies(app.db, seen, sized);
}

export const MULTIGETS = [
  report<Target>({
    name: DATA_KINDS.addressbook.multiget,
    rfc: '6352 §8.7',
    on: ['addressbook', 'addressObject'],
    run,
  }),
  report<Target>({
    name: DATA_KINDS.calendar.multiget,
    rfc: '4791 §7.9',
    on: ['calendar', 'calendarObject', 'calendarHome'],
    run,
  }),
];
