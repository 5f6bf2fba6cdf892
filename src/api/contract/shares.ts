/** Sharing address books and calendars with people and groups of the organisation. */
import { z } from 'zod';
import { Id } from './words.ts';

/** With whom a collection is shared, and for what. */
export const Share = z
  .object({
    /** Login name of the user, name of the group; null: everybody of the organisation. */
    name: z.string().nullable(),
    displayName: z.string().nullable(),
    kind: z.enum(['user', 'group', 'resource', 'location']).nullable(),
    /** `other`: what a program granted by ACL, neither reading nor writing alone. */
    may: z.enum(['read', 'write', 'other']),
  })
  .meta({ id: 'Share' });
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

/** A collection of somebody else that the caller may read. */
export const SharedCollection = z
  .object({
    id: Id,
    kind: z.enum(['addressbook', 'calendar']),
    displayName: z.string(),
    color: z.string().nullable(),
    ownerName: z.string(),
    may: z.enum(['read', 'write', 'other']),
    /** Path of the collection for DAV clients. */
    path: z.string(),
  })
  .meta({ id: 'SharedCollection' });
export type SharedCollection = z.infer<typeof SharedCollection>;

export const SharedCollectionList = z.object({ items: z.array(SharedCollection) }).meta({ id: 'SharedCollectionList' });
export type SharedCollectionList = z.infer<typeof SharedCollectionList>;
