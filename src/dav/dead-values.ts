/** Dead properties as answers hold them: of all resources of a page at once. */
import { isForm } from '../commands/seen-objects.ts';
import { listDeadProperties } from '../store/dead-properties.ts';
import { hrefsIn } from '../xml/element.ts';
import { parseKnownXml } from '../xml/known.ts';
import { clark, type Name } from '../xml/names.ts';
import type { Asked } from './asked.ts';
import { liveProperty } from './properties/registry.ts';
import type { DavRequest } from './request.ts';
import { idOf, isObject, type Resource, type ResourceKind } from './resource.ts';

/** The hrefs in a dead property, as it was set. */
export const hrefsOfDead = (xml: string): string[] => hrefsIn(parseKnownXml(Buffer.from(xml)));

/**
 * The dead properties that the answer holds, by resource: all of them, or those asked for by name; none of an object of which the time
 * alone is shown.
 */
export async function deadPropertiesFor(
  resources: readonly Resource[],
  asked: Asked,
  { app, principal }: DavRequest,
  data?: { readonly name: Name },
): Promise<Map<string, Map<Name, string>> | undefined> {
  const mayBeDead = (kind: ResourceKind, name: Name) => name !== data?.name && liveProperty(kind, name) === undefined;
  const isWanted = (resource: Resource) =>
    !(isObject(resource) && resource.publicOnly && isForm(resource.object)) &&
    (asked.mode !== 'prop' || asked.names.some((name) => mayBeDead(resource.kind, name)));
  const ids = resources.filter(isWanted).flatMap((resource) => idOf(resource) ?? []);
  if (ids.length === 0) return undefined;
  const names = asked.mode === 'prop' ? new Set(asked.names) : undefined;
  const byResource = new Map<string, Map<Name, string>>();
  for (const row of await listDeadProperties(app.db, principal.organisation_id, ids)) {
    const name = clark(row.namespace, row.local_name);
    if (names && !names.has(name)) continue;
    const known = byResource.get(row.resource_id) ?? new Map<Name, string>();
    byResource.set(row.resource_id, known.set(name, row.xml));
  }
  return byResource;
}
