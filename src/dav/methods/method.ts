/** What a method is: one row of a table from which Allow and dispatch follow. */
import type { DavRequest } from '../request.ts';
import type { ResourceKind } from '../resource.ts';

export interface Method {
  readonly name: string;
  readonly rfc: string;
  /** Kinds of resources it works on. */
  readonly on: readonly ResourceKind[];
  /** Kinds of resources below which it may name something that is not there yet. */
  readonly onMissing?: readonly ResourceKind[];
  /** It makes what it names: on something that is there already it only says why not. */
  readonly makes?: boolean;
  /** Load the octets of the object it names. */
  readonly body?: boolean;
  handle(request: DavRequest): Promise<void>;
}
