/** All live properties in one table, found by name and kind of resource. */
import type { Name } from '../../xml/names.ts';
import type { ResourceKind } from '../resource.ts';
import { ACL } from './acl.ts';
import { CALDAV } from './caldav.ts';
import { CARDDAV } from './carddav.ts';
import { GROUPS } from './groups.ts';
import { PRINCIPAL_ADDRESS } from './principal-address.ts';
import type { AnyProperty } from './property.ts';
import { SYNC } from './sync.ts';
import { VENDOR } from './vendor.ts';
import { WEBDAV } from './webdav.ts';

export const PROPERTIES: readonly AnyProperty[] = [
  ...WEBDAV,
  ...ACL,
  ...GROUPS,
  ...SYNC,
  ...CARDDAV,
  PRINCIPAL_ADDRESS,
  ...CALDAV,
  ...VENDOR,
];

const byKind = new Map<ResourceKind, Map<Name, AnyProperty>>();
for (const row of PROPERTIES) {
  for (const kind of row.on) {
    const known = byKind.get(kind) ?? new Map<Name, AnyProperty>();
    byKind.set(kind, known);
    if (known.has(row.name)) throw new Error(`two rows define ${row.name} on ${kind}`);
    known.set(row.name, row);
  }
}

/** The live property of that name on resources of that kind, or undefined: then it may be a dead one. */
export function liveProperty(kind: ResourceKind, name: Name): AnyProperty | undefined {
  return byKind.get(kind)?.get(name);
}

/** Every live property of a kind. */
export function livePropertiesOf(kind: ResourceKind): AnyProperty[] {
  return [...(byKind.get(kind)?.values() ?? [])];
}

const isSettable = ({ patch, patchPrincipal }: AnyProperty): boolean => Boolean(patch ?? patchPrincipal);

const PROTECTED = new Set(PROPERTIES.filter((row) => !isSettable(row)).map((row) => row.name));

/** True for a name that no PROPPATCH may set on this kind: a protected live property here, or one that is protected elsewhere. */
export function isProtected(kind: ResourceKind, name: Name): boolean {
  const row = liveProperty(kind, name);
  return row ? !isSettable(row) : PROTECTED.has(name);
}
