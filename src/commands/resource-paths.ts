/** Where a collection stands below the server's root: what URLs are made of, and what WebDAV locks hold on. */
import type { Collection } from '../store/collections.ts';

/** First segment of every DAV path. */
export const CONTEXT_ROOT = 'dav';

/** Second segment of the paths of each kind's home; a plain collection bears it at the start of its name. */
export const HOME_SEGMENTS = { addressbook: 'addressbooks', calendar: 'calendars' } as const;

/** Decoded segments of a collection's path. A plain collection's name is its path below the homes: `calendars/files/notes`. */
export function collectionPath(ownerName: string, { kind, name }: Pick<Collection, 'kind' | 'name'>): string[] {
  if (kind !== 'plain') return [CONTEXT_ROOT, HOME_SEGMENTS[kind], ownerName, name];
  const [segment = '', ...rest] = name.split('/');
  return [CONTEXT_ROOT, segment, ownerName, ...rest];
}

/** The path itself and every path above it, each with its segments joined by "/", as locks are stored. */
export function pathsDownTo(path: readonly string[]): string[] {
  return path.map((_, depth) => path.slice(0, depth + 1).join('/'));
}
