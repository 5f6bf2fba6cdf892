/** The organisation, its groups, rooms and things. */
import { z } from 'zod';
import { Id, Moment } from './words.ts';

export const OrganisationView = z
  .object({
    id: Id,
    name: z.string(),
    createdAt: Moment,
    newUsers: z
      .object({
        language: z.string().nullable(),
        timeZone: z.string().nullable(),
        region: z.string().nullable(),
        quota: z.int().nullable().describe('Octets; null: the default of the server holds.'),
      })
      .describe('What new users start with, unless they are made with something else.'),
    numbers: z.object({
      users: z.int(),
      administrators: z.int(),
      disabled: z.int(),
      secondFactor: z.int().describe('Users with two-factor sign-in.'),
      octetsUsed: z.int(),
    }),
  })
  .meta({ id: 'Organisation' });
export type OrganisationView = z.infer<typeof OrganisationView>;

const Language = z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/);
const Region = z.string().regex(/^[A-Z]{2}$/);

export const OrganisationChangeRequest = z
  .object({
    name: z.string().trim().min(1).max(200),
    newUsers: z
      .object({
        language: Language.nullable(),
        timeZone: z.string().max(64).nullable(),
        region: Region.nullable(),
        quota: z.int().min(0).nullable(),
      })
      .partial(),
  })
  .partial()
  .meta({ id: 'OrganisationChangeRequest' });
export type OrganisationChangeRequest = z.infer<typeof OrganisationChangeRequest>;

export const PrincipalKindName = z.enum(['group', 'resource', 'location']).meta({ id: 'PrincipalKindName' });
export type PrincipalKindName = z.infer<typeof PrincipalKindName>;

export const PrincipalView = z
  .object({
    id: Id,
    kind: PrincipalKindName,
    name: z.string(),
    displayName: z.string(),
    members: z
      .array(z.string())
      .nullable()
      .describe("Names of a group's members, the first 1,000; null for the others."),
    memberCount: z.int().nullable(),
    createdAt: Moment,
  })
  .meta({ id: 'Principal', description: 'A group of users, a thing or a room that can be booked.' });
export type PrincipalView = z.infer<typeof PrincipalView>;

export const PrincipalQuery = z.object({
  kind: PrincipalKindName.optional(),
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type PrincipalQuery = z.input<typeof PrincipalQuery>;

export const PrincipalPage = z
  .object({ items: z.array(PrincipalView), nextCursor: z.string().nullable() })
  .meta({ id: 'PrincipalPage' });
export type PrincipalPage = z.infer<typeof PrincipalPage>;

const Members = z.array(z.string().min(1).max(200)).max(10_000);

export const NewPrincipalRequest = z
  .object({
    kind: PrincipalKindName,
    name: z.string().min(1).max(200),
    displayName: z.string().trim().min(1).max(200).optional(),
    members: Members.optional().describe('Names of users, rooms and things; only for a group.'),
  })
  .meta({ id: 'NewPrincipalRequest' });
export type NewPrincipalRequest = z.infer<typeof NewPrincipalRequest>;

export const PrincipalChangeRequest = z
  .object({ displayName: z.string().trim().min(1).max(200), members: Members })
  .partial()
  .meta({ id: 'PrincipalChangeRequest' });
export type PrincipalChangeRequest = z.infer<typeof PrincipalChangeRequest>;
