/** Sign-in by OpenID Connect: the authorization code flow with PKCE, state and nonce (OpenID Connect Core §3.1, RFC 7636). */
import type { Context } from 'koa';
import * as openid from 'openid-client';
import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import type { OpenIdPerson, OpenIdSettings } from '../commands/open-id-accounts.ts';

const COOKIE = 'doublon_openid';
const COOKIE_PATH = '/api/v1/session/openid';
/** How long a person may take at the provider. */
const PATIENCE_MS = 10 * 60_000;

/** What must come back unchanged; it waits in a cookie of the browser that began, so no other browser can end the sign-in. */
const Begun = z.object({ state: z.string(), nonce: z.string(), verifier: z.string() });

export type OpenIdClient = ReturnType<typeof makeOpenIdClient>;

/** Makes the client of one provider; the provider's addresses are asked for when the first person signs in. */
export function makeOpenIdClient(settings: OpenIdSettings) {
  let found: Promise<openid.Configuration> | undefined;

  function configuration(): Promise<openid.Configuration> {
    found ??= discover(settings).catch((error: unknown) => {
      found = undefined;
      throw new AppError('unavailable', 'provider-unreachable', 'The OpenID provider does not answer.', {}, error);
    });
    return found;
  }

  /** Remembers the attempt in a cookie and gives the provider's URL to go to. */
  async function begin(ctx: Context, redirectUri: string): Promise<string> {
    const begun = {
      state: openid.randomState(),
      nonce: openid.randomNonce(),
      verifier: openid.randomPKCECodeVerifier(),
    };
    const url = openid.buildAuthorizationUrl(await configuration(), {
      redirect_uri: redirectUri,
      scope: settings.scope,
      code_challenge: await openid.calculatePKCECodeChallenge(begun.verifier),
      code_challenge_method: 'S256',
      state: begun.state,
      nonce: begun.nonce,
    });
    remember(ctx, Buffer.from(JSON.stringify(begun)).toString('base64url'));
    return url.href;
  }

  /** Who the provider says came back. Throws AppError 'sign-in-refused' for any answer that is not to our question. */
  async function finish(ctx: Context, redirectUri: string): Promise<OpenIdPerson> {
    const begun = readBegun(ctx.cookies.get(COOKIE));
    remember(ctx, undefined);
    const config = await configuration();
    try {
      const tokens = await openid.authorizationCodeGrant(config, new URL(redirectUri + ctx.search), {
        pkceCodeVerifier: begun.verifier,
        expectedState: begun.state,
        expectedNonce: begun.nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims()!;
      const more =
        claims.email === undefined ? await openid.fetchUserInfo(config, tokens.access_token, claims.sub) : {};
      return personOf({ ...more, ...claims }, claims.iss, claims.sub);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new AppError('forbidden', 'sign-in-refused', `The provider's answer was refused: ${reason}.`, {}, error);
    }
  }

  return { name: settings.name, begin, finish };
}

function discover({ issuer, clientId, clientSecret }: OpenIdSettings): Promise<openid.Configuration> {
  const url = new URL(issuer);
  // a provider over plain HTTP is for one on this machine: whoever runs the server has chosen it
  const plain = url.protocol === 'http:' ? { execute: [openid.allowInsecureRequests] } : {};
  const authentication = clientSecret === undefined ? openid.None() : undefined;
  return openid.discovery(url, clientId, clientSecret, authentication, plain);
}

function readBegun(cookie: string | undefined): z.output<typeof Begun> {
  try {
    return Begun.parse(JSON.parse(Buffer.from(cookie ?? '', 'base64url').toString('utf8')));
  } catch (error) {
    throw new AppError('forbidden', 'sign-in-refused', 'This browser has begun no sign-in, or long ago.', {}, error);
  }
}

function remember(ctx: Context, value: string | undefined): void {
  ctx.cookies.set(COOKIE, value ?? '', {
    httpOnly: true,
    sameSite: 'lax',
    secure: ctx.secure,
    path: COOKIE_PATH,
    overwrite: true,
    maxAge: value === undefined ? 0 : PATIENCE_MS,
  });
}

function personOf(claims: Readonly<Record<string, unknown>>, issuer: string, subject: string): OpenIdPerson {
  const text = (name: string) => (typeof claims[name] === 'string' && claims[name] !== '' ? claims[name] : undefined);
  return {
    issuer,
    subject,
    email: claims.email_verified === true ? text('email') : undefined,
    preferredName: text('preferred_username'),
    displayName: text('name'),
  };
}
