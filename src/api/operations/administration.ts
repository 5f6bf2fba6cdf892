/** An organisation, its groups and places, runs and the audit log. */
import { z } from 'zod';
import { AuditPage, AuditQuery, RunPage, RunQuery } from '../contract/administration.ts';
import {
  NewPrincipalRequest,
  OrganisationChangeRequest,
  OrganisationView,
  PrincipalChangeRequest,
  PrincipalPage,
  PrincipalQuery,
  PrincipalView,
} from '../contract/organisation.ts';
import { UserDeletion } from '../contract/users.ts';
import { Done, Id } from '../contract/words.ts';
import type { Operation } from './operation.ts';

const id = z.object({ id: Id });

export const ADMINISTRATION = {
  showOrganisation: {
    method: 'GET',
    path: '/organisation',
    tag: 'administration',
    access: 'administrator',
    summary: 'The organisation, what its new users start with, and its numbers',
    answer: OrganisationView,
  },
  changeOrganisation: {
    method: 'PATCH',
    path: '/organisation',
    tag: 'administration',
    access: 'administrator',
    summary: 'Rename the organisation; change what new users start with',
    body: OrganisationChangeRequest,
    answer: OrganisationView,
  },
  listPrincipals: {
    method: 'GET',
    path: '/principals',
    tag: 'administration',
    access: 'administrator',
    summary: 'Groups, resources and locations, by name',
    query: PrincipalQuery,
    answer: PrincipalPage,
  },
  createPrincipal: {
    method: 'POST',
    path: '/principals',
    tag: 'administration',
    access: 'administrator',
    summary: 'Make a group, a resource or a location',
    body: NewPrincipalRequest,
    answer: PrincipalView,
    status: 201,
  },
  changePrincipal: {
    method: 'PATCH',
    path: '/principals/{id}',
    tag: 'administration',
    access: 'administrator',
    summary: 'Change the displayed name, or the members of a group',
    parameters: id,
    body: PrincipalChangeRequest,
    answer: PrincipalView,
  },
  deletePrincipal: {
    method: 'DELETE',
    path: '/principals/{id}',
    tag: 'administration',
    access: 'administrator',
    summary: 'Delete a group, a resource or a location, with its calendars; the name is given to confirm',
    parameters: id,
    query: UserDeletion,
    answer: Done,
  },
  listAllRuns: {
    method: 'GET',
    path: '/runs',
    tag: 'administration',
    access: 'administrator',
    summary: 'Searches for duplicates of all users, newest first',
    query: RunQuery,
    answer: RunPage,
  },
  listAuditEntries: {
    method: 'GET',
    path: '/audit',
    tag: 'administration',
    access: 'administrator',
    summary: 'Who did what, newest first: sign-ins, merges, deletions, changes of users',
    query: AuditQuery,
    answer: AuditPage,
  },
} as const satisfies Readonly<Record<string, Operation>>;
