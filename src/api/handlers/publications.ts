/** Secret links to collections. */
import { publishCollection, revokePublication } from '../../commands/publish-collection.ts';
import { publishedPath } from '../../http/published.ts';
import { listPublications, type Publication as PublicationRow } from '../../store/publications.ts';
import type { Handlers } from '../call.ts';
import type { Publication } from '../contract/publications.ts';
import { requireCollection } from './collections.ts';

function view(row: PublicationRow): Publication {
  return {
    id: row.publication_id,
    collectionId: row.collection_id,
    name: row.name,
    createdAt: row.created_at.toISOString(),
  };
}

export const publicationHandlers: Handlers<'listPublications' | 'createPublication' | 'revokePublication'> = {
  listPublications: async ({ api, caller, parameters }) => {
    await requireCollection(api, caller, parameters.id);
    return { items: (await listPublications(api.db, caller.organisationId, parameters.id)).map(view) };
  },

  createPublication: async ({ api, ctx, caller, parameters, body }) => {
    const collection = await requireCollection(api, caller, parameters.id);
    const { publication, token } = await publishCollection(api, collection, body.name);
    const server = api.baseUrl ?? `${ctx.protocol}://${ctx.host}/`;
    const path = publishedPath(collection.kind === 'addressbook' ? 'addressbook' : 'calendar', token);
    return { publication: view(publication), url: new URL(path.slice(1), server).href };
  },

  revokePublication: async ({ api, caller, parameters }) => {
    await revokePublication(api, caller, parameters.id);
    return { done: true };
  },
};
