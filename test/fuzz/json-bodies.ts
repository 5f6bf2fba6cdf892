/** Input of every operation of the API, made from its own schema, and what a fuzzer makes of it. */
import fc from 'fast-check';
import { z } from 'zod';
import type { Operation } from '../../src/api/operations/operation.ts';
import { hostileString } from './hostile.ts';

type Schema = Readonly<Record<string, unknown>>;
/** Identifiers that exist, so that a request comes further than to a 404. */
export type Known = readonly string[];

/** Values that the schema allows (mostly: formats are followed by example). */
function valuesOf(schema: Schema, known: Known, depth = 0): fc.Arbitrary<unknown> {
  const choice = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined;
  if (choice) return fc.oneof(...choice.map((each) => valuesOf(each, known, depth)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as unknown[]));
  switch (schema.type) {
    case 'object':
      return objectOf(schema, known, depth);
    case 'array':
      return fc.array(valuesOf((schema.items ?? {}) as Schema, known, depth + 1), { maxLength: depth > 3 ? 0 : 3 });
    case 'integer':
    case 'number':
      return fc.integer({
        min: Math.max(-1e6, Number(schema.minimum ?? -5)),
        max: Math.min(1e6, Number(schema.maximum ?? 1000)),
      });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return textOf(schema, known);
  }
}

function objectOf(
  { properties = {}, additionalProperties, required = [] }: Schema,
  known: Known,
  depth: number,
): fc.Arbitrary<unknown> {
  const parts = Object.entries(properties as Record<string, Schema>).map(
    ([name, each]) => [name, valuesOf(each, known, depth + 1)] as const,
  );
  const fixed = fc.record(Object.fromEntries(parts), { requiredKeys: required as string[], noNullPrototype: true });
  if (typeof additionalProperties !== 'object' || parts.length > 0) return fixed;
  const key = fc.oneof(fc.constantFrom(...known), fc.constantFrom('TEL', 'N', 'x'));
  return fc.dictionary(key, valuesOf(additionalProperties as Schema, known, depth + 1), {
    maxKeys: 2,
    noNullPrototype: true,
  });
}

const EXAMPLES = [
  'Ann',
  'ann@example.org',
  '2026-01-01T00:00:00.000Z',
  '2026-01-01',
  '02:30',
  '#ff0000',
  'Europe/Zurich',
  'de',
  'http://127.0.0.1:9/x.ics',
  'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:X\r\nEND:VCARD\r\n',
  'a long enough password',
];

function textOf({ pattern, format }: Schema, known: Known): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.constantFrom(...known);
  const usual = fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...known) },
    { weight: 3, arbitrary: fc.constantFrom(...EXAMPLES) },
  );
  return typeof pattern === 'string' ? fc.oneof(usual, fc.stringMatching(new RegExp(pattern))) : usual;
}

const nested = (levels: number): unknown => (levels === 0 ? [] : [nested(levels - 1)]);
const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: hostileString },
  fc.constantFrom<unknown>(null, true, -1, 0, 1.5, 2 ** 31, 2 ** 53, 1e308, [], {}, [[]], [null], { length: 5 }),
  fc.constant(nested(500)),
  fc.array(hostileString, { maxLength: 4 }),
  hostileString.map((key) => ({ [key]: key })),
);

type Step = readonly [key: string, of: Record<string, unknown> | unknown[]];

/** All places in a value. */
function places(value: unknown, found: Step[] = []): Step[] {
  if (typeof value !== 'object' || value === null) return found;
  for (const key of Object.keys(value)) {
    found.push([key, value as Record<string, unknown>]);
    places((value as Record<string, unknown>)[key], found);
  }
  return found;
}

/** The value with something hostile in one of its places, or with one more. */
function spoilt(value: unknown, [at, put, key]: readonly [number, unknown, string]): unknown {
  const copy = structuredClone(value);
  const all = places(copy);
  if (all.length === 0)
    return typeof copy === 'object' && copy !== null && !Array.isArray(copy) ? { ...copy, [key]: put } : put;
  const [name, of] = all[at % all.length]!;
  (of as Record<string, unknown>)[name] = put;
  return copy;
}

function oddValue(schema: z.ZodType | undefined, known: Known): fc.Arbitrary<unknown> {
  if (!schema) return fc.constant(undefined);
  const valid = valuesOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema, known);
  const hostile = fc
    .tuple(valid, fc.tuple(fc.nat({ max: 40 }), hostileValue, hostileString))
    .map(([value, how]) => spoilt(value, how));
  return fc.oneof({ weight: 1, arbitrary: valid }, { weight: 3, arbitrary: hostile });
}

export interface OddCall {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** Calls of an operation: each part valid, or spoilt in one place. */
export function oddCalls(operation: Operation, known: Known): fc.Arbitrary<OddCall> {
  const { parameters, query, body } = operation;
  const part = (schema: z.ZodType | undefined) =>
    oddValue(schema, known).map((value) => (value ?? {}) as Record<string, unknown>);
  return fc.record(
    { parameters: part(parameters), query: part(query), body: oddValue(body, known) },
    { noNullPrototype: true },
  );
}
