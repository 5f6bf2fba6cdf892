/** Secret links under which a collection can be read. */
import { z } from 'zod';
import { Id, Moment } from './words.ts';

export const Publication = z
  .object({ id: Id, collectionId: Id, name: z.string(), createdAt: Moment })
  .meta({ id: 'Publication', description: 'A secret link under which anybody who has it reads a collection.' });
export type Publication = z.infer<typeof Publication>;

export const PublicationList = z.object({ items: z.array(Publication) }).meta({ id: 'PublicationList' });
export type PublicationList = z.infer<typeof PublicationList>;

export const NewPublicationRequest = z
  .object({ name: z.string().trim().max(100).default('').describe('Whom it is for.') })
  .meta({ id: 'NewPublicationRequest' });
export type NewPublicationRequest = z.input<typeof NewPublicationRequest>;

export const NewPublication = z
  .object({ publication: Publication, url: z.string() })
  .meta({ id: 'NewPublication', description: 'The only answer that holds the link.' });
export type NewPublication = z.infer<typeof NewPublication>;
