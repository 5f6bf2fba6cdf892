/** What a method is: one row of a table from which Allow and dispatch follow. */
import type { Context as KoaContext } from 'koa';
import type { Standing } from '../../commands/authenticate.ts';
import type { Actor } from '../../commands/context.ts';
import type { DavContext, DavRequest } from '../request.ts';
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
  /**
   * Begins to read what the request will probably need, while the credentials of its probable sender are judged. Nothing of it
   * may be told before that is done.
   */
  foresee?(ctx: KoaContext, app: DavContext, sender: Actor): void;
  /**
   * Does and answers what it can do without looking up who asks and for what; false: it has done nothing, and the request goes the way
   * of all others. `target`: the path as it was sent.
   */
  atOnce?(ctx: KoaContext, app: DavContext, target: string, sender: Standing): Promise<boolean>;
  handle(request: DavRequest): Promise<void>;
}
