/** The API's operations for administrators: users, invitations, the organisation, runs, the audit log. */
import type { AuditPage, RunPage } from '../../api/contract/administration.ts';
import type { InvitationPage, NewInvitation, NewInvitationRequest } from '../../api/contract/invitations.ts';
import type {
  NewPrincipalRequest,
  OrganisationChangeRequest,
  OrganisationView,
  PrincipalChangeRequest,
  PrincipalPage,
  PrincipalView,
} from '../../api/contract/organisation.ts';
import type {
  NewUser,
  NewUserRequest,
  OneTimePassword,
  UserChangeRequest,
  UserImportReport,
  UserPage,
  UserView,
} from '../../api/contract/users.ts';
import type { Done } from '../../api/contract/words.ts';
import { apiUrl, changeHeaders, readAnswer, request, UnreachableError } from './request.ts';

export const listUsers = (search: string, cursor: string | null, signal: AbortSignal) =>
  request<UserPage>('GET', '/users', { query: { search, cursor }, signal });

export const showUser = (id: string, signal: AbortSignal) => request<UserView>('GET', `/users/${id}`, { signal });

export const createUser = (body: NewUserRequest) => request<NewUser>('POST', '/users', { body });

export const changeUser = (id: string, body: UserChangeRequest) => request<UserView>('PATCH', `/users/${id}`, { body });

export const deleteUser = (id: string, confirm: string) =>
  request<Done>('DELETE', `/users/${id}`, { query: { confirm } });

export const resetUserPassword = (id: string, signOutDevices: boolean) =>
  request<OneTimePassword>('POST', `/users/${id}/password`, { body: { signOutDevices } });

export const endUserSecondFactor = (id: string) => request<Done>('DELETE', `/users/${id}/second-factor`);

export const addAlias = (id: string, name: string) =>
  request<UserView>('POST', `/users/${id}/aliases`, { body: { name } });

export const removeAlias = (id: string, name: string) =>
  request<UserView>('DELETE', `/users/${id}/aliases/${encodeURIComponent(name)}`);

/** Sends a CSV file; gives the report line by line. */
export async function importUsers(file: File): Promise<UserImportReport> {
  const init = { method: 'POST', headers: { ...changeHeaders(), 'Content-Type': 'text/csv' }, body: file };
  const response = await fetch(apiUrl('/users/import'), { ...init, credentials: 'same-origin' }).catch((fault) => {
    throw new UnreachableError(fault);
  });
  return (await readAnswer(response)) as UserImportReport;
}

export const listInvitations = (cursor: string | null, signal: AbortSignal) =>
  request<InvitationPage>('GET', '/invitations', { query: { cursor }, signal });

export const createInvitation = (body: NewInvitationRequest) =>
  request<NewInvitation>('POST', '/invitations', { body });

export const revokeInvitation = (id: string) => request<Done>('DELETE', `/invitations/${id}`);

export const showOrganisation = (signal: AbortSignal) => request<OrganisationView>('GET', '/organisation', { signal });

export const changeOrganisation = (body: OrganisationChangeRequest) =>
  request<OrganisationView>('PATCH', '/organisation', { body });

export const listPrincipals = (cursor: string | null, signal: AbortSignal) =>
  request<PrincipalPage>('GET', '/principals', { query: { cursor }, signal });

export const createPrincipal = (body: NewPrincipalRequest) => request<PrincipalView>('POST', '/principals', { body });

export const changePrincipal = (id: string, body: PrincipalChangeRequest) =>
  request<PrincipalView>('PATCH', `/principals/${id}`, { body });

export const deletePrincipal = (id: string, confirm: string) =>
  request<Done>('DELETE', `/principals/${id}`, { query: { confirm } });

export interface RunFilter {
  readonly trigger: string;
  readonly state: string;
}

export const listAllRuns = (filter: RunFilter, cursor: string | null, signal: AbortSignal) =>
  request<RunPage>('GET', '/runs', { query: { ...filter, cursor, limit: 30 }, signal });

export interface AuditFilter {
  /** Id of a user, or empty. */
  readonly user: string;
  readonly action: string;
}

export const listAuditEntries = (filter: AuditFilter, cursor: string | null, signal: AbortSignal) =>
  request<AuditPage>('GET', '/audit', { query: { ...filter, cursor, limit: 30 }, signal });
