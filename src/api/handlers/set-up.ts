/** One-time links by which an Apple device gets its accounts. */
import { AppError } from '../../base/errors.ts';
import { appPasswordSelector } from '../../commands/app-password-format.ts';
import { issueSetUpLink, redeemSetUpLink } from '../../commands/set-up-link.ts';
import type { Handlers } from '../call.ts';
import { deviceUrls } from '../device-urls.ts';
import { API_ROOT } from '../operations.ts';
import { APPLE_PROFILE_TYPE, appleProfile } from '../views/apple-profile.ts';

export const setUpHandlers: Handlers<'createSetUpLink' | 'openSetUpLink'> = {
  createSetUpLink: async ({ api, ctx, caller, parameters, body }) => {
    // nothing else is tried: a device could guess the account's own password here
    const isDevices = appPasswordSelector(body.secret) !== undefined;
    const actor = isDevices ? await api.authenticator.authenticate(caller.name, body.secret) : undefined;
    if (actor?.appPasswordId !== parameters.id || actor.principalId !== caller.principalId) {
      throw new AppError('forbidden', 'wrong-app-password', 'This is not the app password of that device.');
    }
    const urls = deviceUrls(api, ctx, caller.name);
    const { hostname } = new URL(urls.server);
    const profile = appleProfile({
      appPasswordId: parameters.id,
      title: `Doublon (${hostname})`,
      server: urls.server,
      principal: urls.principal,
      userName: caller.name,
      secret: body.secret,
    });
    const who = { organisationId: caller.organisationId, appPasswordId: parameters.id };
    const { ticket, expiresAt } = await issueSetUpLink(api, who, profile);
    return { url: new URL(`.${API_ROOT}/profiles/${ticket}`, urls.server).href, expiresAt: expiresAt.toISOString() };
  },

  openSetUpLink: async ({ api, ctx, parameters }) => {
    // who only looks at what the link would give must not use it up
    const profile = ctx.method === 'HEAD' ? null : await redeemSetUpLink(api, parameters.ticket);
    ctx.set('Content-Disposition', 'attachment; filename="doublon.mobileconfig"');
    ctx.set('Referrer-Policy', 'no-referrer');
    ctx.type = APPLE_PROFILE_TYPE;
    if (profile) ctx.body = profile;
    else ctx.status = 200;
    return undefined;
  },
};
