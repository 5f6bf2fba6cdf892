/** Batches of accounts as people write them: JSON, or CSV with a header line. */
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { AppError } from '../base/errors.ts';

const Collections = z.array(z.object({ name: z.string().min(1), displayName: z.string().optional() }).strict());

const PlannedPrincipal = z
  .object({
    kind: z.enum(['user', 'group', 'resource', 'location']).default('user'),
    name: z.string().min(1),
    displayName: z.string().optional(),
    emails: z.array(z.string()).optional(),
    /** Further login names of a user. */
    aliases: z.array(z.string()).optional(),
    password: z.string().optional(),
    role: z.enum(['member', 'administrator']).optional(),
    language: z.string().optional(),
    timeZone: z.string().optional(),
    region: z
      .string()
      .regex(/^[A-Za-z]{2}$/, 'is a two-letter country code')
      .toUpperCase()
      .optional(),
    /** Names of a group's members. */
    members: z.array(z.string()).optional(),
    addressbooks: Collections.optional(),
    calendars: Collections.optional(),
  })
  .strict();

export type PlannedPrincipal = z.infer<typeof PlannedPrincipal> & {
  /** Where it stands in the file it was read from, for the report. */
  readonly line?: number;
};

const Plan = z
  .object({
    organisation: z.string().min(1).optional(),
    users: z.array(z.unknown()).default([]),
    groups: z.array(z.unknown()).default([]),
    resources: z.array(z.unknown()).default([]),
    locations: z.array(z.unknown()).default([]),
  })
  .strict();

export interface ProvisionPlan {
  /** Name of the organisation; undefined: the first one. */
  readonly organisation: string | undefined;
  readonly principals: readonly PlannedPrincipal[];
}

const LISTS = [
  { list: 'users', kind: 'user' },
  { list: 'resources', kind: 'resource' },
  { list: 'locations', kind: 'location' },
  { list: 'groups', kind: 'group' },
] as const;

/**
 * Reads a plan from JSON: `{organisation?, users: [{name, password?, displayName?, emails?, …}], groups: [{name, members}],
 * resources: […], locations: […]}`. Throws AppError 'invalid-plan' naming the entry and the field.
 */
export function planFromJson(text: string): ProvisionPlan {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new AppError('invalid', 'invalid-plan', `The file is not JSON: ${(error as Error).message}.`, {}, error);
  }
  const plan = checked(Plan, data, 'the file');
  const principals = LISTS.flatMap(({ list, kind }) =>
    plan[list].map((entry, i) => checked(PlannedPrincipal, { kind, ...(entry as object) }, `${list}[${i}]`)),
  );
  return { organisation: plan.organisation, principals };
}

const LISTED_COLUMNS = ['emails', 'aliases', 'members'];

/** A line that cannot be read as a principal. */
export interface RefusedLine {
  readonly line: number;
  readonly name: string;
  readonly reason: string;
}

/**
 * Reads a plan from CSV (RFC 4180) whose first line names the columns: kind, name, displayName, password, role, emails,
 * aliases, members, language, timeZone, region; emails, aliases and members are separated by `;`. Throws AppError 'invalid-plan' naming the line.
 */
export function planFromCsv(text: string): ProvisionPlan {
  const { plan, refused } = linesFromCsv(text);
  if (refused[0]) throw new AppError('invalid', 'invalid-plan', refused[0].reason);
  return plan;
}

/** As `planFromCsv`, but a line that makes no sense is told beside the plan of the others. */
export function linesFromCsv(text: string): { plan: ProvisionPlan; refused: RefusedLine[] } {
  const principals: PlannedPrincipal[] = [];
  const refused: RefusedLine[] = [];
  for (const { record, info } of csvRows(text)) {
    try {
      principals.push({ ...checked(PlannedPrincipal, entryOf(record), `line ${info.lines}`), line: info.lines });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refused.push({ line: info.lines, name: record.name ?? '', reason: error.message });
    }
  }
  // groups last, since they name users
  principals.sort((a, b) => Number(a.kind === 'group') - Number(b.kind === 'group'));
  return { plan: { organisation: undefined, principals }, refused };
}

function csvRows(text: string): { record: Record<string, string>; info: { lines: number } }[] {
  try {
    return parse(text, { columns: true, bom: true, trim: true, skip_empty_lines: true, info: true });
  } catch (error) {
    throw new AppError('invalid', 'invalid-plan', `The file is not CSV: ${(error as Error).message}.`, {}, error);
  }
}

function entryOf(record: Readonly<Record<string, string>>): Record<string, unknown> {
  const entry: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(record)) {
    if (value === '') continue;
    const parts = () => value.split(';').map((part) => part.trim());
    entry[column] = LISTED_COLUMNS.includes(column) ? parts().filter(Boolean) : value;
  }
  return entry;
}

function checked<T>(schema: z.ZodType<T>, data: unknown, where: string): T {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new AppError(
    'invalid',
    'invalid-plan',
    `In ${where}: ${[issue?.path.join('.'), issue?.message].filter(Boolean).join(': ')}.`,
  );
}
