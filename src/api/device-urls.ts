/** The addresses that devices are given. */
import type { Context } from 'koa';
import type { ApiContext } from './api-context.ts';
import type { NewAppPassword } from './contract/devices.ts';

/** Server, principal and homes of the user `name`, as people reach them. */
export function deviceUrls(api: ApiContext, ctx: Context, name: string): NewAppPassword['urls'] {
  const server = api.baseUrl ?? `${ctx.protocol}://${ctx.host}/`;
  const segment = encodeURIComponent(name);
  return {
    server,
    principal: `${server}dav/principals/users/${segment}/`,
    addressbooks: `${server}dav/addressbooks/${segment}/`,
    calendars: `${server}dav/calendars/${segment}/`,
  };
}
