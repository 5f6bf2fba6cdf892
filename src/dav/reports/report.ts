/** What a report is: one row of a table from which supported-report-set and dispatch follow. */
import type { Element } from '../../xml/element.ts';
import type { Name } from '../../xml/names.ts';
import type { DavRequest, Depth } from '../request.ts';
import type { Resource, ResourceKind } from '../resource.ts';

export interface Report<R extends Resource = Resource> {
  readonly name: Name;
  readonly rfc: string;
  readonly on: readonly R['kind'][];
  /** Answers the request. Throws before anything is sent when the report cannot be run. */
  run(request: DavRequest, resource: R, body: Element, depth: Depth): Promise<void>;
}

/** Puts a report on particular kinds of resources into the common table: `on` guards that `run` only meets those. */
export function report<R extends Resource>(row: Report<R>): Report & { readonly on: readonly ResourceKind[] } {
  return row as unknown as Report & { readonly on: readonly ResourceKind[] };
}
