/** Privileges of RFC 3744 as one table: what contains what, what owners hold, what the reports tell. */
import type { CollectionKind } from '../store/schema/collections.ts';

export interface Privilege {
  readonly name: string;
  readonly rfc: string;
  readonly namespace: 'dav' | 'caldav';
  /** Only as part of another: it cannot be granted by itself. */
  readonly abstract: boolean;
  readonly description: string;
  readonly contains: readonly Privilege[];
}

const leaf = (
  name: string,
  rfc: string,
  description: string,
  namespace: Privilege['namespace'] = 'dav',
): Privilege => ({
  name,
  rfc,
  namespace,
  abstract: false,
  description,
  contains: [],
});

/** The tree of `DAV:supported-privilege-set` (RFC 3744 §5.3, RFC 4791 §6.1.1). */
export const PRIVILEGE_TREE: Privilege = {
  ...leaf('all', '3744 §3.11', 'Everything'),
  contains: [
    {
      ...leaf('read', '3744 §3.1', 'Read what is here'),
      contains: [
        leaf('read-free-busy', '4791 §6.1.1', 'See busy times', 'caldav'),
        leaf('read-current-user-privilege-set', '3744 §3.7', 'Read the privileges one has'),
      ],
    },
    {
      ...leaf('write', '3744 §3.2', 'Change what is here'),
      contains: [
        leaf('write-properties', '3744 §3.3', 'Change properties'),
        leaf('write-content', '3744 §3.4', 'Change content'),
        leaf('bind', '3744 §3.9', 'Add to the collection'),
        leaf('unbind', '3744 §3.10', 'Remove from the collection'),
      ],
    },
    leaf('unlock', '3744 §3.5', 'Remove locks of others'),
    leaf('read-acl', '3744 §3.6', 'Read who may do what'),
    leaf('write-acl', '3744 §3.8', 'Change who may do what'),
  ],
};

function flattened(privilege: Privilege): Privilege[] {
  return [privilege, ...privilege.contains.flatMap(flattened)];
}

/** Every privilege by name. */
export const PRIVILEGES: ReadonlyMap<string, Privilege> = new Map(
  flattened(PRIVILEGE_TREE).map((privilege) => [privilege.name, privilege]),
);

/** The names of privileges held, each with all it contains. */
export type Privileges = ReadonlySet<string>;

/** Expands granted names by what they contain; a name that holds all of an aggregate's parts does not gain the aggregate. */
export function expandPrivileges(names: Iterable<string>): Privileges {
  const held = new Set<string>();
  for (const name of names) {
    const privilege = PRIVILEGES.get(name);
    if (privilege) for (const { name: part } of flattened(privilege)) held.add(part);
  }
  return held;
}

/** What nobody holds on a collection that the server itself fills. */
const WRITING: readonly string[] = ['all', 'write', 'write-content', 'bind', 'unbind'];

/** What is left of privileges where only the server writes: name and colour of the collection can still be changed. */
export function readOnly(privileges: Privileges): Privileges {
  return new Set([...privileges].filter((name) => !WRITING.includes(name)));
}

/** Who holds one of these on a calendar is shown all of it: nobody overwrites or removes what was kept from them. */
const SHOWN_ALL: readonly string[] = ['write-content', 'bind', 'unbind'];

/**
 * True: of a calendar the holder is shown the public form alone, so nothing of what is private, the time of what is confidential (RFC
 * 5545 §3.8.1.3). The privileges are those granted, before a calendar that the server fills is taken for read-only.
 */
export const seesPublicForm = (kind: CollectionKind, privileges: Privileges): boolean =>
  kind === 'calendar' && !SHOWN_ALL.some((name) => privileges.has(name));

export const OWNER: Privileges = expandPrivileges(['all']);
export const READER: Privileges = expandPrivileges(['read']);
export const SELF: Privileges = expandPrivileges(['read', 'write-properties', 'read-acl']);
export const NOTHING: Privileges = new Set();
