/** Invitations, the runs of all users, the audit log. */
import { z } from 'zod';
import { AppError } from '../../base/errors.ts';
import { note } from '../../commands/audit.ts';
import { acceptInvitation, invite, openInvitation } from '../../commands/invitations.ts';
import { requireEncryption } from '../../http/encryption.ts';
import { listRunsOfAll } from '../../store/all-runs.ts';
import { listAuditEntries } from '../../store/audit.ts';
import { deleteInvitation, findInvitation, listInvitations } from '../../store/invitations.ts';
import { findOrganisation } from '../../store/principals.ts';
import type { Handlers } from '../call.ts';
import { cutPage, readCursor } from '../cursor.ts';
import { runView } from '../views/suggestion-view.ts';
import { auditView, invitationView } from '../views/user-view.ts';
import { beginBrowserSession } from './session.ts';

type AdministrationOperations =
  | 'showInvitation'
  | 'acceptInvitation'
  | 'listInvitations'
  | 'createInvitation'
  | 'revokeInvitation'
  | 'listAllRuns'
  | 'listAuditEntries';

const RunPosition = z.tuple([z.iso.datetime(), z.uuid()]);

export const administrationHandlers: Handlers<AdministrationOperations> = {
  showInvitation: async ({ api, body }) => {
    const { organisation_id, role, email, expires_at } = await openInvitation(api, body.token);
    const organisation = (await findOrganisation(api.db, organisation_id))?.name ?? '';
    return { organisation, role, email, expiresAt: expires_at.toISOString() };
  },

  acceptInvitation: async ({ api, ctx, body }) => {
    requireEncryption(ctx, api.gate.plainHttp);
    const actor = await acceptInvitation(api, body);
    await note(api, {
      organisationId: actor.organisationId,
      action: 'invitation-accepted',
      actorId: actor.principalId,
      actorName: actor.name,
      subject: actor.name,
      address: ctx.ip,
    });
    return beginBrowserSession(api, ctx, actor, 'invitation');
  },

  listInvitations: async ({ api, caller, query }) => {
    const before = readCursor(query.cursor, z.uuid());
    const rows = await listInvitations(api.db, caller.organisationId, query.limit + 1, before);
    const { page, nextCursor } = cutPage(rows, query.limit, (last) => last.invitation_id);
    return { items: page.map((row) => invitationView(row, api.clock.now())), nextCursor };
  },

  createInvitation: async ({ api, ctx, caller, body }) => {
    const { invitationId, token } = await invite(api, caller, body);
    const row = (await findInvitation(api.db, caller.organisationId, invitationId))!;
    const server = api.baseUrl ?? `${ctx.protocol}://${ctx.host}/`;
    // behind the #, where neither logs nor other sites see it
    return { invitation: invitationView(row, api.clock.now()), link: `${server}#/invitation/${token}` };
  },

  revokeInvitation: async ({ api, caller, parameters }) => {
    const gone = await deleteInvitation(api.db, caller.organisationId, parameters.id);
    if (!gone) throw new AppError('notFound', 'no-such-invitation', 'There is no such invitation.');
    return { done: true };
  },

  listAllRuns: async ({ api, caller, query }) => {
    const { limit, cursor, user, trigger, state } = query;
    const after = readCursor(cursor, RunPosition);
    const before = after && { startedAt: new Date(after[0]), runId: after[1] };
    const filter = { ownerId: user, trigger, state, before };
    const rows = await listRunsOfAll(api.db, caller.organisationId, filter, limit + 1);
    const { page, nextCursor } = cutPage(rows, limit, (last) => [last.started_at.toISOString(), last.run_id]);
    return { items: page.map((row) => ({ ...runView(row), user: row.owner_name })), nextCursor };
  },

  listAuditEntries: async ({ api, caller, query }) => {
    const filter = { action: query.action, principalId: query.user, before: readCursor(query.cursor, z.uuid()) };
    const rows = await listAuditEntries(api.db, caller.organisationId, filter, query.limit + 1);
    const { page, nextCursor } = cutPage(rows, query.limit, (last) => last.entry_id);
    return { items: page.map(auditView), nextCursor };
  },
};
