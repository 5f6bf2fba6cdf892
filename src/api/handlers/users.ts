/** What administrators do with the users of their organisation. */
import { z } from 'zod';
import { provision } from '../../commands/provision.ts';
import { linesFromCsv } from '../../commands/provision-plan.ts';
import { endSecondFactor } from '../../commands/second-factor.ts';
import {
  addAlias,
  changeUser,
  createUser,
  deleteUser,
  removeAlias,
  requireUserOf,
  resetPassword,
} from '../../commands/users.ts';
import { readBody } from '../../http/body.ts';
import { pageOfUsers } from '../../store/users.ts';
import type { ApiContext, Caller } from '../api-context.ts';
import type { Handlers } from '../call.ts';
import type { UserView } from '../contract/users.ts';
import { cutPage, readCursor } from '../cursor.ts';
import { userViews } from '../views/user-view.ts';

async function shown(api: ApiContext, caller: Caller, userId: string): Promise<UserView> {
  const user = await requireUserOf(api, caller.organisationId, userId);
  return (await userViews(api, caller.organisationId, [user]))[0]!;
}

type UserOperations =
  | 'listUsers'
  | 'createUser'
  | 'importUsers'
  | 'showUser'
  | 'changeUser'
  | 'deleteUser'
  | 'resetUserPassword'
  | 'endUserSecondFactor'
  | 'addAlias'
  | 'removeAlias';

export const userHandlers: Handlers<UserOperations> = {
  listUsers: async ({ api, caller, query }) => {
    const after = readCursor(query.cursor, z.string());
    const filter = { search: query.search, after };
    const rows = await pageOfUsers(api.db, caller.organisationId, filter, query.limit + 1);
    const { page, nextCursor } = cutPage(rows, query.limit, (last) => last.name);
    return { items: await userViews(api, caller.organisationId, page), nextCursor };
  },

  createUser: async ({ api, caller, body }) => {
    const { displayName, region, password, ...rest } = body;
    const { userId, oneTimePassword } = await createUser(api, {
      ...rest,
      organisationId: caller.organisationId,
      ...(displayName === undefined ? {} : { displayName }),
      ...(region === undefined ? {} : { region }),
      ...(password === undefined ? {} : { password }),
    });
    return { user: await shown(api, caller, userId), oneTimePassword: oneTimePassword ?? null };
  },

  importUsers: async ({ api, ctx, caller }) => {
    const octets = await readBody(ctx, api.maxRequestSize);
    const { plan, refused } = linesFromCsv(octets.toString('utf8'));
    const report = await provision(api, plan, { within: caller.organisationId, oneTimePasswords: true });
    for (const { principalId } of report) if (principalId) api.authenticator.forget(principalId);
    const lines = [
      ...report.map(({ principalId: _, line = 0, reason = null, oneTimePassword = null, ...rest }) => ({
        ...rest,
        line,
        reason,
        oneTimePassword,
      })),
      ...refused.map((each) => ({ ...each, kind: 'user', outcome: 'refused' as const, oneTimePassword: null })),
    ];
    return { lines: lines.sort((a, b) => a.line - b.line) };
  },

  showUser: ({ api, caller, parameters }) => shown(api, caller, parameters.id),

  changeUser: async ({ api, caller, parameters, body }) => {
    await changeUser(api, caller.organisationId, parameters.id, body);
    api.authenticator.forget(parameters.id);
    return shown(api, caller, parameters.id);
  },

  deleteUser: async ({ api, caller, parameters, query }) => {
    await deleteUser(api, caller, parameters.id, query.confirm);
    api.authenticator.forget(parameters.id);
    return { done: true };
  },

  resetUserPassword: async ({ api, caller, parameters, body }) => {
    const { organisationId } = caller;
    const oneTimePassword = await resetPassword(api, organisationId, parameters.id, body.signOutDevices);
    api.authenticator.forget(parameters.id);
    return { oneTimePassword };
  },

  endUserSecondFactor: async ({ api, caller, parameters }) => {
    await requireUserOf(api, caller.organisationId, parameters.id);
    await endSecondFactor(api, { organisationId: caller.organisationId, principalId: parameters.id });
    api.authenticator.forget(parameters.id);
    return { done: true };
  },

  addAlias: async ({ api, caller, parameters, body }) => {
    await addAlias(api, caller.organisationId, parameters.id, body.name);
    return shown(api, caller, parameters.id);
  },

  removeAlias: async ({ api, caller, parameters }) => {
    await removeAlias(api, caller.organisationId, parameters.id, parameters.name);
    api.authenticator.forget(parameters.id);
    return shown(api, caller, parameters.id);
  },
};
