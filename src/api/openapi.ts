/** The OpenAPI 3.1 document, made from the table of operations and its schemas. */
import {
  extendZodWithOpenApi,
  OpenAPIRegistry,
  OpenApiGeneratorV31,
  type RouteConfig,
} from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { CSRF_HEADER, SESSION_COOKIE } from './caller.ts';
import { Problem } from './contract/words.ts';
import type { Operation } from './operations/operation.ts';
import { API_ROOT, OPERATIONS } from './operations.ts';

extendZodWithOpenApi(z);

let document: object | undefined;

/** The document as a JSON value; made once. */
export function openApiDocument(): object {
  document ??= generate();
  return document;
}

function generate(): object {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'basic', { type: 'http', scheme: 'basic' });
  registry.registerComponent('securitySchemes', 'session', { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE });
  registry.registerComponent('securitySchemes', 'csrf', { type: 'apiKey', in: 'header', name: CSRF_HEADER });
  for (const [id, operation] of Object.entries<Operation>(OPERATIONS)) registry.registerPath(routeOf(id, operation));
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Doublon',
      version: '1',
      description:
        'Find duplicate contacts, review them and merge them. Sign in with a session cookie and its CSRF token, or send ' +
        'a login name and app password by Basic authentication. Errors are problem details (RFC 9457).',
    },
    servers: [{ url: API_ROOT }],
  });
}

const binary = (types: readonly string[]) =>
  Object.fromEntries(types.map((type) => [type, { schema: { type: 'string' as const, format: 'binary' } }]));

function routeOf(id: string, operation: Operation): RouteConfig {
  const method = operation.method.toLowerCase() as RouteConfig['method'];
  const content = operation.streamedAnswer
    ? binary(operation.streamedAnswer)
    : { 'application/json': { schema: operation.answer ?? z.object({}) } };
  return {
    method,
    path: operation.path,
    operationId: id,
    tags: [operation.tag],
    summary: operation.summary,
    ...(operation.access === 'anybody' ? {} : { security: securityOf(operation) }),
    request: {
      ...(operation.parameters ? { params: operation.parameters } : {}),
      ...(operation.query ? { query: operation.query } : {}),
      ...(operation.idempotent ? { headers: z.object({ 'Idempotency-Key': z.string().max(255).optional() }) } : {}),
      ...(operation.body ? { body: { content: { 'application/json': { schema: operation.body } } } } : {}),
      ...(operation.streamedBody ? { body: { content: binary(operation.streamedBody) } } : {}),
    },
    responses: {
      [operation.status ?? 200]: { description: operation.summary, content },
      default: { description: 'What went wrong', content: { 'application/problem+json': { schema: Problem } } },
    },
  };
}

function securityOf(operation: Operation): Record<string, string[]>[] {
  return [{ basic: [] }, operation.method === 'GET' ? { session: [] } : { session: [], csrf: [] }];
}
