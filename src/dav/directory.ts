/** The directory: an address book of the organisation's people that nobody keeps, since its cards follow from the principals (draft-daboo-carddav-directory-gateway). */
import { createHash } from 'node:crypto';
import { READER } from '../commands/privileges.ts';
import { CONTEXT_ROOT } from '../commands/resource-paths.ts';
import {
  type DirectoryEntry,
  type DirectoryMembers,
  findState,
  listPeople,
  rememberState,
} from '../store/directory.ts';
import { personCard } from '../vcard/person-card.ts';
import type { Requester } from './access.ts';
import { collectionHref, type Path } from './href.ts';
import type { DavContext } from './request.ts';
import type { DirectoryCardResource, DirectoryResource } from './resource.ts';

export const DIRECTORY_SEGMENT = 'directory';
const PATH: Path = [CONTEXT_ROOT, DIRECTORY_SEGMENT];
export const DIRECTORY_HREF = collectionHref(PATH);
const EXTENSION = '.vcf';
const CARD_NAME = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.vcf$/;
const TOKEN = 'urn:doublon:directory:';

export const DIRECTORY: DirectoryResource = { kind: 'directory', path: PATH, href: DIRECTORY_HREF, privileges: READER };

/** Where the card of a user is. */
export function personHref(principalId: string): string {
  return DIRECTORY_HREF + principalId + EXTENSION;
}

/** All cards that the requester's organisation shows. */
export async function directoryCards({ app, principal }: Requester): Promise<DirectoryCardResource[]> {
  return (await listPeople(app.db, principal.organisation_id)).map(cardOf);
}

/** The card of that name, or undefined. */
export async function directoryCard(
  { app, principal }: Requester,
  name: string,
): Promise<DirectoryCardResource | undefined> {
  const principalId = CARD_NAME.exec(name)?.[1];
  if (principalId === undefined) return undefined;
  return (await listPeople(app.db, principal.organisation_id, principalId)).map(cardOf)[0];
}

function cardOf({ principal_id, display_name, emails, created_at }: DirectoryEntry): DirectoryCardResource {
  const body = personCard({ id: principal_id, displayName: display_name, emails });
  const name = principal_id + EXTENSION;
  const etag = createHash('sha256').update(body).digest('base64url').slice(0, 22);
  return {
    kind: 'directoryCard',
    principalId: principal_id,
    object: { name, etag, size: body.length, created_at, component: 'VCARD', media_type: null },
    body,
    path: [...PATH, name],
    href: DIRECTORY_HREF + name,
    privileges: READER,
  };
}

/** What a state of the directory consists of. */
export function membersOfDirectory(cards: readonly DirectoryCardResource[]): DirectoryMembers {
  return Object.fromEntries(cards.map(({ object }) => [object.name, object.etag]));
}

/** The sync token of a state, which is remembered, so that it can be answered. */
export async function directoryToken(requester: Requester, members: DirectoryMembers): Promise<string> {
  const { app, principal } = requester;
  const digest = digestOf(members);
  await rememberState(app.db, principal.organisation_id, digest, members, new Date(app.clock.now()));
  return TOKEN + digest;
}

function digestOf(members: DirectoryMembers): string {
  const lines = Object.entries(members).map(([name, etag]) => `${name} ${etag}\n`);
  return createHash('sha256').update(lines.sort().join('')).digest('base64url');
}

/** The state that a token was given out for; undefined when it was not, or too long ago. */
export function stateOfToken(app: DavContext, organisationId: string, token: string) {
  if (!token.startsWith(TOKEN)) return Promise.resolve(undefined);
  return findState(app.db, organisationId, token.slice(TOKEN.length));
}
