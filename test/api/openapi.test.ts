import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openApiDocument } from '../../src/api/openapi.ts';
import type { Operation } from '../../src/api/operations/operation.ts';
import { OPERATIONS } from '../../src/api/operations.ts';

/** Lists with as many entries as a person has books, devices or browsers; windows of time; the best few. */
const LISTS_THAT_STAY_SHORT = [
  'listShares',
  'shareCollection',
  'listSharedCollections',
  'listCollections',
  'listAppPasswords',
  'listSessions',
  'listPublications',
  'listDeletedCollections',
  'listSubscriptions',
  'similarCards',
  'similarToForm',
  // at most one for each device and collection
  'listHeldDeletions',
  'listEvents',
];

/** By a name that the type checker does not follow: it needs no types of a package that this one test uses. */
const VALIDATOR: string = '@seriousme/openapi-schema-validator';

async function validated(description: unknown): Promise<{ valid: boolean; errors?: unknown; version: string }> {
  const { Validator } = (await import(VALIDATOR)) as {
    Validator: new () => { version: string; validate(text: unknown): Promise<{ valid: boolean; errors?: unknown }> };
  };
  const validator = new Validator();
  const { valid, errors } = await validator.validate(description);
  return { valid, errors, version: validator.version };
}

interface Described {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, { operationId: string; responses: object }>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

describe('the OpenAPI document', () => {
  const document = openApiDocument() as Described;

  it('is valid by the schema of OpenAPI 3.1', async () => {
    expect(await validated(structuredClone(document))).toEqual({ valid: true, errors: undefined, version: '3.1' });
  });

  it('would not be valid without a path parameter’s place', async () => {
    const text = JSON.stringify(document).replace('"in":"path"', '"in":"somewhere"');
    expect((await validated(JSON.parse(text))).valid).toBe(false);
  });

  it('pages every list that grows with use, by a cursor that its answer gives', () => {
    const SHORT = new Set<string>(LISTS_THAT_STAY_SHORT);
    const unpaged = Object.entries<Operation>(OPERATIONS).filter(([id, { answer, query }]) => {
      const shape = answer instanceof z.ZodObject ? answer.shape : {};
      const paged = 'nextCursor' in shape && query !== undefined && 'cursor' in query.shape;
      return 'items' in shape && !paged && !SHORT.has(id);
    });
    expect(unpaged.map(([id]) => id)).toEqual([]);
  });

  it('describes every operation of the table, and no other', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    const described = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map((each) => each.operationId),
    );
    expect(described.sort()).toEqual(Object.keys(OPERATIONS).sort());
  });

  it('says what fields mean: the words of the contract are in it, not in comments beside it', () => {
    const folder = path.resolve(import.meta.dirname, '../../src/api/contract');
    const commented = readdirSync(folder).filter((name) =>
      /\*\/\s*\w+: /.test(readFileSync(path.join(folder, name), 'utf8')),
    );
    expect(commented).toEqual([]);
    const { schemas } = document.components as unknown as { schemas: Record<string, { properties: object }> };
    expect(schemas.SharedCollection!.properties).toMatchObject({
      path: { description: expect.stringContaining('DAV clients') },
    });
    const { parameters } = document.paths['/cards']!.get as unknown as { parameters: object[] };
    expect(parameters).toContainEqual(
      expect.objectContaining({ name: 'cursor', description: expect.stringContaining('page before') }),
    );
  });

  it('refers only to schemas that it holds', () => {
    const names = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name!);
    expect(names.length).toBeGreaterThan(50);
    for (const name of names) expect(document.components.schemas).toHaveProperty([name]);
  });

  it('says for every operation what an error looks like (RFC 9457)', () => {
    for (const path of Object.values(document.paths))
      for (const operation of Object.values(path)) expect(operation.responses).toHaveProperty('default');
  });
});
