/** Publishing: a secret link under which anybody who has it reads a collection, until it is revoked. */
import { createHash } from 'node:crypto';
import { AppError } from '../base/errors.ts';
import { secretToken, uuidv7 } from '../base/ids.ts';
import { type Collection, findCollectionById } from '../store/collections.ts';
import {
  deletePublication,
  findPublishedCollection,
  insertPublication,
  type Publication,
} from '../store/publications.ts';
import type { Actor, Context } from './context.ts';

const ID_OCTETS = 16;
const SECRET_OCTETS = 24;
/** Organisation id and secret in base64url. */
const TOKEN = new RegExp(`^[A-Za-z0-9_-]{${Math.ceil(((ID_OCTETS + SECRET_OCTETS) * 8) / 6)}}$`);

export interface NewPublication {
  readonly publication: Publication;
  /** Cannot be shown again: only its digest is stored. */
  readonly token: string;
}

/** Makes a link to a collection. Its token tells the organisation, so that looking it up touches no other's rows. */
export async function publishCollection(
  context: Context,
  collection: Collection,
  name: string,
): Promise<NewPublication> {
  const now = context.clock.now();
  const organisation = Buffer.from(collection.organisation_id.replaceAll('-', ''), 'hex');
  const token = Buffer.concat([organisation, Buffer.from(secretToken(SECRET_OCTETS), 'base64url')]).toString(
    'base64url',
  );
  const publication = {
    organisation_id: collection.organisation_id,
    publication_id: uuidv7(now),
    collection_id: collection.collection_id,
    token_digest: digestOf(token),
    name,
    created_at: new Date(now),
  };
  await insertPublication(context.db, publication);
  return { publication, token };
}

/** The collection a token leads to; undefined for any other text. */
export async function openPublication({ db }: Context, token: string): Promise<Collection | undefined> {
  if (!TOKEN.test(token)) return undefined;
  const hex = Buffer.from(token, 'base64url').toString('hex', 0, ID_OCTETS);
  const organisationId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const collectionId = await findPublishedCollection(db, organisationId, digestOf(token));
  return collectionId === undefined ? undefined : findCollectionById(db, organisationId, collectionId);
}

/** Takes a link back at once. Throws AppError notFound when the actor has no such link. */
export async function revokePublication(
  { db }: Context,
  actor: Pick<Actor, 'organisationId' | 'principalId'>,
  id: string,
) {
  if (await deletePublication(db, actor.organisationId, actor.principalId, id)) return;
  throw new AppError('notFound', 'no-such-publication', 'There is no such link.');
}

function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
