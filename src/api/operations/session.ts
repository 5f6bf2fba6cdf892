/** Signing in and out, by name and password or by the OpenID provider. */
import { Session, SignInRequest } from '../contract/account.ts';
import { SignInOptions } from '../contract/security.ts';
import { Done } from '../contract/words.ts';
import type { Operation } from './operation.ts';

export const SESSION = {
  signIn: {
    method: 'POST',
    path: '/session',
    tag: 'session',
    access: 'anybody',
    whileTemporary: true,
    summary: 'Sign in with login name and password: sets the session cookie, answers with the CSRF token',
    body: SignInRequest,
    answer: Session,
    status: 201,
  },
  showSession: {
    method: 'GET',
    path: '/session',
    tag: 'session',
    whileTemporary: true,
    summary: 'Who is signed in, with the collections and the CSRF token',
    answer: Session,
  },
  signOut: {
    method: 'DELETE',
    path: '/session',
    tag: 'session',
    whileTemporary: true,
    summary: 'Sign out: ends the session',
    answer: Done,
  },
  showSignInOptions: {
    method: 'GET',
    path: '/session/options',
    tag: 'session',
    access: 'anybody',
    summary: 'Ways to sign in beside name and password',
    answer: SignInOptions,
  },
  startOpenId: {
    method: 'GET',
    path: '/session/openid',
    tag: 'session',
    access: 'anybody',
    fromOtherSites: true,
    summary: 'Sends the browser to the OpenID provider',
    streamedAnswer: ['text/html'],
    status: 302,
  },
  finishOpenId: {
    method: 'GET',
    path: '/session/openid/callback',
    tag: 'session',
    access: 'anybody',
    fromOtherSites: true,
    summary: 'Where the OpenID provider sends the browser back to: begins a session and goes to the page',
    streamedAnswer: ['text/html'],
    status: 302,
  },
} as const satisfies Readonly<Record<string, Operation>>;
