/** What the API's handlers receive beside the request. */
import type { Authenticator } from '../commands/authenticate.ts';
import type { Actor, Context } from '../commands/context.ts';
import type { EngineRun } from '../commands/engine-run.ts';
import type { OpenIdSettings } from '../commands/open-id-accounts.ts';
import type { BasicGate } from '../http/authenticate.ts';
import type { FetchRemote } from '../remote/fetch-remote.ts';
import type { OpenIdClient } from './open-id.ts';

/** What the application hands in. */
export interface ApiParts extends Context {
  readonly authenticator: Authenticator;
  readonly gate: BasicGate;
  /** Undefined: nobody signs in by OpenID Connect. */
  readonly openId: OpenIdSettings | undefined;
  /** Computes a full run off the request loop. */
  readonly runEngine: EngineRun;
  /** The URL people reach the server by, with a slash at the end; undefined: whatever the request says. */
  readonly baseUrl: string | undefined;
  /** Octets of a JSON body. */
  readonly maxRequestSize: number;
  readonly fetchRemote: FetchRemote;
  /** There is a mail server that takes mails to users. */
  readonly sendsMail: boolean;
}

export interface ApiContext extends ApiParts {
  readonly openIdClient: OpenIdClient | undefined;
}

/** Who calls. `session` is undefined with Basic authentication, which needs no CSRF token. */
export interface Caller extends Actor {
  readonly temporary: boolean;
  /** The device's password that was used, or undefined for the account's own and for sessions. */
  readonly appPasswordId: string | undefined;
  readonly session: { readonly id: string; readonly csrfToken: string; readonly expiresAt: Date } | undefined;
}
