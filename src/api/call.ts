/** The types that tie a handler to its row in the table of operations. */
import type { Context as KoaContext } from 'koa';
import type { z } from 'zod';
import type { ApiContext, Caller } from './api-context.ts';
import type { OPERATIONS, OperationId } from './operations.ts';

type Shape<Id extends OperationId, Part extends string> =
  (typeof OPERATIONS)[Id] extends Record<Part, infer Schema extends z.ZodType> ? z.output<Schema> : undefined;

/** What a handler answers: the operation's schema, or nothing when it writes the stream itself. */
export type Answer<Id extends OperationId> = (typeof OPERATIONS)[Id] extends { answer: infer Schema extends z.ZodType }
  ? z.input<Schema>
  : undefined;

export interface Call<Id extends OperationId> {
  readonly api: ApiContext;
  readonly ctx: KoaContext;
  readonly caller: (typeof OPERATIONS)[Id] extends { access: 'anybody' } ? undefined : Caller;
  readonly parameters: Shape<Id, 'parameters'>;
  readonly query: Shape<Id, 'query'>;
  readonly body: Shape<Id, 'body'>;
}

export type Handler<Id extends OperationId> = (call: Call<Id>) => Promise<Answer<Id>>;
export type Handlers<Ids extends OperationId = OperationId> = { readonly [Id in Ids]: Handler<Id> };
