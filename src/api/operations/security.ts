/** Security of the own account: sessions and the second factor. */
import { z } from 'zod';
import {
  Enrolment,
  EnrolmentCode,
  PasswordProof,
  RecoveryCodes,
  SecondFactor,
  SessionList,
  SignInPage,
} from '../contract/security.ts';
import { Done, PageQuery } from '../contract/words.ts';
import type { Operation } from './operation.ts';

export const SECURITY = {
  listSessions: {
    method: 'GET',
    path: '/sessions',
    tag: 'account',
    notByDevice: true,
    summary: 'Browsers that are signed in to the account',
    answer: SessionList,
  },
  endSessions: {
    method: 'DELETE',
    path: '/sessions',
    tag: 'account',
    notByDevice: true,
    summary: 'Sign out all browsers but this one',
    answer: Done,
  },
  listSignIns: {
    method: 'GET',
    path: '/account/sign-ins',
    tag: 'account',
    notByDevice: true,
    summary: 'Sign-ins to the account, and refused ones, newest first',
    query: PageQuery,
    answer: SignInPage,
  },
  endSession: {
    method: 'DELETE',
    path: '/sessions/{id}',
    tag: 'account',
    notByDevice: true,
    summary: 'Sign out one browser',
    parameters: z.object({ id: z.string().min(1).max(100) }),
    answer: Done,
  },
  showSecondFactor: {
    method: 'GET',
    path: '/account/second-factor',
    tag: 'account',
    notByDevice: true,
    summary: 'Is two-factor sign-in on, and how many recovery codes are left?',
    answer: SecondFactor,
  },
  beginSecondFactor: {
    method: 'POST',
    path: '/account/second-factor',
    tag: 'account',
    notByDevice: true,
    summary: 'Begin to set up an authenticator app; it counts once it is confirmed by a code',
    body: PasswordProof,
    answer: Enrolment,
  },
  confirmSecondFactor: {
    method: 'POST',
    path: '/account/second-factor/confirm',
    tag: 'account',
    notByDevice: true,
    summary: 'Turn two-factor sign-in on with a code of the app: gives the recovery codes, once',
    body: EnrolmentCode,
    answer: RecoveryCodes,
  },
  renewRecoveryCodes: {
    method: 'POST',
    path: '/account/second-factor/recovery-codes',
    tag: 'account',
    notByDevice: true,
    summary: 'Make new recovery codes in place of the old ones, which then no longer count',
    body: PasswordProof,
    answer: RecoveryCodes,
  },
  endSecondFactor: {
    method: 'POST',
    path: '/account/second-factor/end',
    tag: 'account',
    notByDevice: true,
    summary: 'Turn two-factor sign-in off',
    body: PasswordProof,
    answer: Done,
  },
} as const satisfies Readonly<Record<string, Operation>>;
