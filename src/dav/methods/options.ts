/** OPTIONS (RFC 4918 §9.1, §10.1): what can be done here, as the tables have it. The router sets DAV and Allow. */
import { EVERYWHERE } from '../resource.ts';
import type { Method } from './method.ts';

export const OPTIONS: Method = {
  name: 'OPTIONS',
  rfc: '9110 §9.3.7',
  on: EVERYWHERE,
  onMissing: EVERYWHERE,
  handle: async ({ ctx }) => {
    ctx.status = 200;
    ctx.set('Content-Length', '0');
    ctx.body = '';
  },
};
