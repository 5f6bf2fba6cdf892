/** One row of the table of operations. */
import type { z } from 'zod';

export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`; `{name}` is a path parameter. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  /** Who may call it: anybody, or somebody signed in (by cookie with CSRF token, or by Basic authentication). Default `account`. */
  readonly access?: 'anybody' | 'account' | 'administrator';
  /** True: an app password is not enough, since a lost device must not manage the account. Administrators' operations never take one. */
  readonly notByDevice?: true;
  /** True: a browser may come here from another site's page. */
  readonly fromOtherSites?: true;
  /** True: a link to it may stand on any site. */
  readonly fromAnywhere?: true;
  /** True: works while the password is still a one-time one. */
  readonly whileTemporary?: true;
  readonly parameters?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Media types of a body that is streamed as it is instead of JSON. */
  readonly streamedBody?: readonly string[];
  readonly answer?: z.ZodType;
  /** Media types of an answer that is not JSON. */
  readonly streamedAnswer?: readonly string[];
  /** Status of success; default 200. */
  readonly status?: 200 | 201 | 202 | 302;
  /** True: takes an `Idempotency-Key` header; the same key gives the first answer again. */
  readonly idempotent?: true;
}
