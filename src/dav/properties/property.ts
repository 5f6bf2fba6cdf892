/** What a live property is: one row of a table, from which find, allprop, propname and protection follow. */

import type { PrincipalChange } from '../../commands/patch-properties.ts';
import type { CollectionPatch } from '../../store/collections.ts';
import type { Element } from '../../xml/element.ts';
import { textOf } from '../../xml/element.ts';
import type { Name } from '../../xml/names.ts';
import { element, escapeXml, hrefElement } from '../../xml/write.ts';
import type { DavRequest } from '../request.ts';
import type { Resource, ResourceKind } from '../resource.ts';

export interface LiveProperty<R extends Resource = Resource> {
  readonly name: Name;
  readonly rfc: string;
  /** Kinds of resources that have it. */
  readonly on: readonly R['kind'][];
  /** Part of an allprop answer: only what RFC 4918 §14.2 asks for and is cheap. */
  readonly allprop?: boolean;
  /** XML inside the property element; undefined: this resource has none (404). */
  get(resource: R, request: DavRequest): string | undefined | Promise<string | undefined>;
  /** The columns a PROPPATCH changes (undefined value: remove). Absent: the property is protected. Throws DavError to refuse. */
  patch?(value: Element | undefined, resource: R): CollectionPatch;
  /** What a PROPPATCH changes of a principal. Throws DavError to refuse. */
  patchPrincipal?(value: Element | undefined, resource: R, request: DavRequest): Promise<PrincipalChange>;
}

/** A property as the registry keeps it, for any resource. */
export type AnyProperty = LiveProperty<Resource> & { readonly on: readonly ResourceKind[] };

/** Puts a row for particular kinds of resources into the common table: `on` guards that `get` only meets those. */
export function property<R extends Resource>(row: LiveProperty<R>): AnyProperty {
  return row as unknown as AnyProperty;
}

export const text = (value: string | null | undefined): string | undefined =>
  value === null || value === undefined ? undefined : escapeXml(value);

export const hrefs = (...paths: readonly string[]): string => paths.map(hrefElement).join('');

export const elements = (...names: readonly Name[]): string => names.map((name) => element(name)).join('');

/** The text of a PROPPATCH value, or null when the property is removed or empty. */
export function patchedText(value: Element | undefined): string | null {
  if (!value) return null;
  const given = textOf(value);
  return given.trim() === '' ? null : given;
}
