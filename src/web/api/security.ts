/** The API's operations on the security of the account. */
import type { AppPassword } from '../../api/contract/devices.ts';
import type { Enrolment, RecoveryCodes, SecondFactor, SessionList, SignInPage } from '../../api/contract/security.ts';
import type { Done } from '../../api/contract/words.ts';
import { request } from './request.ts';

export const listSessions = (signal: AbortSignal) => request<SessionList>('GET', '/sessions', { signal });

export const endSession = (id: string) => request<Done>('DELETE', `/sessions/${encodeURIComponent(id)}`);

/** Signs out all browsers but this one. */
export const endOtherSessions = () => request<Done>('DELETE', '/sessions');

export const listSignIns = (cursor: string | null, signal: AbortSignal) =>
  request<SignInPage>('GET', '/account/sign-ins', { query: { cursor, limit: 10 }, signal });

export const showSecondFactor = (signal: AbortSignal) =>
  request<SecondFactor>('GET', '/account/second-factor', { signal });

export const beginSecondFactor = (password: string) =>
  request<Enrolment>('POST', '/account/second-factor', { body: { password } });

export const confirmSecondFactor = (code: string) =>
  request<RecoveryCodes>('POST', '/account/second-factor/confirm', { body: { code } });

export const renewRecoveryCodes = (password: string) =>
  request<RecoveryCodes>('POST', '/account/second-factor/recovery-codes', { body: { password } });

export const endSecondFactor = (password: string) =>
  request<Done>('POST', '/account/second-factor/end', { body: { password } });

export const renameAppPassword = (id: string, name: string) =>
  request<AppPassword>('PATCH', `/app-passwords/${id}`, { body: { name } });

export const revokeAppPasswords = () => request<Done>('DELETE', '/app-passwords');
