/** The two ends of a sign-in by OpenID Connect, and the ways to sign in that there are. */
import type { Context } from 'koa';
import { AppError } from '../../base/errors.ts';
import { accountOf } from '../../commands/open-id-accounts.ts';
import { requireEncryption } from '../../http/encryption.ts';
import type { ApiContext } from '../api-context.ts';
import type { Handlers } from '../call.ts';
import type { OpenIdClient } from '../open-id.ts';
import { beginBrowserSession } from './session.ts';

const PATH = 'api/v1/session/openid';

const serverOf = (api: ApiContext, ctx: Context): string => api.baseUrl ?? `${ctx.protocol}://${ctx.host}/`;

function requireOpenId({ openIdClient }: ApiContext): OpenIdClient {
  if (openIdClient) return openIdClient;
  throw new AppError('notFound', 'no-openid', 'Sign-in by OpenID Connect is not set up on this server.');
}

export const openIdHandlers: Handlers<'showSignInOptions' | 'startOpenId' | 'finishOpenId'> = {
  showSignInOptions: async ({ api }) => ({
    openId: api.openIdClient ? { name: api.openIdClient.name, href: PATH } : null,
  }),

  startOpenId: async ({ api, ctx }) => {
    requireEncryption(ctx, api.gate.plainHttp);
    ctx.redirect(await requireOpenId(api).begin(ctx, `${serverOf(api, ctx)}${PATH}/callback`));
    return undefined;
  },

  finishOpenId: async ({ api, ctx }) => {
    const client = requireOpenId(api);
    const server = serverOf(api, ctx);
    try {
      const person = await client.finish(ctx, `${server}${PATH}/callback`);
      const actor = await accountOf(api, api.openId!, person);
      await beginBrowserSession(api, ctx, actor, 'openid');
      ctx.redirect(server);
    } catch (error) {
      // a person stands in front of the browser: the page tells the reason, not a line of JSON
      if (!(error instanceof AppError)) throw error;
      api.log.warn({ code: error.code, reason: error.message }, 'sign-in by OpenID Connect refused');
      ctx.redirect(`${server}#/sign-in-refused/${error.code}`);
    }
    return undefined;
  },
};
