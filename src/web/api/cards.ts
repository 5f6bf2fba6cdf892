/** The API's operations on one card, on earlier versions and on what was deleted. */
import type { CardForm, CardFormView } from '../../api/contract/card-forms.ts';
import type { CardDetail, CardGroups, SimilarCards } from '../../api/contract/cards.ts';
import type {
  ObjectVersion,
  ObjectVersionDetail,
  ObjectVersionPage,
  RestoredObject,
} from '../../api/contract/history.ts';
import type { Done } from '../../api/contract/words.ts';
import { request } from './request.ts';

export const showCardForm = (id: string, signal: AbortSignal) =>
  request<CardFormView>('GET', `/cards/${id}/form`, { signal });

export const editCard = (id: string, form: CardForm, etag: string) =>
  request<CardDetail>('PUT', `/cards/${id}/form`, { body: { form, etag } });

export const createCard = (collectionId: string, form: CardForm) =>
  request<CardDetail>('POST', '/cards/form', { body: { collectionId, form } });

export const similarToForm = (form: CardForm, signal: AbortSignal) =>
  request<SimilarCards>('POST', '/cards/form/similar', { body: { form }, signal });

export const listCardGroups = (id: string, signal: AbortSignal) =>
  request<CardGroups>('GET', `/cards/${id}/groups`, { signal });

export const moveCard = (id: string, collectionId: string, etag: string) =>
  request<CardDetail>('POST', `/cards/${id}/move`, { body: { collectionId, etag } });

export const deleteCard = (id: string, etag: string) => request<Done>('DELETE', `/cards/${id}`, { query: { etag } });

export const listVersions = (cardId: string, cursor: string | null, signal: AbortSignal) =>
  request<ObjectVersionPage>('GET', `/cards/${cardId}/versions`, { query: { cursor }, signal });

export const listDeleted = (collectionId: string, cursor: string | null, signal?: AbortSignal) =>
  request<ObjectVersionPage>('GET', `/collections/${collectionId}/bin`, {
    query: { cursor },
    ...(signal ? { signal } : {}),
  });

type Version = Pick<ObjectVersion, 'collectionId' | 'seq'>;

export const showVersion = ({ collectionId, seq }: Version, signal: AbortSignal) =>
  request<ObjectVersionDetail>('GET', `/collections/${collectionId}/versions/${seq}`, { signal });

export const restoreVersion = ({ collectionId, seq }: Version) =>
  request<RestoredObject>('POST', `/collections/${collectionId}/versions/${seq}/restore`);

/** Stores a deleted card as it was, under the name it had. */
export async function storeAgain({ collectionId, name, vcard }: CardDetail): Promise<boolean> {
  await request<CardDetail>('POST', '/cards', { body: { collectionId, name, vcard } });
  return true;
}

/** Brings a card back that was just deleted. Gives false when it is no longer in the bin. */
export async function restoreDeleted(card: Pick<CardDetail, 'id' | 'collectionId'>): Promise<boolean> {
  const { items } = await listDeleted(card.collectionId, null);
  const version = items.find((item) => item.objectId === card.id);
  if (!version) return false;
  await restoreVersion(version);
  return true;
}
