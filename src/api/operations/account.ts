/** The own account: its settings, its nights, the devices that have an app password. */
import { z } from 'zod';
import { Account, AccountSettingsRequest, ChangePasswordRequest, Session } from '../contract/account.ts';
import {
  AppPassword,
  AppPasswordList,
  NewAppPassword,
  NewAppPasswordRequest,
  SetUpLink,
  SetUpLinkRequest,
} from '../contract/devices.ts';
import { NightSettings, NightSettingsRequest } from '../contract/nights.ts';
import { Done, Id } from '../contract/words.ts';
import type { Operation } from './operation.ts';

const id = z.object({ id: Id });

export const ACCOUNT = {
  changePassword: {
    method: 'PUT',
    path: '/account/password',
    tag: 'account',
    whileTemporary: true,
    notByDevice: true,
    summary: 'Change the password; a one-time password must be changed before anything else',
    body: ChangePasswordRequest,
    answer: Session,
  },
  changeAccount: {
    method: 'PATCH',
    path: '/account',
    tag: 'account',
    summary: 'Change display name, language, time zone or region of the account, and whether birthdays are a calendar',
    body: AccountSettingsRequest,
    answer: Account,
  },
  showNightSettings: {
    method: 'GET',
    path: '/account/nights',
    tag: 'account',
    summary: 'What the account wants of its nights: unattended merges, how many suggestions, a mail',
    answer: NightSettings,
  },
  changeNightSettings: {
    method: 'PATCH',
    path: '/account/nights',
    tag: 'account',
    summary: 'Change what the account wants of its nights',
    body: NightSettingsRequest,
    answer: NightSettings,
  },
  listAppPasswords: {
    method: 'GET',
    path: '/app-passwords',
    tag: 'account',
    summary: 'The app passwords of the account, with their last use',
    answer: AppPasswordList,
  },
  createAppPassword: {
    method: 'POST',
    path: '/app-passwords',
    tag: 'account',
    notByDevice: true,
    summary: 'Make an app password for one device: the secret is shown once',
    body: NewAppPasswordRequest,
    answer: NewAppPassword,
    status: 201,
  },
  renameAppPassword: {
    method: 'PATCH',
    path: '/app-passwords/{id}',
    tag: 'account',
    notByDevice: true,
    summary: 'Give the device of an app password another name',
    parameters: id,
    body: NewAppPasswordRequest,
    answer: AppPassword,
  },
  revokeAppPassword: {
    method: 'DELETE',
    path: '/app-passwords/{id}',
    tag: 'account',
    notByDevice: true,
    summary: 'Revoke an app password at once',
    parameters: id,
    answer: Done,
  },
  revokeAppPasswords: {
    method: 'DELETE',
    path: '/app-passwords',
    tag: 'account',
    notByDevice: true,
    summary: 'Revoke all app passwords at once',
    answer: Done,
  },
  createSetUpLink: {
    method: 'POST',
    path: '/app-passwords/{id}/profile',
    tag: 'account',
    summary: 'Make a one-time link to an Apple configuration profile that holds this app password',
    parameters: id,
    body: SetUpLinkRequest,
    answer: SetUpLink,
    status: 201,
  },
  openSetUpLink: {
    method: 'GET',
    path: '/profiles/{ticket}',
    tag: 'account',
    access: 'anybody',
    fromAnywhere: true,
    summary: 'The configuration profile behind a one-time link',
    parameters: z.object({ ticket: z.string().max(200) }),
    streamedAnswer: ['application/x-apple-aspen-config'],
  },
} as const satisfies Readonly<Record<string, Operation>>;
