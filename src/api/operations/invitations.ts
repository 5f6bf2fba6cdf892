/** Links with which one person becomes a user. */
import { z } from 'zod';
import { Session } from '../contract/account.ts';
import {
  AcceptInvitationRequest,
  InvitationPage,
  InvitationToken,
  NewInvitation,
  NewInvitationRequest,
  OpenInvitation,
} from '../contract/invitations.ts';
import { Done, Id, PageQuery } from '../contract/words.ts';
import type { Operation } from './operation.ts';

const id = z.object({ id: Id });

export const INVITATIONS = {
  showInvitation: {
    method: 'POST',
    path: '/invitations/show',
    tag: 'invitations',
    access: 'anybody',
    summary: 'What an invitation link leads to',
    body: InvitationToken,
    answer: OpenInvitation,
  },
  acceptInvitation: {
    method: 'POST',
    path: '/invitations/accept',
    tag: 'invitations',
    access: 'anybody',
    summary: 'Become a user with the name and password chosen, and sign in',
    body: AcceptInvitationRequest,
    answer: Session,
    status: 201,
  },
  listInvitations: {
    method: 'GET',
    path: '/invitations',
    tag: 'invitations',
    access: 'administrator',
    summary: 'Invitations, newest first',
    query: PageQuery,
    answer: InvitationPage,
  },
  createInvitation: {
    method: 'POST',
    path: '/invitations',
    tag: 'invitations',
    access: 'administrator',
    summary: 'Make a link with which one person becomes a user; it is shown once',
    body: NewInvitationRequest,
    answer: NewInvitation,
    status: 201,
  },
  revokeInvitation: {
    method: 'DELETE',
    path: '/invitations/{id}',
    tag: 'invitations',
    access: 'administrator',
    summary: 'Take an invitation back',
    parameters: id,
    answer: Done,
  },
} as const satisfies Readonly<Record<string, Operation>>;
