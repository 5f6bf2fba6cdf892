/** Invitations, the runs of all users, the audit log. */
import { z } from 'zod';
import { AppError } from '../../base/errors.ts';
import { note } from '../../commands/audit.ts';
import { acceptInvitation, invite, openInvitation } from '../../commands/invitations.ts';
import { requireEncryption } from '../../http/encryption.ts';
import { listRunsOfAll } from '../../store/all-runs.ts';
import { listAuditEntries } from '../../store/audit.ts';
import { deleteInvitation, listInvitations } from '../../store/invitations.ts';
import { findOrganisation } from '../../store/principals.ts';
import type { Handlers } from '../call.ts';
import { readCursor, writeCursor } from '../cursor.ts';
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

  listInvitations: async ({ api, caller }) => {
    const rows = await listInvitations(api.db, caller.organisationId);
    return { items: rows.map((row) => invitationView(row, api.clock.now())) };
  },

  createInvitation: async ({ api, ctx, caller, body }) => {
    const { invitationId, token } = await invite(api, caller, body);
    const rows = await listInvitations(api.db, caller.organisationId);
    const row = rows.find((each) => each.invitation_id === invitationId)!;
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
    const before = readCursor(query.cursor, z.iso.datetime());
    const at = before === undefined ? undefined : new Date(before);
    const rows = await listRunsOfAll(api.db, caller.organisationId, query.limit + 1, at);
    const page = rows.slice(0, query.limit);
    return {
      items: page.map((row) => ({ ...runView(row), user: row.owner_name })),
      nextCursor: rows.length > query.limit ? writeCursor(page.at(-1)!.started_at.toISOString()) : null,
    };
  },

  listAuditEntries: async ({ api, caller, query }) => {
    const before = readCursor(query.cursor, z.uuid());
    const filter = { action: query.action, before };
    const rows = await listAuditEntries(api.db, caller.organisationId, filter, query.limit + 1);
    const page = rows.slice(0, query.limit);
    return {
      items: page.map(auditView),
      nextCursor: rows.length > query.limit ? writeCursor(page.at(-1)!.entry_id) : null,
    };
  },
};
