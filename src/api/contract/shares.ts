/** Sharing address books and calendars with people and groups of the organisation. */
import { z } from 'zod';
import { Id } from './words.ts';

export const Share = z
  .object({
    name: z
      .string()
      .nullable()
      .describe('Login name of the user, name of the group; null: everybody of the organisation.'),
    displayName: z.string().nullable(),
    kind: z.enum(['user', 'group', 'resource', 'location']).nullable(),
    may: z
      .enum(['read', 'write', 'other'])
      .describe('`other`: what a program granted by ACL, neither reading nor writing alone.'),
  })
  .meta({ id: 'Share', description: 'With whom a collection is shared, and for what.' });
export type Share = z.infer<typeof Share>;

export const ShareList = z.object({ items: z.array(Share) }).meta({ id: 'ShareList' });
export type ShareList = z.infer<typeof ShareList>;

export const ShareRequest = z
  .object({
    name: z.string().trim().min(1).max(200).nullable(),
    may: z.enum(['read', 'write', 'nothing']),
  })
  .meta({ id: 'ShareRequest' });
export type ShareRequest = z.infer<typeof ShareRequest>;

export const SharedCollection = z
  .object({
    id: Id,
    kind: z.enum(['addressbook', 'calendar']),
    displayName: z.string(),
    color: z.string().nullable(),
    ownerName: z.string(),
    may: z.enum(['read', 'write', 'other']),
    readable: z.boolean().describe('False: its content is not for the caller, but the times that are busy, say.'),
    count: z.int().describe('Cards or calendar objects in it; 0 where they are not for the caller.'),
    path: z.string().describe('Path of the collection for DAV clients.'),
  })
  .meta({
    id: 'SharedCollection',
    description: 'A collection of somebody else on which something was granted to the caller.',
  });
export type SharedCollection = z.infer<typeof SharedCollection>;

export const SharedCollectionList = z.object({ items: z.array(SharedCollection) }).meta({ id: 'SharedCollectionList' });
export type SharedCollectionList = z.infer<typeof SharedCollectionList>;
