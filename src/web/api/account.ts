/** The API's operations on the session, the account and its devices. */

import type {
  Account,
  AccountSettingsRequest,
  ChangePasswordRequest,
  Session,
  SignInRequest,
} from '../../api/contract/account.ts';
import type { AppPasswordList, NewAppPassword, SetUpLink } from '../../api/contract/devices.ts';
import type { AcceptInvitationRequest, OpenInvitation } from '../../api/contract/invitations.ts';
import type { SignInOptions } from '../../api/contract/security.ts';
import type { Done } from '../../api/contract/words.ts';
import { keepCsrfToken, request } from './request.ts';

const keepingToken = (session: Session): Session => {
  keepCsrfToken(session.csrfToken);
  return session;
};

export const signIn = (body: SignInRequest) => request<Session>('POST', '/session', { body }).then(keepingToken);

export const showSignInOptions = (signal: AbortSignal) => request<SignInOptions>('GET', '/session/options', { signal });

export const showInvitation = (token: string, signal: AbortSignal) =>
  request<OpenInvitation>('POST', '/invitations/show', { body: { token }, signal });

export const acceptInvitation = (body: AcceptInvitationRequest) =>
  request<Session>('POST', '/invitations/accept', { body }).then(keepingToken);

export const showSession = () => request<Session>('GET', '/session').then(keepingToken);

export const signOut = () => request<Done>('DELETE', '/session');

export const changePassword = (body: ChangePasswordRequest) =>
  request<Session>('PUT', '/account/password', { body }).then(keepingToken);

export const changeAccount = (body: AccountSettingsRequest) => request<Account>('PATCH', '/account', { body });

export const listAppPasswords = (signal: AbortSignal) => request<AppPasswordList>('GET', '/app-passwords', { signal });

export const createAppPassword = (name: string) =>
  request<NewAppPassword>('POST', '/app-passwords', { body: { name } });

export const revokeAppPassword = (id: string) => request<Done>('DELETE', `/app-passwords/${id}`);

export const createSetUpLink = (appPasswordId: string, secret: string) =>
  request<SetUpLink>('POST', `/app-passwords/${appPasswordId}/profile`, { body: { secret } });
