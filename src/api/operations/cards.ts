/** Cards: reading, searching, changing, and cards that are like one. */
import { z } from 'zod';
import { CardFormView, EditCardRequest, NewCardFormRequest } from '../contract/card-forms.ts';
import {
  CardChangeRequest,
  CardDetail,
  CardPage,
  CardQuery,
  MoveCardRequest,
  NewCardRequest,
  SimilarCards,
  SimilarRequest,
} from '../contract/cards.ts';
import { Done, Id } from '../contract/words.ts';
import type { Operation } from './operation.ts';

const id = z.object({ id: Id });

export const CARDS = {
  listCards: {
    method: 'GET',
    path: '/cards',
    tag: 'cards',
    summary: 'Cards by name, of one book or of all, narrowed by a search',
    query: CardQuery,
    answer: CardPage,
  },
  createCard: {
    method: 'POST',
    path: '/cards',
    tag: 'cards',
    summary: 'Store a new card as it is',
    body: NewCardRequest,
    answer: CardDetail,
    status: 201,
  },
  showCard: {
    method: 'GET',
    path: '/cards/{id}',
    tag: 'cards',
    summary: 'One card: its fields and its octets',
    parameters: id,
    answer: CardDetail,
  },
  changeCard: {
    method: 'PUT',
    path: '/cards/{id}',
    tag: 'cards',
    summary: 'Store a card anew; 409 when it is no longer the version that was edited',
    parameters: id,
    body: CardChangeRequest,
    answer: CardDetail,
  },
  deleteCard: {
    method: 'DELETE',
    path: '/cards/{id}',
    tag: 'cards',
    summary: 'Delete a card',
    parameters: id,
    query: z.object({ etag: z.string().optional() }),
    answer: Done,
  },
  showCardForm: {
    method: 'GET',
    path: '/cards/{id}/form',
    tag: 'cards',
    summary: 'The common fields of a card, to be edited',
    parameters: id,
    answer: CardFormView,
  },
  editCard: {
    method: 'PUT',
    path: '/cards/{id}/form',
    tag: 'cards',
    summary: 'Change common fields of a card: every other line of it stays as it is',
    parameters: id,
    body: EditCardRequest,
    answer: CardDetail,
  },
  createCardFromForm: {
    method: 'POST',
    path: '/cards/form',
    tag: 'cards',
    summary: 'Make a card from its common fields',
    body: NewCardFormRequest,
    answer: CardDetail,
    status: 201,
  },
  moveCard: {
    method: 'POST',
    path: '/cards/{id}/move',
    tag: 'cards',
    summary: 'Move a card to another address book; it keeps its identity',
    parameters: id,
    body: MoveCardRequest,
    answer: CardDetail,
  },
  showPhoto: {
    method: 'GET',
    path: '/cards/{id}/photo',
    tag: 'cards',
    summary: 'The photo inside a card, as JPEG, PNG, GIF or WebP',
    parameters: id,
    streamedAnswer: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'],
  },
  similarCards: {
    method: 'POST',
    path: '/cards/similar',
    tag: 'cards',
    summary: 'Who is like this card? Asked before it is saved',
    body: SimilarRequest,
    answer: SimilarCards,
  },
} as const satisfies Readonly<Record<string, Operation>>;
