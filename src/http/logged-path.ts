/** The path of a request as logs may hold it: where the path itself is the secret, without what follows. */
import type { Context } from 'koa';

/** Published collections, and profiles that hold an app password. */
const SECRET_BELOW = /^(\/published\/|\/api\/v1\/profiles\/).+/;

export const loggedPath = ({ path }: Pick<Context, 'path'>): string => path.replace(SECRET_BELOW, '$1…');
