/** expand-property (RFC 3253 §3.8): follows the hrefs inside properties and gives properties of what they name. */
import { attribute, childrenNamed, type Element } from '../../xml/element.ts';
import { propstat, propstatResponse, statusResponse } from '../../xml/multistatus.ts';
import { clark, dav, NAMESPACES, type Name } from '../../xml/names.ts';
import { element, escapeXml } from '../../xml/write.ts';
import { answerMultistatus } from '../answer.ts';
import type { Asked } from '../asked.ts';
import { deadPropertiesFor, hrefsOfDead } from '../dead-values.ts';
import { DavError } from '../error.ts';
import { liveProperty } from '../properties/registry.ts';
import { readProperty } from '../propstats.ts';
import type { DavRequest } from '../request.ts';
import { resolvePath } from '../resolve.ts';
import { EVERYWHERE, idOf, type Resource } from '../resource.ts';
import { readablePath } from './multiget.ts';
import { report } from './report.ts';

/** Resources that one report may visit: a body can ask for the same ones over and over. */
const MOST_VISITS = 2000;
const HREF = /<D:href>([^<]*)<\/D:href>/g;

interface Expansion {
  readonly request: DavRequest;
  visits: number;
}

interface AskedProperty {
  readonly name: Name;
  readonly inside: readonly Element[];
}

async function run(request: DavRequest, resource: Resource, body: Element): Promise<void> {
  const expansion: Expansion = { request, visits: 0 };
  const response = await responseFor(expansion, resource, childrenNamed(body, dav('property')));
  await answerMultistatus(request.ctx, [response]);
}

function askedOf(property: Element): AskedProperty {
  const local = attribute(property, 'name');
  if (!local) throw DavError.badRequest('A property without a name.');
  const name = clark(attribute(property, 'namespace') ?? NAMESPACES.dav, local);
  return { name, inside: childrenNamed(property, dav('property')) };
}

async function responseFor(expansion: Expansion, resource: Resource, properties: readonly Element[]): Promise<string> {
  if (++expansion.visits > MOST_VISITS)
    throw new DavError(507, `One expand-property visits at most ${MOST_VISITS} resources.`);
  let found = '';
  let missing = '';
  let failed = '';
  const wanted = properties.map(askedOf);
  const asked: Asked = { mode: 'prop', names: wanted.map(({ name }) => name) };
  const dead = (await deadPropertiesFor([resource], asked, expansion.request))?.get(idOf(resource) ?? '');
  for (const { name, inside } of wanted) {
    const kept = dead?.get(name);
    const value = await readProperty(liveProperty(resource.kind, name), resource, expansion.request);
    if (value instanceof DavError) failed += propstat(value.status, element(name), value.condition);
    else if (value !== undefined)
      found += element(name, inside.length === 0 ? value : await expanded(expansion, value, inside));
    else if (kept === undefined) missing += element(name);
    else found += inside.length === 0 ? kept : await expandedDead(expansion, name, kept, inside);
  }
  const propstats = (found === '' ? '' : propstat(200, found)) + (missing === '' ? '' : propstat(404, missing));
  return propstatResponse(resource.href, propstats + failed || propstat(200, ''));
}

/** The value with every href replaced by the response of what it names. */
async function expanded(expansion: Expansion, value: string, inside: readonly Element[]): Promise<string> {
  let written = '';
  let from = 0;
  for (const match of value.matchAll(HREF)) {
    written += value.slice(from, match.index) + (await visited(expansion, match[1]!, inside));
    from = match.index + match[0].length;
  }
  return written + value.slice(from);
}

/** The same for a dead property that holds hrefs; any other stays as it was set. */
async function expandedDead(
  expansion: Expansion,
  name: Name,
  xml: string,
  inside: readonly Element[],
): Promise<string> {
  const hrefs = hrefsOfDead(xml);
  const responses: string[] = [];
  for (const href of hrefs) responses.push(await visited(expansion, escapeXml(href), inside));
  return hrefs.length === 0 ? xml : element(name, responses.join(''));
}

/** What an href names, as far as the requester may read it: a property that anybody set must not open what is closed. */
async function visited(expansion: Expansion, escapedHref: string, inside: readonly Element[]): Promise<string> {
  const href = escapedHref.replaceAll('&amp;', '&');
  if (!href.startsWith('/')) return `<D:href>${escapedHref}</D:href>`;
  const path = readablePath(href, expansion.request);
  const { resource } = path ? await resolvePath(expansion.request, path) : { resource: undefined };
  if (!resource) return statusResponse(href, 404);
  return resource.privileges.has('read') ? responseFor(expansion, resource, inside) : statusResponse(href, 403);
}

export const EXPAND_PROPERTY = report<Resource>({
  name: dav('expand-property'),
  rfc: '3253 §3.8',
  on: EVERYWHERE,
  run,
});
