/** Browser sessions: a random secret in a cookie, its digest in the database. */
import { createHash } from 'node:crypto';
import { secretToken } from '../base/ids.ts';
import { findPrincipal, type Principal } from '../store/principals.ts';
import { deleteSession, findSession, insertSession, touchSession } from '../store/sessions.ts';
import type { Actor, Context } from './context.ts';

/** How long a session lasts, in milliseconds. */
export const SESSION_MS = 14 * 24 * 60 * 60_000;
/** How exactly the last use is known: a page sends many requests, and each note of it is a write. */
const NOTED_MS = 5 * 60_000;

export interface OpenSession {
  readonly principal: Principal;
  readonly sessionId: string;
  readonly csrfToken: string;
  readonly expiresAt: Date;
}

const digest = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** Where a request comes from. */
export interface Origin {
  /** What the browser calls itself. */
  readonly client?: string;
  readonly address?: string;
}

/** Begins a session of a browser; returns it with the ticket for the cookie, which is shown nowhere else. */
export async function beginSession(
  context: Context,
  actor: Pick<Actor, 'organisationId' | 'principalId'>,
  { client = '', address }: Origin = {},
): Promise<{ ticket: string; csrfToken: string; expiresAt: Date }> {
  const secret = secretToken();
  const now = context.clock.now();
  const expiresAt = new Date(now + SESSION_MS);
  const csrfToken = secretToken(24);
  await insertSession(context.db, {
    organisation_id: actor.organisationId,
    session_id: digest(secret),
    principal_id: actor.principalId,
    csrf_token: csrfToken,
    created_at: new Date(now),
    expires_at: expiresAt,
    client: client.slice(0, 300) || null,
    last_used_at: new Date(now),
    address: address ?? null,
  });
  return { ticket: `${actor.organisationId}.${secret}`, csrfToken, expiresAt };
}

const TICKET = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([A-Za-z0-9_-]{43})$/;

/** The session behind a ticket, and notes its use: undefined when it is no ticket, unknown, over, or its account is disabled. */
export async function openSession(
  context: Context,
  ticket: string,
  address?: string,
): Promise<OpenSession | undefined> {
  const [, organisationId, secret] = TICKET.exec(ticket) ?? [];
  if (!organisationId || !secret) return undefined;
  const now = new Date(context.clock.now());
  const session = await findSession(context.db, organisationId, digest(secret), now);
  if (!session) return undefined;
  const principal = await findPrincipal(context.db, organisationId, session.principal_id);
  if (!principal || principal.disabled_at) return undefined;
  if (now.getTime() - (session.last_used_at?.getTime() ?? 0) >= NOTED_MS) {
    const seen = { last_used_at: now, ...(address === undefined ? {} : { address }) };
    await touchSession(context.db, organisationId, session.session_id, seen);
  }
  return { principal, sessionId: session.session_id, csrfToken: session.csrf_token, expiresAt: session.expires_at };
}

/** Ends a session; ending one that is over changes nothing. */
export function endSession(context: Context, organisationId: string, sessionId: string): Promise<void> {
  return deleteSession(context.db, organisationId, sessionId);
}
